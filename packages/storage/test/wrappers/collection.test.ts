import { isAtomic, isListable, KeyValueStore, MemoryStore } from '@tenon/core';
import { Collection, EncryptedStore } from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';

describe('Collection', () => {
  const clock = new ManualClock();
  const cases = storeContract({
    make: () => new Collection({ store: new MemoryStore(clock), name: 'tokens' }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('collections do not see each other, whatever their keys are', async () => {
  const store = new MemoryStore();
  const [a, b] = ['a', 'a.b'].map((name) => new Collection({ store, name })) as [Collection, Collection];
  await a.set('k', 1);
  for (const key of ['k', '../a/k', '/k', 'b/k']) expect(await b.get(key)).toBeUndefined();
  for await (const [key] of b.entries('')) throw new Error(`${key} is not of this collection`);
});

test.each(['', 'a/b', '../a', 'ü', 'a'.repeat(101)])('the name %j is refused', (name) => {
  expect(() => new Collection({ store: new MemoryStore(), name })).toThrow(
    expect.objectContaining({ code: 'ERR_OPTION_VALUE' }),
  );
});

test('a wrapper can what the store below it can, and no more', () => {
  class Narrow extends KeyValueStore {
    override get = () => Promise.resolve(undefined);
    override getMany = () => Promise.resolve([]);
    override set = () => Promise.resolve();
    override delete = () => Promise.resolve(false);
  }
  for (const [store, can] of [
    [new Narrow(), false],
    [new MemoryStore(), true],
  ] as const) {
    const wrapped = new EncryptedStore({ store: new Collection({ store, name: 'a' }), key: 'k'.repeat(32) });
    expect([isAtomic(wrapped), isListable(wrapped)]).toEqual([can, can]);
  }
});
