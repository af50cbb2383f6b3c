import { createApp, FrameworkError, McpModule, Unavailable } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { EncryptedStore } from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { RedisStore, ValkeyStore } from '@tenon/storage/redis';
import { Redis } from 'ioredis';
import { describeWith, REDIS, start, startAt, type RunningServer } from '../servers/debian-server.js';
import { freePort } from '../servers/free-port.js';

afterEach(() => jest.restoreAllMocks());

describeWith(REDIS, 'with a real Redis', () => {
  let server: RunningServer;
  let admin: Redis;
  beforeAll(async () => {
    server = await start(REDIS);
    admin = new Redis(server.port);
  });
  afterAll(async () => {
    await admin.quit();
    await server.stop();
  });
  beforeEach(() => admin.flushall());

  const of = (more: object = {}) => ({ host: '127.0.0.1', port: server.port, ...more });

  describe('RedisStore', () => {
    test.each(storeContract({ make: () => new RedisStore(of()) }))('$name', ({ run }) => run());
  });

  describe('ValkeyStore by a URL', () => {
    const make = () => new ValkeyStore({ url: `redis://127.0.0.1:${server.port}/3` });
    // It is the same class: what waits for time to pass has been waited for above.
    const cases = storeContract({ make }).filter(({ name }) => !/ttl|end of a record/.test(name));
    test.each(cases)('$name', ({ run }) => run());
  });

  describe('RedisStore with a client, sealed', () => {
    const make = () => {
      const store = new RedisStore({ client: admin, prefix: 'sealed[*]:' });
      return new EncryptedStore({ store, key: EncryptedStore.generateKey() });
    };
    test.each(storeContract({ make }))('$name', ({ run }) => run());
  });

  test('a client that was given stays open when the store is closed', async () => {
    const store = new RedisStore({ client: admin });
    await store.set('k', 1);
    await store.close();
    expect(await admin.get('tenon:k')).toBe('1');
  });

  test('stores with different prefixes do not see each other', async () => {
    const [one, two] = [new RedisStore(of({ prefix: 'one:' })), new RedisStore(of({ prefix: 'two:' }))];
    await one.set('k', 1);
    expect(await two.get('k')).toBeUndefined();
    for await (const [key] of two.entries('')) throw new Error(`${key} is not of this store`);
    await Promise.all([one.close(), two.close()]);
  });

  test('two processes, as two stores: of many that take one record, one gets it', async () => {
    const stores = [new RedisStore(of()), new RedisStore(of())];
    await stores[0]!.set('code', 'value');
    const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]!.take('code')));
    expect(taken.filter((each) => each !== undefined)).toEqual(['value']);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('what another program has put there counts as missing, is told without its text, and may be set', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    await admin.set('tenon:notes/k', 'a secret, and no JSON');
    await admin.set('tenon:notes/j', '1');
    const store = new RedisStore(of());
    expect(await store.get('notes/k')).toBeUndefined();
    expect(await store.getMany(['notes/k', 'notes/j'])).toEqual([undefined, 1]);
    const told: unknown[] = [];
    for await (const entry of store.entries('notes/')) told.push(entry);
    expect(told).toEqual([['notes/j', 1]]);
    const counting: unknown = await store.increment('notes/k').catch((thrown: unknown) => thrown);
    expect(String(counting)).toMatch(/^TypeError: .*notes\/k/);
    expect(await store.take('notes/k')).toBeUndefined();
    await store.set('notes/k', 2);
    expect(await store.get('notes/k')).toBe(2);
    expect(warned.mock.calls.map(([text]) => text)).toEqual([
      'A record below "notes/" in RedisStore is damaged, or of another program, and counts as missing',
    ]);
    await store.close();
  });

  test('what is no whole number is refused, as a value and as what is added', async () => {
    const store = new RedisStore(of());
    await store.set('k', 1.5);
    await expect(store.increment('k')).rejects.toThrow(TypeError);
    await expect(store.increment('n', 0.5)).rejects.toThrow(TypeError);
    await store.close();
  });

  test('an app opens it at the start and closes it, again and again', async () => {
    const storage = new RedisStore(of());
    @McpModule({ name: 't', version: '1.0.0', storage })
    class Root {}
    for (let i = 0; i < 2; i++) {
      const app = createApp(Root, { logger: new RecordingLogger() });
      await app.start();
      await storage.set('k', i);
      await app.close();
    }
    expect(await admin.get('tenon:k')).toBe('1');
    const clients = (await admin.client('LIST')) as string;
    expect(clients.trim().split('\n')).toHaveLength(1);
  });
});

describeWith(REDIS, 'a Redis with a password, or one that goes away', () => {
  test('the password is used, a wrong one is told at the start, and neither is in the text', async () => {
    const server = await start(REDIS, '--requirepass', 'the password');
    const at = { host: '127.0.0.1', port: server.port };
    const right = new RedisStore({ ...at, password: 'the password' });
    await right.open();
    await right.close();
    const byUrl = new RedisStore({ url: `redis://:the%20password@127.0.0.1:${server.port}` });
    await byUrl.open();
    await byUrl.close();
    jest.spyOn(process, 'emitWarning').mockReturnValue();
    for (const store of [
      new RedisStore({ ...at, password: 'a guess' }),
      new RedisStore({ url: `redis://:a%20guess@127.0.0.1:${server.port}` }),
      new RedisStore(at),
    ]) {
      const error = (await store.open().catch((thrown: unknown) => thrown)) as FrameworkError;
      expect(error).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
      expect(error.message).toMatch(`127.0.0.1:${server.port}`);
      expect(error.message).not.toMatch('guess');
    }
    await server.stop();
  });

  test('when Redis goes away, steps are refused as unavailable; when it is back, they go on', async () => {
    jest.spyOn(process, 'emitWarning').mockReturnValue();
    const server = await start(REDIS);
    const store = new RedisStore({ host: '127.0.0.1', port: server.port });
    await store.set('k', 1);
    await server.kill();
    const error = await store.get('k').catch((thrown: unknown) => thrown);
    expect(Unavailable.is(error) && error.code).toBe('STORAGE_UNREACHABLE');
    const again = await startAt(server.port, REDIS);
    await store.set('k', 2);
    expect(await store.get('k')).toBe(2);
    await store.close();
    await again.stop();
  });
});

test('importing and constructing with a dead host opens nothing; starting tells where nobody answers', async () => {
  jest.spyOn(process, 'emitWarning').mockReturnValue();
  const port = await freePort();
  const storage = new RedisStore({ host: '127.0.0.1', port });
  @McpModule({ name: 't', version: '1.0.0', storage })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  await expect(app.start()).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringMatching(`RedisStore at 127.0.0.1:${port} could not be opened: .*ECONNREFUSED`),
  });
  await expect(storage.get('k')).rejects.toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  await storage.close();
});

test.each([undefined, '', 'the password', 'http://:the-password@host', 'redis//:the-password@host'])(
  'the URL %j is told when the store is opened, without what is in it',
  async (url) => {
    const error = await new RedisStore({ url: url as string }).open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_OPTION_VALUE', fix: expect.stringMatching('redis://') });
    expect((error as Error).message).not.toMatch('the.password');
  },
);
