import { MemoryStore } from '@tenon/core';
import { storeContract } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';

describe('MemoryStore', () => {
  const clock = new ManualClock();
  const cases = storeContract({
    make: () => new MemoryStore(clock),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());

  test('is bounded in number: the record longest unread makes room', async () => {
    const store = new MemoryStore(new ManualClock(), { maxRecords: 2 });
    await store.set('a', 1);
    await store.set('b', 2);
    await store.get('a');
    await store.set('c', 3);
    expect(await store.getMany(['a', 'b', 'c'])).toEqual([1, undefined, 3]);
  });

  test('is bounded in bytes; only the newest record may be larger', async () => {
    const store = new MemoryStore(new ManualClock(), { maxBytes: 10_000 });
    for (const key of ['a', 'b', 'c', 'd']) await store.set(key, 'x'.repeat(3000));
    await store.delete('c');
    await store.set('e', 'x'.repeat(3000));
    expect((await store.getMany(['a', 'b', 'c', 'd', 'e'])).map((each) => each !== undefined)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
    await store.set('large', 'x'.repeat(20_000));
    expect((await store.getMany(['b', 'd', 'e', 'large'])).filter(Boolean)).toHaveLength(1);
  });
});
