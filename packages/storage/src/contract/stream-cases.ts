import type { Bus } from '@tenon/core';
import assert from 'node:assert/strict';
import { same } from './same.js';
import { MAX_ENTRIES, type BusCase } from './bus-case.js';

/** Streams keep a bounded number of entries, in order. */
export const streamCases: readonly BusCase[] = [
  {
    name: 'a stream is read from its begin, or after an id, oldest first',
    run: async (bus) => {
      const ids = [await bus.append('s', 'a'), await bus.append('s', { b: 1 }), await bus.append('s', null)];
      assert.equal(new Set(ids).size, 3);
      same(await valuesOf(bus, 's'), ['a', { b: 1 }, null]);
      same(await bus.read('s', ids[0]), [
        { id: ids[1], value: { b: 1 } },
        { id: ids[2], value: null },
      ]);
      same(await bus.read('s', ids[2]), []);
      same(await bus.read('none'), []);
    },
  },
  {
    name: 'more than ten entries stay in their order',
    run: async (bus) => {
      const ids: string[] = [];
      for (let i = 0; i < 12; i++) ids.push(await bus.append('s', i));
      same(await valuesOf(bus, 's', ids[8]), [9, 10, 11]);
    },
  },
  {
    name: 'entries added at once have ids of their own, and all are kept',
    run: async (bus) => {
      const ids = await Promise.all(Array.from({ length: 15 }, (_, i) => bus.append('s', i)));
      assert.equal(new Set(ids).size, 15);
      const kept = (await valuesOf(bus, 's')) as number[];
      same(
        kept.sort((a, b) => a - b),
        Array.from({ length: 15 }, (_, i) => i),
      );
    },
  },
  {
    name: 'an id that was never given finds nothing, or what is kept, and is no error',
    run: async (bus) => {
      await bus.append('s', 'a');
      for (const id of ['', 'x', '-1', '1-2-3', '../..', '9'.repeat(40), '0\n'])
        assert.ok((await bus.read('s', id)).length <= 1, JSON.stringify(id));
    },
  },
  {
    name: 'a stream is bounded: the oldest entry makes room, and ids go on',
    run: async (bus) => {
      const ids: string[] = [];
      for (let i = 0; i < MAX_ENTRIES + 5; i++) ids.push(await bus.append('s', i));
      const kept = await bus.read('s');
      same(
        kept.map(({ id }) => id),
        ids.slice(5),
      );
      assert.equal((await bus.read('s', ids[0])).length, MAX_ENTRIES);
    },
  },
  {
    name: 'who adds may keep less of a stream than the bus would',
    run: async (bus) => {
      for (let i = 0; i < 5; i++) await bus.append('s', i, { maxEntries: 2 });
      same(await valuesOf(bus, 's'), [3, 4]);
    },
  },
  {
    name: 'a stream is gone some time after its last entry, and begins anew',
    run: async (bus, advance) => {
      await bus.append('s', 'a', { ttlMs: 1000 });
      await advance(600);
      await bus.append('s', 'b', { ttlMs: 1000 });
      await advance(600);
      same(await valuesOf(bus, 's'), ['a', 'b']);
      await advance(600);
      same(await valuesOf(bus, 's'), []);
      await bus.append('s', 'c');
      same(await valuesOf(bus, 's'), ['c']);
    },
  },
  {
    name: 'a stream that is removed is gone, others stay',
    run: async (bus) => {
      await bus.append('a', 1);
      await bus.append('b', 2);
      await bus.append('../a', 3);
      await bus.remove('a', 'none');
      await bus.remove();
      same(await valuesOf(bus, 'a'), []);
      same(await valuesOf(bus, 'b'), [2]);
      same(await valuesOf(bus, '../a'), [3]);
    },
  },
];

async function valuesOf(bus: Bus, stream: string, after?: string): Promise<unknown[]> {
  return (await bus.read(stream, after)).map(({ value }) => value);
}
