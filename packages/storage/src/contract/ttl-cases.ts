import assert from 'node:assert/strict';
import { same } from './same.js';
import type { StoreCase } from './store-case.js';

/** A record past its ttl is not there. */
export const ttlCases: readonly StoreCase[] = [
  {
    name: 'a record past its ttl is not there, for any way of asking',
    run: async (store, advance) => {
      await store.set('k', 1, { ttlMs: 1000 });
      await store.set('kept', 2);
      await advance(300);
      assert.equal(await store.get('k'), 1);
      await advance(800);
      assert.equal(await store.get('k'), undefined);
      same(await store.getMany(['k', 'kept']), [undefined, 2]);
      assert.equal(await store.delete('k'), false);
      await store.set('k', 3);
      assert.equal(await store.get('k'), 3);
    },
  },
  {
    name: 'to set anew takes the ttl away, or gives another',
    run: async (store, advance) => {
      await store.set('without', 1, { ttlMs: 500 });
      await store.set('without', 2);
      await store.set('shorter', 1);
      await store.set('shorter', 2, { ttlMs: 500 });
      await advance(600);
      same(await store.getMany(['without', 'shorter']), [2, undefined]);
    },
  },
  {
    name: 'a ttl of 0 or less is over at once',
    run: async (store) => {
      await store.set('k', 1);
      await store.set('k', 2, { ttlMs: 0 });
      assert.equal(await store.get('k'), undefined);
      await store.set('j', 2, { ttlMs: -5 });
      assert.equal(await store.get('j'), undefined);
    },
  },
  {
    name: 'a ttl of part of a millisecond, and one of a hundred years, are kept',
    run: async (store) => {
      await store.set('k', 1, { ttlMs: 60_000.5 });
      await store.set('j', 2, { ttlMs: 100 * 365 * 24 * 60 * 60_000 });
      await store.set('i', 3, { ttlMs: Infinity });
      same(await store.getMany(['k', 'j', 'i']), [1, 2, 3]);
    },
  },
];
