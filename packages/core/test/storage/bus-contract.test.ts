import { MemoryBus, type Bus, type Clock } from '@tenon/core';
import { ManualClock } from '@tenon/testing';

/** What every bus has to keep to. */
function contract(name: string, make: (options?: { maxEntries?: number; clock?: Clock }) => Bus): void {
  describe(name, () => {
    test('everybody who listens to a topic hears what is told on it, and nobody else', async () => {
      const bus = make();
      const heard: unknown[] = [];
      await bus.subscribe('a', (value) => void heard.push(['first', value]));
      await bus.subscribe('a', (value) => void heard.push(['second', value]));
      await bus.subscribe('b', (value) => void heard.push(['other', value]));
      await bus.publish('a', { n: 1 });
      await bus.publish('nobody', 2);
      expect(heard).toEqual([
        ['first', { n: 1 }],
        ['second', { n: 1 }],
      ]);
    });

    test('a listener given twice hears twice, and stops once for each', async () => {
      const bus = make();
      const heard: unknown[] = [];
      const listener = (value: unknown): void => void heard.push(value);
      const stop = await bus.subscribe('a', listener);
      await bus.subscribe('a', listener);
      await bus.publish('a', 1);
      await stop();
      await stop();
      await bus.publish('a', 2);
      expect(heard).toEqual([1, 1, 2]);
    });

    test('a listener may stop, or begin, while it is told', async () => {
      const bus = make();
      const heard: string[] = [];
      const stop = await bus.subscribe('a', () => {
        heard.push('first');
        void stop();
        void bus.subscribe('a', () => void heard.push('late'));
      });
      await bus.subscribe('a', () => void heard.push('second'));
      await bus.publish('a', 1);
      expect(heard).toEqual(['first', 'second']);
    });

    test('who hears or tells a value cannot change it for others', async () => {
      const bus = make();
      const heard: { list: number[] }[] = [];
      for (let i = 0; i < 2; i++)
        await bus.subscribe('a', (value) => {
          (value as { list: number[] }).list.push(i);
          heard.push(value as { list: number[] });
        });
      const told = { list: [] };
      await bus.publish('a', told);
      expect(heard).toEqual([{ list: [0] }, { list: [1] }]);
      expect(told).toEqual({ list: [] });
    });

    test('a listener that throws keeps nobody else from hearing, nor the teller from going on', async () => {
      const bus = make();
      const heard: unknown[] = [];
      await bus.subscribe('a', () => {
        throw new Error('careless');
      });
      await bus.subscribe('a', (value) => void heard.push(value));
      await bus.publish('a', 1);
      expect(heard).toEqual([1]);
    });

    test('what cannot be told is refused by a rejection', async () => {
      const bus = make();
      await bus.subscribe('a', () => undefined);
      const publishing = (): unknown => bus.publish('a', () => 1).catch(() => undefined);
      const appending = (): unknown => bus.append('a', () => 1).catch(() => undefined);
      expect(publishing).not.toThrow();
      expect(appending).not.toThrow();
    });

    test('a stream is read from its begin, or after an id, oldest first', async () => {
      const bus = make();
      const ids = [await bus.append('s', 'a'), await bus.append('s', 'b'), await bus.append('s', 'c')];
      expect(new Set(ids).size).toBe(3);
      expect((await bus.read('s')).map((entry) => entry.value)).toEqual(['a', 'b', 'c']);
      expect(await bus.read('s', ids[0])).toEqual([
        { id: ids[1], value: 'b' },
        { id: ids[2], value: 'c' },
      ]);
      expect(await bus.read('s', ids[2])).toEqual([]);
      expect(await bus.read('none')).toEqual([]);
    });

    test('more than ten entries stay in their order', async () => {
      const bus = make();
      const ids: string[] = [];
      for (let i = 0; i < 12; i++) ids.push(await bus.append('s', i));
      expect((await bus.read('s', ids[8])).map((entry) => entry.value)).toEqual([9, 10, 11]);
    });

    test('a stream is bounded: the oldest entry makes room, and ids go on', async () => {
      const bus = make({ maxEntries: 2 });
      const ids = [await bus.append('s', 1), await bus.append('s', 2), await bus.append('s', 3)];
      expect(await bus.read('s')).toEqual([
        { id: ids[1], value: 2 },
        { id: ids[2], value: 3 },
      ]);
      expect(await bus.read('s', ids[0])).toHaveLength(2);
    });

    test('who adds may keep less of a stream than the bus would', async () => {
      const bus = make();
      for (let i = 0; i < 5; i++) await bus.append('s', i, { maxEntries: 2 });
      expect((await bus.read('s')).map((entry) => entry.value)).toEqual([3, 4]);
    });

    test('a stream is gone some time after its last entry, and begins anew', async () => {
      const clock = new ManualClock();
      const bus = make({ clock });
      await bus.append('s', 'a', { ttlMs: 1000 });
      clock.advance(900);
      await bus.append('s', 'b', { ttlMs: 1000 });
      clock.advance(900);
      expect(await bus.read('s')).toHaveLength(2);
      clock.advance(200);
      expect(await bus.read('s')).toEqual([]);
      await bus.append('s', 'c');
      expect((await bus.read('s')).map((entry) => entry.value)).toEqual(['c']);
    });

    test('a stream that is removed is gone, others stay', async () => {
      const bus = make();
      await bus.append('a', 1);
      await bus.append('b', 2);
      await bus.remove('a', 'none');
      expect(await bus.read('a')).toEqual([]);
      expect(await bus.read('b')).toHaveLength(1);
    });
  });
}

contract('MemoryBus', (options) => new MemoryBus(options));

describe('MemoryBus', () => {
  test('its streams are bounded in bytes: those longest without a new entry make room, then the oldest entries', async () => {
    const bus = new MemoryBus({ maxBytes: 10_000 });
    const text = 'x'.repeat(3000);
    for (const stream of ['a', 'b', 'c', 'a', 'd']) await bus.append(stream, text);
    expect(await bus.read('b')).toEqual([]);
    expect(await bus.read('c')).toEqual([]);
    expect([await bus.read('a'), await bus.read('d')].map((entries) => entries.length)).toEqual([2, 1]);
    for (let i = 0; i < 10; i++) await bus.append('d', `${i}${text}`);
    expect(await bus.read('a')).toEqual([]);
    expect((await bus.read('d')).map((entry) => (entry.value as string)[0])).toEqual(['7', '8', '9']);
    expect(bus.kept.bytes).toBeLessThanOrEqual(10_000);
    await bus.append('d', 'y'.repeat(20_000));
    expect(await bus.read('d')).toHaveLength(1);
    await bus.remove('d');
    expect(bus.kept).toEqual({ streams: 0, bytes: 0 });
  });

  test('streams past their time are forgotten with the next entry of any other', async () => {
    const clock = new ManualClock();
    const bus = new MemoryBus({ clock });
    for (let i = 0; i < 100; i++) await bus.append(`s${i}`, i, { ttlMs: 1000 });
    clock.advance(1001);
    await bus.append('other', 1);
    expect(bus.kept.streams).toBe(1);
  });
});
