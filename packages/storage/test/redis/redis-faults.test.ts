import { Unavailable } from '@tenon/core';
import { RedisStore } from '@tenon/storage/redis';
import { Redis } from 'ioredis';
import { inspect } from 'node:util';
import { breakingLine, type BreakingLine } from '../servers/breaking-line.js';
import { describeWith, REDIS, start, type RunningServer } from '../servers/debian-server.js';

describeWith(REDIS, 'RedisStore where something goes wrong', () => {
  let server: RunningServer;
  let admin: Redis;
  let line: BreakingLine;
  let store: RedisStore;
  beforeAll(async () => {
    server = await start(REDIS);
    admin = new Redis(server.port);
  });
  afterAll(async () => {
    await admin.quit();
    await server.stop();
  });
  beforeEach(async () => {
    jest.spyOn(process, 'emitWarning').mockReturnValue();
    await admin.flushall();
    line = await breakingLine(server.port);
    store = new RedisStore({ host: '127.0.0.1', port: line.port });
    await store.open();
  });
  afterEach(async () => {
    await store.close();
    await line.close();
    jest.restoreAllMocks();
  });

  const failure = async (step: Promise<unknown>): Promise<Unavailable> => {
    const error = await step.then(
      (value) => new Error(`no failure, but ${String(value)}`),
      (thrown: unknown) => thrown,
    );
    if (!Unavailable.is(error)) throw error;
    return error;
  };

  test('a step whose answer is lost with the connection is told at once, and never done twice', async () => {
    await store.set('code', 'c');
    for (const step of [
      () => store.increment('n'),
      () => store.take('code'),
      () => store.add('claim', 'mine'),
      () => store.compareAndSet('changed', { expected: undefined, value: 1 }),
      () => store.entries('')[Symbol.asyncIterator]().next(),
    ]) {
      line.breakBeforeAnswer();
      const begin = performance.now();
      expect((await failure(step())).code).toBe('STORAGE_UNREACHABLE');
      expect(performance.now() - begin).toBeLessThan(2000);
      await store.get('connected again');
    }
    expect(await store.getMany(['n', 'code', 'claim', 'changed'])).toEqual([1, undefined, 'mine', 1]);
  });

  test('a read of many keys in many commands fails as a whole where the connection breaks', async () => {
    const keys = Array.from({ length: 1200 }, (_, i) => `k${i}`);
    await Promise.all(keys.map((key, i) => store.set(key, i)));
    line.breakBeforeAnswer();
    expect((await failure(store.getMany(keys))).code).toBe('STORAGE_UNREACHABLE');
    expect(await store.getMany(keys)).toEqual(keys.map((_, i) => i));
  });

  test('a connection on which nothing comes any more is given up, and another one made', async () => {
    await store.set('k', 1);
    line.fallSilent();
    expect((await failure(store.get('k'))).code).toBe('STORAGE_UNREACHABLE');
    let value: unknown;
    while (value === undefined) value = await store.get('k').catch(() => undefined);
    expect(value).toBe(1);
  }, 20_000);

  test.each([
    ['STORAGE_FULL', /has no room for another record: OOM/, ['CONFIG', 'SET', 'maxmemory', '1']],
    ['STORAGE_UNREACHABLE', /cannot be used: READONLY/, ['REPLICAOF', '127.0.0.1', '1']],
    ['STORAGE_UNREACHABLE', /cannot be used: NOREPLICAS/, ['CONFIG', 'SET', 'min-replicas-to-write', '1']],
  ])('what Redis cannot do at the moment is %s, %s, without what was sent', async (code, text, setting) => {
    await admin.call(setting[0] as string, ...setting.slice(1));
    const error = await failure(store.set('k', 'the value'));
    expect(error.code).toBe(code);
    expect(inspect(error, { depth: 10 })).toMatch(text);
    expect(inspect(error, { depth: 10 })).not.toMatch('the value');
    await admin.config('SET', 'maxmemory', '0');
    await admin.config('SET', 'min-replicas-to-write', '0');
    await admin.replicaof('NO', 'ONE');
    await store.set('k', 'the value');
  });

  test('a Redis that is busy with a script of somebody else is busy', async () => {
    await admin.config('SET', 'busy-reply-threshold', '50');
    const busy = new Redis({ port: server.port, retryStrategy: () => null });
    busy.on('error', () => undefined);
    const script = busy.eval('while true do end', 0).catch(() => undefined);
    let seen: unknown;
    while (!seen) seen = await store.get('k').catch((thrown: unknown) => thrown);
    expect(seen).toMatchObject({ code: 'STORAGE_BUSY' });
    await admin.script('KILL');
    await script;
    busy.disconnect();
    expect(await store.get('k')).toBeUndefined();
  });

  test('a password that is refused is nowhere in the error, neither in what has caused it', async () => {
    await admin.acl('SETUSER', 'locked', 'on', '>right', '~*', '+@all');
    const wrong = new RedisStore({
      host: '127.0.0.1',
      port: server.port,
      username: 'locked',
      password: 'a bad guess',
    });
    const error: unknown = await wrong.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
    expect(inspect(error, { depth: 10 })).not.toMatch('a bad guess');
    await wrong.close();
  });
});
