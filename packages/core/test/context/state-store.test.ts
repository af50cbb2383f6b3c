import { ManualClock } from '@tenon/testing';
import { StateStore } from '../../src/context/state-store.js';
import { Turns } from '../../src/context/turns.js';
import { MemoryStore } from '../../src/storage/memory-store.js';

const LIMITS = { ttlMs: 60_000, maxBytes: 1000 };

/** A store that says how often it was written to. */
class CountingStore extends MemoryStore {
  writes = 0;

  override compareAndSet(...args: Parameters<MemoryStore['compareAndSet']>): Promise<boolean> {
    this.writes++;
    return super.compareAndSet(...args);
  }
}

function setUp() {
  const clock = new ManualClock();
  const store = new CountingStore(clock);
  return { clock, store, state: new StateStore(() => store, LIMITS) };
}

test('values come back as they were kept, also those that count as false, under any key', async () => {
  const { state } = setUp();
  const mine = state.of('me');
  for (const key of ['__proto__', 'constructor', '', 'a/b'])
    expect(await mine.get(key, { default: 'none' })).toBe('none');
  for (const [key, value] of Object.entries({ a: 0, b: '', c: false, d: null, toString: [1] })) {
    await mine.set(key, value);
    expect(await mine.get(key, { default: 'none' })).toEqual(value);
  }
  await mine.set('__proto__', { x: 1 });
  expect(await mine.get('__proto__')).toEqual({ x: 1 });
  expect(await mine.delete('__proto__')).toBe(true);
  expect(await mine.delete('__proto__')).toBe(false);
  expect(await mine.get('__proto__')).toBeUndefined();
});

test('what is no JSON comes back as the JSON that results are made of', async () => {
  const { state } = setUp();
  const mine = state.of('me');
  const [date, bytes] = [new Date(0), new Uint8Array([1])];
  await mine.set('k', { date, bytes, map: new Map([['a', 1n]]), set: new Set([NaN]), nothing: undefined });
  expect(await mine.get('k')).toEqual({
    date: '1970-01-01T00:00:00.000Z',
    bytes: 'AQ==',
    map: { a: '1' },
    set: [null],
  });
});

test.each([
  ['a function', () => 1],
  ['undefined', undefined],
  ['a circular structure', [] as unknown[]],
])('%s cannot be kept', async (seen, value) => {
  if (Array.isArray(value)) value.push(value);
  const { state } = setUp();
  await expect(state.of('me').set('k', value)).rejects.toMatchObject({
    code: 'ERR_STATE_VALUE',
    message: expect.stringContaining(`"k" cannot keep ${seen}`),
    fix: expect.stringContaining("{ scope: 'request' }"),
  });
});

test('what one owner keeps ends together, so long after the last change', async () => {
  const { state, clock } = setUp();
  const mine = state.of('me');
  await mine.set('a', 1);
  clock.advance(50_000);
  await mine.set('b', 2);
  clock.advance(50_000);
  expect(await mine.get('a')).toBe(1);
  clock.advance(10_001);
  expect([await mine.get('a'), await mine.get('b')]).toEqual([undefined, undefined]);
});

test('one owner keeps so much and no more; the others are not touched, and what is deleted makes room', async () => {
  const { state } = setUp();
  const [mine, yours] = [state.of('me'), state.of('you')];
  await mine.set('a', 'x'.repeat(900));
  await expect(mine.set('b', 'x'.repeat(100))).rejects.toMatchObject({
    code: 'ERR_STATE_FULL',
    message: expect.stringMatching(/no more than 1000 bytes/),
    cause: expect.objectContaining({ fix: expect.stringContaining('maxBytes') }),
  });
  await expect(mine.set('é'.repeat(400), 1)).rejects.toMatchObject({ code: 'ERR_STATE_FULL' });
  await yours.set('b', 'x'.repeat(900));
  await mine.delete('a');
  await mine.set('b', 'x'.repeat(100));
  expect(await mine.get('b')).toHaveLength(100);
});

test('200 changes at once all count, and cost one write each', async () => {
  const { state, store } = setUp();
  const roomy = new StateStore(() => store, { ...LIMITS, maxBytes: 100_000 });
  await Promise.all(Array.from({ length: 200 }, (_, n) => roomy.of('me').set(`k${n}`, n)));
  expect((await state.read('me'))?.size).toBe(200);
  expect(store.writes).toBe(200);
});

test('changes of two processes at the same record both count', async () => {
  const { store } = setUp();
  const processes = [1, 2].map(() => new StateStore(() => store, { ...LIMITS, maxBytes: 100_000 }));
  await Promise.all(
    processes.flatMap((state, p) => Array.from({ length: 20 }, (_, n) => state.of('me').set(`${p} ${n}`, n))),
  );
  expect((await processes[0]?.read('me'))?.size).toBe(40);
});

test('where others are always quicker it is said that the server is busy', async () => {
  const { state, store } = setUp();
  store.compareAndSet = () => Promise.resolve(false);
  await expect(state.of('me').set('a', 1)).rejects.toMatchObject({
    name: 'Unavailable',
    code: 'STATE_CONTENDED',
  });
});

test('what is deleted while its owner is forgotten leaves no record behind, and what was not there writes nothing', async () => {
  const { state, store } = setUp();
  const mine = state.of('me');
  await mine.set('a', 1);
  expect(await Promise.all([state.forget('me'), mine.delete('a')])).toEqual([true, false]);
  expect(await state.read('me')).toBeUndefined();
  await mine.set('a', 1);
  const late = mine.delete('a');
  await Promise.all([late, state.forget('me')]);
  expect(await state.read('me')).toBeUndefined();
  const { writes } = store;
  expect(await mine.delete('a')).toBe(false);
  expect(store.writes).toBe(writes);
});

test('what had to be begun is not begun by a change that comes after its end', async () => {
  const { state } = setUp();
  const gone = (): Error => new Error('gone');
  await state.change('session', () => new Map());
  const session = state.of('session', gone);
  await session.set('a', 1);
  await state.forget('session');
  for (const run of [() => session.get('a'), () => session.set('a', 2), () => session.delete('a')])
    await expect(run()).rejects.toThrow('gone');
  expect(await state.read('session')).toBeUndefined();
});

test('turns of one key follow each other, also after one that failed; those of others do not wait', async () => {
  const turns = new Turns();
  const steps: string[] = [];
  let release: () => void = () => undefined;
  const first = turns.run('a', async () => {
    await new Promise<void>((resolve) => (release = resolve));
    steps.push('first');
    throw new Error('failed');
  });
  const second = turns.run('a', async () => void steps.push('second'));
  await turns.run('b', async () => void steps.push('other'));
  release();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(steps).toEqual(['other', 'first', 'second']);
});
