import assert from 'node:assert/strict';
import { same } from './same.js';
import type { StoreCase, WholeStore } from './store-case.js';

/** The records whose keys begin with a prefix can be told. */
export const listableCases: readonly StoreCase[] = [
  {
    name: 'entries are those whose keys begin with a prefix, without what is past its ttl',
    run: async (store, advance) => {
      await store.set('a:1', 1);
      await store.set('a:2', 2, { ttlMs: 500 });
      await store.set('b:1', 3);
      await store.set('a:3', null);
      await advance(600);
      same(await entriesOf(store, 'a:'), [
        ['a:1', 1],
        ['a:3', null],
      ]);
      assert.equal((await entriesOf(store, '')).length, 3);
      same(await entriesOf(store, 'none'), []);
    },
  },
  {
    name: 'a prefix is no pattern',
    run: async (store) => {
      const keys = [
        'a*b',
        'axb',
        'a?b',
        'a[x]b',
        'a\\b',
        'a%b',
        'a_b',
        'a\nb',
        'a.b',
        'é',
        '\ud800x',
        '../x',
      ];
      for (const key of keys) await store.set(key, key);
      for (const key of keys)
        same(await entriesOf(store, key.slice(0, -1)), await byHand(store, keys, key.slice(0, -1)));
    },
  },
  {
    name: 'more entries than fit into one page are all told, once each',
    run: async (store) => {
      const keys = Array.from({ length: 300 }, (_, i) => `many/${i}`);
      await Promise.all(keys.map((key) => store.set(key, 1)));
      await store.set('other', 1);
      same(
        (await entriesOf(store, 'many/')).map(([key]) => key),
        keys.sort(),
      );
    },
  },
  {
    name: 'records may be deleted while they are told',
    run: async (store) => {
      for (let i = 0; i < 20; i++) await store.set(`k${i}`, i);
      for await (const [key] of store.entries('k')) await store.delete(key);
      same(await entriesOf(store, 'k'), []);
    },
  },
];

async function entriesOf(store: WholeStore, prefix: string): Promise<(readonly [string, unknown])[]> {
  const entries: (readonly [string, unknown])[] = [];
  for await (const entry of store.entries(prefix)) entries.push(entry);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function byHand(
  store: WholeStore,
  keys: readonly string[],
  prefix: string,
): Promise<(readonly [string, unknown])[]> {
  const found = keys.filter((key) => key.startsWith(prefix)).sort();
  const values = await store.getMany(found);
  return found.map((key, i) => [key, values[i]] as const);
}
