import { MemoryBus } from '@tenon/core';
import { busContract } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';
import { hushCarelessListeners } from '../../../storage/test/careless-listeners.js';

hushCarelessListeners();

describe('MemoryBus', () => {
  const clock = new ManualClock();
  const cases = busContract({
    make: (bounds) => new MemoryBus({ ...bounds, clock }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());

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
