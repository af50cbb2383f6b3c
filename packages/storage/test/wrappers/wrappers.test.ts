import { isAtomic, isListable, MemoryStore, Unavailable, type KeyValueStore } from '@tenon/core';
import {
  CompressedStore,
  CountingStore,
  EncryptedStore,
  ReadOnlyStore,
  RetryingStore,
  SizeLimit,
  TtlClamp,
} from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';

afterEach(() => jest.restoreAllMocks());

const YEARS = 1000 * 365 * 24 * 60 * 60_000;
const WRAPPED: Record<string, (store: KeyValueStore, clock: ManualClock) => KeyValueStore> = {
  CompressedStore: (store) => new CompressedStore({ store }),
  'CompressedStore over EncryptedStore': (store) =>
    new CompressedStore({ store: new EncryptedStore({ store, key: 'k'.repeat(32) }) }),
  CountingStore: (store) => new CountingStore({ store }),
  RetryingStore: (store, clock) => new RetryingStore({ store, clock }),
  SizeLimit: (store) => new SizeLimit({ store, maxBytes: 1024 * 1024 }),
  TtlClamp: (store) => new TtlClamp({ store, maxMs: YEARS }),
};

describe.each(Object.entries(WRAPPED))('%s', (_name, wrap) => {
  const clock = new ManualClock();
  const cases = storeContract({
    make: () => wrap(new MemoryStore(clock), clock),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('a value above the limit is refused with its size, and changes nothing', async () => {
  const store = new SizeLimit({ store: new MemoryStore(), maxBytes: 20 });
  await store.set('k', 'x'.repeat(18));
  const large = 'ü'.repeat(10);
  for (const step of [
    () => store.set('k', large),
    () => store.add('new', large),
    () => store.compareAndSet('new', { expected: undefined, value: large }),
  ]) {
    await expect(step()).rejects.toThrow(RangeError);
    await expect(step()).rejects.toThrow(/has 22 bytes, and at most 20 are kept/);
  }
  expect(await store.getMany(['k', 'new'])).toEqual(['x'.repeat(18), undefined]);
});

test('ttls are kept within bounds, and a record without one gets the longest', async () => {
  const clock = new ManualClock();
  const store = new TtlClamp({ store: new MemoryStore(clock), minMs: 100, maxMs: 1000 });
  await store.set('short', 1, { ttlMs: 1 });
  await store.set('long', 1, { ttlMs: 9999 });
  await store.add('without', 1);
  await store.increment('counter', 1);
  await store.compareAndSet('compared', { expected: undefined, value: 1 });
  const keys = ['short', 'long', 'without', 'counter', 'compared'];
  clock.advance(99);
  expect(await store.getMany(keys)).toEqual([1, 1, 1, 1, 1]);
  clock.advance(1);
  expect(await store.getMany(keys)).toEqual([undefined, 1, 1, 1, 1]);
  clock.advance(900);
  expect(await store.getMany(keys)).toEqual(keys.map(() => undefined));
});

test('long values are packed, and what cannot be unpacked counts as missing', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const inner = new MemoryStore();
  const store = new CompressedStore({ store: inner });
  await store.set('k', 'long '.repeat(10_000));
  expect(((await inner.get('k')) as Uint8Array).length).toBeLessThan(1000);
  for (const damaged of [new Uint8Array([1, 2, 3]), 'not json', 5, { a: 1 }]) {
    await inner.set('packed/k', damaged);
    expect(await store.get('packed/k')).toBeUndefined();
  }
  expect(warned).toHaveBeenCalledTimes(1);
});

test('a store that was unavailable is tried again, a little later each time, and no more than that', async () => {
  const clock = new ManualClock();
  let failures = 2;
  class Shaky extends MemoryStore {
    override get(key: string): Promise<unknown> {
      return failures-- > 0 ? Promise.reject(new Unavailable('GONE', { retryAfterMs: 1 })) : super.get(key);
    }
    override increment(): Promise<number> {
      return Promise.reject(new Unavailable('GONE', { retryAfterMs: 1 }));
    }
  }
  const inner = new Shaky(clock);
  await inner.set('k', 1);
  const store = new RetryingStore({ store: inner, delayMs: 100, clock });
  const passed = async (ms: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(ms);
  };
  const getting = store.get('k');
  await passed(100);
  await passed(200);
  expect(await getting).toBe(1);

  failures = 3;
  const failing = expect(store.get('k')).rejects.toThrow('GONE');
  await passed(100);
  await passed(200);
  await failing;
  await expect(store.increment('n')).rejects.toThrow('GONE');
  await expect(store.set('k', undefined)).rejects.toThrow(TypeError);
});

test('a read-only store gives what is there, refuses to change it, and claims no more', async () => {
  const inner = new MemoryStore();
  await inner.set('k', 1);
  const store = new ReadOnlyStore({ store: inner });
  expect(await store.getMany(['k', 'none'])).toEqual([1, undefined]);
  await expect(store.set('k')).rejects.toThrow('read only');
  await expect(store.delete('k')).rejects.toThrow('read only');
  expect([isAtomic(store), isListable(store)]).toEqual([false, true]);
  expect(await inner.get('k')).toBe(1);
});

test('a counting store tells hits, misses, writes, deletes and failures', async () => {
  const store = new CountingStore({ store: new MemoryStore() });
  await store.set('a', 1);
  await store.add('b', 1);
  await store.increment('n');
  await store.getMany(['a', 'none']);
  await store.get('none');
  await store.take('b');
  await store.delete('a');
  await expect(store.set('a', undefined)).rejects.toThrow();
  expect(store.counts()).toEqual({ hits: 2, misses: 2, writes: 4, deletes: 1, failures: 1 });
});
