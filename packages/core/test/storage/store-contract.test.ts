import type { AtomicStore, Clock, ListableStore } from '@tenon/core';
import { MemoryStore } from '@tenon/core';
import { ManualClock } from '@tenon/testing';

/** What every store has to keep to, whatever it keeps its records in. */
function contract(name: string, make: (clock: Clock) => AtomicStore & ListableStore): void {
  describe(name, () => {
    let clock: ManualClock;
    let store: AtomicStore & ListableStore;
    beforeEach(() => {
      clock = new ManualClock();
      store = make(clock);
    });

    test.each([0, '', false, null, 'text', [1, [2]], { a: { b: 1 } }])(
      '%p comes back as it was set',
      async (value) => {
        await store.set('k', value);
        expect(await store.get('k')).toEqual(value);
      },
    );

    test('what is not there is undefined, alone and among many', async () => {
      await store.set('a', 1);
      expect(await store.get('b')).toBeUndefined();
      expect(await store.getMany(['a', 'b', 'a'])).toEqual([1, undefined, 1]);
      expect(await store.getMany([])).toEqual([]);
    });

    test('who reads or sets a value cannot change it for others', async () => {
      const value = { list: [1] };
      await store.set('k', value);
      value.list.push(2);
      ((await store.get('k')) as typeof value).list.push(3);
      expect(await store.get('k')).toEqual({ list: [1] });
    });

    test('a record past its ttl is not there, for any way of asking', async () => {
      await store.set('k', 1, { ttlMs: 1000 });
      clock.advance(999);
      expect(await store.get('k')).toBe(1);
      clock.advance(1);
      expect(await store.get('k')).toBeUndefined();
      expect(await store.getMany(['k'])).toEqual([undefined]);
      expect(await store.take('k')).toBeUndefined();
      expect(await store.delete('k')).toBe(false);
      expect(await store.add('k', 2)).toBe(true);
    });

    test('to set anew takes the ttl away', async () => {
      await store.set('k', 1, { ttlMs: 10 });
      await store.set('k', 2);
      clock.advance(1000);
      expect(await store.get('k')).toBe(2);
    });

    test('delete says whether there was something', async () => {
      await store.set('k', 1);
      expect(await store.delete('k')).toBe(true);
      expect(await store.delete('k')).toBe(false);
    });

    test('of many that add or take at once, one does', async () => {
      const added = await Promise.all([1, 2, 3].map((value) => store.add('k', value)));
      expect(added.filter(Boolean)).toHaveLength(1);
      const value = await store.get('k');
      const taken = await Promise.all([1, 2, 3].map(() => store.take('k')));
      expect(taken.filter((each) => each !== undefined)).toEqual([value]);
    });

    test('an increment begins at 0, adds what is said, and loses none of many', async () => {
      expect(await store.increment('n')).toBe(1);
      expect(await store.increment('n', 5)).toBe(6);
      expect(await store.increment('n', -2)).toBe(4);
      await Promise.all(Array.from({ length: 50 }, () => store.increment('n')));
      expect(await store.get('n')).toBe(54);
    });

    test('an increment keeps the ttl it began with', async () => {
      await store.increment('n', 1, { ttlMs: 1000 });
      clock.advance(900);
      await store.increment('n', 1, { ttlMs: 1000 });
      clock.advance(100);
      expect(await store.increment('n', 1, { ttlMs: 1000 })).toBe(1);
    });

    test('an increment of what is no number is refused, and changes nothing', async () => {
      await store.set('k', 'text');
      await expect(store.increment('k')).rejects.toThrow(TypeError);
      expect(await store.get('k')).toBe('text');
    });

    test('compareAndSet sets only where the value is as expected, or not there', async () => {
      expect(await store.compareAndSet('k', { expected: { a: 1 }, value: 2 })).toBe(false);
      expect(await store.compareAndSet('k', { expected: undefined, value: { a: 1, b: 2 } })).toBe(true);
      expect(await store.compareAndSet('k', { expected: undefined, value: 3 })).toBe(false);
      const wins = await Promise.all(
        [3, 4].map((value) => store.compareAndSet('k', { expected: { a: 1, b: 2 }, value })),
      );
      expect(wins.filter(Boolean)).toHaveLength(1);
    });

    test('what is no JSON is refused by a rejection, and changes nothing', async () => {
      await store.set('k', 1);
      for (const value of [undefined, () => 1, 1n]) {
        await expect(store.set('k', value)).rejects.toThrow(TypeError);
        await expect(store.add('new', value)).rejects.toThrow(TypeError);
      }
      expect(await store.get('k')).toBe(1);
      expect(await store.get('new')).toBeUndefined();
    });

    test('entries are those whose keys begin with a prefix, without what is past its ttl', async () => {
      await store.set('a:1', 1);
      await store.set('a:2', 2, { ttlMs: 10 });
      await store.set('b:1', 3);
      await store.set('a:3', null);
      clock.advance(10);
      const entries: (readonly [string, unknown])[] = [];
      for await (const entry of store.entries('a:')) entries.push(entry);
      expect(entries.sort()).toEqual([
        ['a:1', 1],
        ['a:3', null],
      ]);
    });

    test.each(['__proto__', 'constructor', '', 'ü \n'])('%p is a key like any other', async (key) => {
      expect(await store.get(key)).toBeUndefined();
      await store.set(key, 1);
      expect(await store.get(key)).toBe(1);
    });
  });
}

contract('MemoryStore', (clock) => new MemoryStore(clock));

test('a MemoryStore is bounded: the record longest unread makes room', async () => {
  const store = new MemoryStore(new ManualClock(), { maxRecords: 2 });
  await store.set('a', 1);
  await store.set('b', 2);
  await store.get('a');
  await store.set('c', 3);
  expect(await store.getMany(['a', 'b', 'c'])).toEqual([1, undefined, 3]);
});
