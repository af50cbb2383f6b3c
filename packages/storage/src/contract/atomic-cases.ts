import assert from 'node:assert/strict';
import { same } from './same.js';
import type { StoreCase } from './store-case.js';

/** Single steps cannot be divided, whoever else is at work on the same key. */
export const atomicCases: readonly StoreCase[] = [
  {
    name: 'of many that add at once, one does',
    run: async (store) => {
      const added = await Promise.all([1, 2, 3, 4, 5].map((value) => store.add('k', value)));
      assert.equal(added.filter(Boolean).length, 1);
      assert.equal(await store.get('k'), added.indexOf(true) + 1);
    },
  },
  {
    name: 'of many that take at once, one gets the value',
    run: async (store) => {
      for (let round = 0; round < 10; round++) {
        await store.set('k', { round });
        const taken = await Promise.all(Array.from({ length: 10 }, () => store.take('k')));
        same(
          taken.filter((each) => each !== undefined),
          [{ round }],
        );
        assert.equal(await store.get('k'), undefined);
      }
    },
  },
  {
    name: 'what is past its ttl is not taken, and may be added again by one',
    run: async (store, advance) => {
      await store.add('k', 1, { ttlMs: 500 });
      assert.equal(await store.add('k', 2), false);
      await store.set('j', 1, { ttlMs: 500 });
      await advance(600);
      assert.equal(await store.take('j'), undefined);
      const added = await Promise.all([3, 4, 5].map((value) => store.add('k', value)));
      assert.equal(added.filter(Boolean).length, 1);
      await advance(600);
      assert.equal(await store.get('k'), added.indexOf(true) + 3);
    },
  },
  {
    name: 'an increment begins at 0, adds what is said, and loses none of many',
    run: async (store) => {
      assert.equal(await store.increment('n'), 1);
      assert.equal(await store.increment('n', 5), 6);
      assert.equal(await store.increment('n', -8), -2);
      const told = await Promise.all(Array.from({ length: 20 }, () => store.increment('n')));
      assert.equal(new Set(told).size, 20);
      assert.equal(await store.get('n'), 18);
      await store.set('set', 40);
      assert.equal(await store.increment('set', 2), 42);
    },
  },
  {
    name: 'an increment keeps the ttl it began with',
    run: async (store, advance) => {
      await store.increment('n', 1, { ttlMs: 1000 });
      await advance(600);
      assert.equal(await store.increment('n', 1, { ttlMs: 1000 }), 2);
      await advance(600);
      assert.equal(await store.increment('n', 1, { ttlMs: 1000 }), 1);
    },
  },
  {
    name: 'an increment of what is no number is refused with a TypeError, and changes nothing',
    run: async (store) => {
      for (const value of ['text', '5', null, { n: 1 }, true]) {
        await store.set('k', value);
        await assert.rejects(() => store.increment('k'), TypeError);
        same(await store.get('k'), value);
      }
    },
  },
  {
    name: 'compareAndSet sets only where the value is as expected, or not there',
    run: async (store) => {
      const set = (expected: unknown, value: unknown): Promise<boolean> =>
        store.compareAndSet('k', { expected, value });
      assert.equal(await set({ a: 1 }, 2), false);
      assert.equal(await store.get('k'), undefined);
      assert.equal(await set(undefined, { a: 1, b: 'ü' }), true);
      assert.equal(await set(undefined, 3), false);
      assert.equal(await set({ a: 1 }, 3), false);
      const wins = await Promise.all([3, 4, 5].map((value) => set({ a: 1, b: 'ü' }, value)));
      assert.equal(wins.filter(Boolean).length, 1);
      assert.equal(await store.get('k'), wins.indexOf(true) + 3);
    },
  },
  {
    name: 'compareAndSet gives the record the ttl it is given, or none',
    run: async (store, advance) => {
      await store.set('k', 1, { ttlMs: 500 });
      assert.equal(await store.compareAndSet('k', { expected: 1, value: 2 }), true);
      await store.set('j', 1);
      assert.equal(await store.compareAndSet('j', { expected: 1, value: 2 }, { ttlMs: 500 }), true);
      await advance(600);
      same(await store.getMany(['k', 'j']), [2, undefined]);
      assert.equal(await store.compareAndSet('j', { expected: 2, value: 3 }), false);
      assert.equal(await store.compareAndSet('j', { expected: undefined, value: 3 }), true);
    },
  },
  {
    name: 'compareAndSet may leave the end of a record as it is',
    run: async (store, advance) => {
      await store.set('k', 1, { ttlMs: 1000 });
      await store.set('j', 1);
      await advance(600);
      for (const key of ['k', 'j'])
        await store.compareAndSet(key, { expected: 1, value: 2 }, { ttlMs: 5000, keepTtl: true });
      same(await store.getMany(['k', 'j']), [2, 2]);
      await store.compareAndSet('new', { expected: undefined, value: 2 }, { ttlMs: 500, keepTtl: true });
      await advance(600);
      same(await store.getMany(['k', 'j', 'new']), [undefined, 2, undefined]);
    },
  },
  {
    name: 'what cannot be stored is refused with a TypeError by add and compareAndSet',
    run: async (store) => {
      await assert.rejects(() => store.add('k', undefined), TypeError);
      await assert.rejects(() => store.add('k', 1n), TypeError);
      await assert.rejects(
        () => store.compareAndSet('k', { expected: undefined, value: () => 1 }),
        TypeError,
      );
      assert.equal(await store.get('k'), undefined);
    },
  },
];
