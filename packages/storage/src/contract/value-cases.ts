import assert from 'node:assert/strict';
import { same } from './same.js';
import type { StoreCase } from './store-case.js';

const VALUES: readonly unknown[] = [
  0,
  -1.5,
  '',
  false,
  null,
  'text',
  'b',
  'ü 日本 🍵 \u0000 \ud800',
  [1, [2]],
  {},
  { a: { b: 1 }, __proto__: null },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'),
];

/** What is set comes back, and nothing else does. */
export const valueCases: readonly StoreCase[] = [
  {
    name: 'JSON values come back as they were set',
    run: async (store) => {
      for (const value of VALUES) {
        await store.set('k', value);
        assert.equal(JSON.stringify(await store.get('k')), JSON.stringify(value));
      }
    },
  },
  {
    name: 'bytes come back as bytes',
    run: async (store) => {
      for (const bytes of [new Uint8Array(), Uint8Array.from({ length: 256 }, (_, i) => i)]) {
        await store.set('k', bytes);
        const back = await store.get('k');
        assert.ok(ArrayBuffer.isView(back), 'a Uint8Array');
        same([...(back as Uint8Array)], [...bytes]);
      }
    },
  },
  {
    name: 'a value of 256 KiB comes back whole',
    run: async (store) => {
      const value = { text: 'ü'.repeat(128 * 1024) };
      await store.set('k', value);
      same(await store.get('k'), value);
    },
  },
  {
    name: 'what is not there is undefined, alone and among many',
    run: async (store) => {
      await store.set('a', 1);
      assert.equal(await store.get('b'), undefined);
      same(await store.getMany(['a', 'b', 'a']), [1, undefined, 1]);
      same(await store.getMany([]), []);
    },
  },
  {
    name: 'many are read at once, each in its place',
    run: async (store) => {
      const keys = Array.from({ length: 250 }, (_, i) => `k${i}`);
      await Promise.all(keys.map((key, i) => store.set(key, i)));
      same(await store.getMany([...keys, 'none'].reverse()), [undefined, ...keys.map((_, i) => i).reverse()]);
    },
  },
  {
    name: 'who reads or sets a value cannot change it for others',
    run: async (store) => {
      const value = { list: [1] };
      const setting = store.set('k', value);
      value.list.push(2);
      await setting;
      ((await store.get('k')) as typeof value).list.push(3);
      same(await store.get('k'), { list: [1] });
    },
  },
  {
    name: 'a value that is set anew is the only one',
    run: async (store) => {
      await store.set('k', 'a longer one');
      await store.set('k', 2);
      assert.equal(await store.get('k'), 2);
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.set('k', `value ${i}`)));
      assert.match(String(await store.get('k')), /^value \d+$/);
    },
  },
  {
    name: 'delete says whether there was something',
    run: async (store) => {
      await store.set('k', 1);
      assert.equal(await store.delete('k'), true);
      assert.equal(await store.delete('k'), false);
      assert.equal(await store.get('k'), undefined);
    },
  },
  {
    name: 'of many that delete at once, one has deleted',
    run: async (store) => {
      await store.set('k', 1);
      const deleted = await Promise.all([1, 2, 3, 4].map(() => store.delete('k')));
      assert.equal(deleted.filter(Boolean).length, 1);
    },
  },
  {
    name: 'what cannot be stored is refused with a TypeError by a rejection, and changes nothing',
    run: async (store) => {
      await store.set('k', 1);
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      for (const value of [undefined, () => 1, Symbol('s'), 1n, circle, { n: 1n }]) {
        await assert.rejects(() => store.set('k', value), TypeError);
        await assert.rejects(() => store.set('new', value), TypeError);
      }
      same(await store.getMany(['k', 'new']), [1, undefined]);
    },
  },
  {
    name: 'it may be closed and opened again, and opens by itself when it is used',
    run: async (store) => {
      await store.open();
      await store.set('k', 1);
      await store.close();
      assert.equal(await store.get('k'), 1);
    },
  },
];
