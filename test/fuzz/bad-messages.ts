import { goodMessage, type Message } from './good-messages.js';
import type { Random } from './random.js';

const nested = (depth: number): unknown =>
  depth === 0 ? 0 : depth % 2 ? [nested(depth - 1)] : { a: nested(depth - 1) };

/** Values that nobody expects where they stand. */
const ODD: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  (random) => random.pick([0, -0, -1, 1.5, 1e308, 2 ** 53, Number.MIN_VALUE]),
  (random) =>
    random.pick([
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\udfff\ud800',
      '\u{1f600}',
      '\ufeff',
      'a\nb\r\n\r\nc',
      '\u2028',
    ]),
  (random) => random.pick(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length']),
  (random) =>
    random.pick([
      '../../etc/passwd',
      '%2e%2e%2f',
      'file:///etc/passwd',
      'javascript:0',
      '=?base64?***?=',
      '${7*7}',
    ]),
  (random) => 'x'.repeat(random.pick([257, 5000, 70_000])),
  () => [],
  () => ({}),
  () => [null, [[]], {}],
  (random) => nested(random.pick([5, 63, 64, 65, 300])),
  () => ({ toString: 1, valueOf: {}, constructor: { prototype: {} } }),
  () => ({ then: 'x', toJSON: 'x', length: -1 }),
  (random) => Object.fromEntries(Array.from({ length: random.pick([10, 1000]) }, (_, i) => [`k${i}`, i])),
  () => '2026-07-28',
  () => '2025-03-26',
  () => -32602,
];

/** A message with something wrong in it, or with nothing: as text, most of the time JSON. */
export function badMessage(random: Random): string {
  const good = random.chance(0.04)
    ? Array.from({ length: random.pick([0, 1, 3, 101]) }, () => goodMessage(random))
    : goodMessage(random);
  const changes = random.pick([0, 1, 1, 1, 2, 4]);
  let value: unknown = good;
  for (let i = 0; i < changes; i++) value = changed(value, random);
  const text = JSON.stringify(value) ?? 'undefined';
  return random.chance(0.25) ? torn(text, random) : text;
}

/** One thing in it is another, gone, or one more. */
function changed(value: unknown, random: Random): unknown {
  const places = placesIn(value);
  const place = random.pick(places);
  if (!place) return random.pick(ODD)(random);
  const { holder, key } = place;
  const odd = random.pick(ODD)(random);
  switch (random.below(4)) {
    case 0:
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the message is made for this
      delete holder[key];
      break;
    case 1:
      holder[
        random.pick([
          `${key}x`,
          'id',
          'method',
          'params',
          'result',
          'error',
          '_meta',
          'jsonrpc',
          'arguments',
          'name',
        ])
      ] = odd;
      break;
    case 2:
      holder[key] = random.chance(0.5) ? [holder[key]] : { [key]: holder[key] };
      break;
    default:
      holder[key] = odd;
  }
  return value;
}

interface Place {
  readonly holder: Message;
  readonly key: string;
}

function placesIn(value: unknown): readonly (Place | undefined)[] {
  const found: (Place | undefined)[] = [undefined];
  const visit = (holder: unknown, depth: number): void => {
    if (typeof holder !== 'object' || holder === null || depth > 6) return;
    for (const key of Object.keys(holder).slice(0, 20)) {
      found.push({ holder: holder as Message, key });
      visit((holder as Message)[key], depth + 1);
    }
  };
  visit(value, 0);
  return found;
}

const SCRAPS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '\u0000',
  '\n',
  '\r',
  ' ',
  '-',
  '1e999',
  'null',
  '/*',
  '\u00ff',
];

/** JSON as it looks when something has happened to it. */
function torn(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${text.slice(0, at)}${random.pick(SCRAPS)}${text.slice(at)}`;
    case 2:
      return `${text.slice(0, at)}${random.pick(SCRAPS)}${text.slice(at + 1)}`;
    case 3:
      return text.replace('{', `{"__proto__":{"polluted":1},"\\u005f_proto__":{},`);
    case 4:
      return text.replace('"method"', '"method":"ping","method"');
    case 5:
      return `${random.pick(['\ufeff', ' ', '\n', ")]}'", text])}${text}`;
    default:
      return `${text}${random.pick([text, '}', ',', '\u0000', ' x'])}`;
  }
}
