/** What a script answers where there is no whole number to add to. */
export const NO_NUMBER = 'TENON no whole number';

/** Adds to a whole number, which begins at 0 with a ttl: key; by, ttl or nothing. */
export const INCREMENT = `
local before = redis.call('GET', KEYS[1])
local whole = '^-?%d+$'
if (before and not string.match(before, whole)) or not string.match(ARGV[1], whole) then
  return redis.error_reply('${NO_NUMBER}')
end
local after = redis.call('INCRBY', KEYS[1], ARGV[1])
if not before and ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return after`;

/** Sets a text where another is, or nothing: key; expected or nothing, text, ttl or nothing, whether the ttl stays. */
export const COMPARE_AND_SET = `
local before = redis.call('GET', KEYS[1])
if (before or '') ~= ARGV[1] then return 0 end
if before and ARGV[4] == 'keep' then redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
elseif ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2])
elseif ARGV[3] == '0' then redis.call('DEL', KEYS[1])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1`;

/** Adds an entry to a bounded stream: stream; how many are kept, text, ttl. */
export const APPEND = `
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[1], '*', 'v', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return id`;

/** Tells a text by the node that a channel belongs to: channel; text. */
export const PUBLISH = `return redis.call('PUBLISH', KEYS[1], ARGV[1])`;
