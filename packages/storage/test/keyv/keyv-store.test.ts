import { KeyvStore } from '@tenon/storage/keyv';
import { storeContract } from '@tenon/storage/contract';
import {
  AtomicStore,
  createApp,
  type FrameworkError,
  isAtomic,
  isListable,
  McpModule,
  type ModuleOptions,
  Unavailable,
} from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { Keyv } from 'keyv';

let clock: ManualClock;
beforeEach(() => (clock = new ManualClock()));
afterEach(() => jest.restoreAllMocks());

/** An adapter as of a network, which answers later and with many at once. */
class Adapter {
  readonly opts = {};
  readonly kept = new Map<string, unknown>();
  gone = false;
  connected = true;

  on(): this {
    return this;
  }

  async get(key: string): Promise<unknown> {
    await this.#answers();
    return this.kept.get(key);
  }

  async getMany(keys: string[]): Promise<unknown[]> {
    await this.#answers();
    return keys.map((key) => this.kept.get(key));
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#answers();
    this.kept.set(key, value);
  }

  async delete(key: string): Promise<boolean> {
    await this.#answers();
    return this.kept.delete(key);
  }

  async clear(): Promise<void> {
    await this.#answers();
    this.kept.clear();
  }

  disconnect(): Promise<void> {
    this.connected = false;
    return Promise.resolve();
  }

  async #answers(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.gone) throw new Error('connect ECONNREFUSED');
  }
}

describe.each([
  ['a Map', () => new Keyv()],
  ['an adapter', () => new Keyv({ store: new Adapter() })],
])('KeyvStore over %s', (_what, keyv) => {
  const cases = storeContract({
    make: () => new KeyvStore({ keyv: keyv(), clock }),
    abilities: [],
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('a Keyv that is made for the store is made when it is opened, and disconnected when it is closed', async () => {
  const adapter = new Adapter();
  const keyv = jest.fn(() => new Keyv({ store: adapter }));
  const store = new KeyvStore({ keyv });
  expect(keyv).not.toHaveBeenCalled();
  await store.set('k', 1);
  await store.close();
  expect(keyv).toHaveBeenCalledTimes(1);
  expect(adapter.connected).toBe(false);
});

test('a Keyv of yours stays connected, and is told of ttls itself', async () => {
  const adapter = new Adapter();
  const keyv = new Keyv({ store: adapter });
  const set = jest.spyOn(adapter, 'set');
  const store = new KeyvStore({ keyv });
  await store.set('k/ü', 1, { ttlMs: 5000 });
  expect(set).toHaveBeenCalledWith('keyv:k/%00fc', expect.anything(), 5000);
  await store.close();
  expect(adapter.connected).toBe(true);
});

test('it does not claim single steps or entries, and is refused where they are needed: by type and at the start', () => {
  const store = new KeyvStore({ keyv: new Keyv() });
  expect([isAtomic(store), isListable(store)]).toEqual([false, false]);
  // @ts-expect-error -- It is no AtomicStore.
  const options: ModuleOptions = { storage: store };
  // @ts-expect-error -- Nor here.
  const atomic: AtomicStore = store;
  expect(atomic).toBe(store);
  @McpModule(options)
  class Server {}
  let failed: unknown;
  try {
    createApp(Server);
  } catch (error) {
    failed = error;
  }
  expect((failed as FrameworkError).code).toBe('ERR_STORAGE_ABILITY');
  expect((failed as FrameworkError).message).toMatch(/KeyvStore/);
});

test('an adapter that cannot be reached is unavailable with the key, and not taken for an empty one', async () => {
  for (const store of [new Adapter(), Object.assign(new Adapter(), { getMany: undefined })]) {
    const records = new KeyvStore({ keyv: new Keyv({ store }) });
    await records.set('k', 'before');
    store.gone = true;
    for (const attempt of [
      () => records.get('k'),
      () => records.getMany(['k', 'j']),
      () => records.set('k', 'secret'),
      () => records.delete('k'),
    ]) {
      const failed: unknown = await attempt().catch((error: unknown) => error);
      expect(Unavailable.is(failed)).toBe(true);
      expect((failed as Error & { cause: Error }).cause.message).toMatch(/KeyvStore.*\("k"\): connect/);
      expect((failed as Error & { cause: Error }).cause.message).not.toMatch('secret');
    }
    await records.close();
  }
});

test('an adapter that says it has not kept a value is believed', async () => {
  const adapter = Object.assign(new Adapter(), { set: () => Promise.resolve(false) });
  const store = new KeyvStore({ keyv: new Keyv({ store: adapter }) });
  await expect(store.set('k', 1)).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
});

test('what others have put into the Keyv counts as missing, and is told', async () => {
  const keyv = new Keyv();
  await keyv.set('k', { of: 'somebody else' });
  await keyv.set('j', 'a text');
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const store = new KeyvStore({ keyv });
  expect(await store.getMany(['k', 'j'])).toEqual([undefined, undefined]);
  expect(warned.mock.calls.map(([text]) => text)).toEqual([
    expect.stringContaining('"k"'),
    expect.stringContaining('"j"'),
  ]);
});

test('a function that cannot make a Keyv is told at the start', async () => {
  const keyv = (): never => {
    throw new Error('no such adapter');
  };
  await expect(new KeyvStore({ keyv }).open()).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringMatching(/KeyvStore.*no such adapter/) as string,
  });
});
