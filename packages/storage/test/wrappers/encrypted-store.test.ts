import { FrameworkError, MemoryStore } from '@tenon/core';
import { Collection, EncryptedStore } from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';

const KEY = EncryptedStore.generateKey();
const OTHER = EncryptedStore.generateKey();

afterEach(() => jest.restoreAllMocks());
/** Keeps the warnings of stores off the terminal. */
const warnings = () => jest.spyOn(process, 'emitWarning').mockReturnValue();

describe('EncryptedStore', () => {
  const clock = new ManualClock();
  const cases = storeContract({
    make: () => new EncryptedStore({ store: new MemoryStore(clock), key: KEY }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('a record below that can be neither read nor replaced ends a step as busy, instead of never', async () => {
  class Stuck extends MemoryStore {
    override compareAndSet(): Promise<boolean> {
      return Promise.resolve(false);
    }
  }
  const store = new EncryptedStore({ store: new Stuck(), key: KEY });
  await expect(store.add('k', 1)).rejects.toMatchObject({ code: 'STORAGE_BUSY' });
}, 20_000);

test('the inner store holds neither values nor key, and no two texts alike', async () => {
  const inner = new MemoryStore();
  const store = new EncryptedStore({ store: inner, key: KEY });
  await store.set('a', 'a plain secret');
  const first = await inner.get('a');
  await store.set('a', 'a plain secret');
  const text = JSON.stringify([first, await inner.get('a')]);
  expect(await inner.get('a')).not.toBe(first);
  expect(text).not.toMatch(/plain|secret/);
  expect(text).not.toContain(KEY);
  expect(text).not.toContain(Buffer.from('a plain secret').toString('base64url').slice(0, 10));
});

test('a record that was changed, cut, moved or sealed with another key counts as missing, and is told', async () => {
  const warned = warnings();
  const inner = new MemoryStore();
  const store = new EncryptedStore({ store: inner, key: KEY });
  await store.set('damage/k', 'value');
  const whole = (await inner.get('damage/k')) as string;
  const bytes = Buffer.from(whole.slice(3), 'base64url');
  const damaged = [
    ...[0, 4, 16, 20, bytes.length - 1].map((at) => {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ 1;
      return `s1.${flipped.toString('base64url')}`;
    }),
    // The tag cut to four bytes, the text to nothing, and what was never sealed.
    `s1.${Buffer.concat([bytes.subarray(0, 20), bytes.subarray(32)]).toString('base64url')}`,
    's1.',
    '',
    'value',
    5,
    { a: 1 },
  ];
  for (const kept of damaged) {
    await inner.set('damage/k', kept);
    expect(await store.get('damage/k')).toBeUndefined();
    expect(await store.getMany(['damage/k'])).toEqual([undefined]);
    expect(await store.add('damage/k', 'again')).toBe(true);
    expect(await store.get('damage/k')).toBe('again');
  }
  await inner.set('damage/j', whole);
  expect(await store.take('damage/j')).toBeUndefined();
  const stranger = new EncryptedStore({ store: inner, key: OTHER });
  expect(await stranger.get('damage/k')).toBeUndefined();
  expect(warned).toHaveBeenCalledTimes(1);
  expect(String(warned.mock.calls[0])).toMatch(/"damage\/" cannot be opened.*STORAGE_ENCRYPTION_KEY/);
  expect(String(warned.mock.calls[0])).not.toMatch('damage/k');
});

test('a text is bound to its collection, whichever side the collection is on', async () => {
  warnings();
  const inner = new MemoryStore();
  const within = (name: string) =>
    new EncryptedStore({ store: new Collection({ store: inner, name }), key: KEY });
  await within('one').set('k', 'of one');
  await inner.set('two/k', await inner.get('one/k'));
  expect(await within('two').get('k')).toBeUndefined();
  const around = new Collection({ store: new EncryptedStore({ store: inner, key: KEY }), name: 'one' });
  expect(await around.get('k')).toBe('of one');
});

test('keys rotate: the first seals, all of them open, and what an old key sealed is gone with it', async () => {
  warnings();
  const store = new MemoryStore();
  await new EncryptedStore({ store, key: OTHER }).set('k', 'old');
  const both = new EncryptedStore({ store, key: [KEY, undefined, OTHER] });
  expect(await both.get('k')).toBe('old');
  expect(await both.compareAndSet('k', { expected: 'old', value: 'new' })).toBe(true);
  await both.set('j', 'new');
  expect(await new EncryptedStore({ store, key: KEY }).getMany(['k', 'j'])).toEqual(['new', 'new']);
  expect(await new EncryptedStore({ store, key: OTHER }).get('k')).toBeUndefined();
});

test.each([
  [undefined, /there is no key/],
  ['', /there is no key/],
  ['short', /5 characters/],
  [[undefined, KEY], /there is no key/],
  [[KEY, 'short'], /5 characters/],
])('the key %j is refused at the start, naming the variable', async (key, problem) => {
  const store = new EncryptedStore({ store: new MemoryStore(), key });
  for (const step of [() => store.open(), () => store.set('k', 1)]) {
    const error = await step().catch((thrown: unknown) => thrown);
    expect(FrameworkError.is(error) && error.code).toBe('ERR_STORAGE_KEY');
    expect((error as FrameworkError).message).toMatch(problem);
    expect((error as FrameworkError).fix).toMatch('Set STORAGE_ENCRYPTION_KEY');
  }
  expect(() =>
    new EncryptedStore({ store: new MemoryStore(), key, variable: 'MY_KEY' }).set('k', 1),
  ).rejects.toThrow('MY_KEY');
});

test('a generated key has 256 bits and is no other', () => {
  expect(Buffer.from(KEY, 'base64url')).toHaveLength(32);
  expect(KEY).not.toBe(OTHER);
});
