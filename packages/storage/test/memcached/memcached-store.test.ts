import { createApp, isListable, McpModule, Unavailable } from '@tenon/core';
import { EncryptedStore } from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { MemcachedStore } from '@tenon/storage/memcached';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describeWith, MEMCACHED, start, startAt, type RunningServer } from '../servers/debian-server.js';
import { freePort } from '../servers/free-port.js';

describeWith(MEMCACHED, 'with a real Memcached', () => {
  let server: RunningServer;
  let made = 0;
  beforeAll(async () => {
    server = await start(MEMCACHED);
  });
  afterAll(() => server.stop());

  const of = (more: object = {}) => ({ host: '127.0.0.1', port: server.port, ...more });

  describe('MemcachedStore', () => {
    const clock = new ManualClock();
    const cases = storeContract({
      make: () => new MemcachedStore(of({ prefix: `contract ${made++}`, clock })),
      advance: (ms) => {
        clock.advance(ms);
      },
      abilities: ['atomic'],
    });
    test.each(cases)('$name', ({ run }) => run());
  });

  test('Memcached itself forgets what is past its ttl', async () => {
    const store = new MemcachedStore(of({ prefix: 'forgets' }));
    await store.set('k', 1, { ttlMs: 10 });
    await store.set('kept', 1, { ttlMs: 45 * 24 * 60 * 60_000 });
    // The same records, read by a clock that stands still: only Memcached can have forgotten one.
    const still = new MemcachedStore(of({ prefix: 'forgets', clock: new ManualClock() }));
    while ((await still.get('k')) !== undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await still.get('kept')).toBe(1);
    await Promise.all([store.close(), still.close()]);
  });

  test('what another program has put there counts as missing, and is told without its text', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const store = new MemcachedStore(of({ prefix: 'damaged' }));
    await store.set('k', 1);
    await overwritten('damaged', 'k', 'a secret, and no JSON');
    expect(await store.get('k')).toBeUndefined();
    await expect(store.increment('k')).rejects.toThrow(TypeError);
    expect(await store.take('k')).toBeUndefined();
    expect(String(warned.mock.calls)).not.toMatch('secret');
    await store.close();
    jest.restoreAllMocks();
  });

  /** Puts something under the name of a record, past the store. */
  async function overwritten(prefix: string, key: string, value: string): Promise<void> {
    const socket = connect(server.port, '127.0.0.1');
    const name = createHash('sha256').update(Buffer.from(`${prefix.length}:${prefix}${key}`, 'utf16le'));
    socket.write(`ms ${name.digest('base64url')} ${value.length}\r\n${value}\r\n`);
    await once(socket, 'data');
    socket.destroy();
  }

  test('it cannot tell its entries, and neither can what stands over it', () => {
    const store = new MemcachedStore(of());
    expect(isListable(store)).toBe(false);
    expect(isListable(new EncryptedStore({ store, key: 'k'.repeat(32) }))).toBe(false);
  });

  test('a value that is too large is refused, and the one before it stays', async () => {
    const store = new MemcachedStore(of({ prefix: 'large' }));
    await store.set('k', 'before');
    await expect(store.set('k', 'x'.repeat(1024 * 1024))).rejects.toThrow(RangeError);
    await store.set('k2', 'x'.repeat(1024 * 1024 - 1024 - 2));
    expect(await store.get('k')).toBe('before');
    expect(await store.get('k2')).toHaveLength(1024 * 1024 - 1024 - 2);
    await store.close();
  });

  test('two processes, as two stores: of many that take one record, one gets it', async () => {
    const stores = [0, 1].map(() => new MemcachedStore(of({ prefix: 'two' })));
    await stores[0]!.set('code', 'value');
    const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => stores[i % 2]!.take('code')));
    expect(taken.filter((each) => each !== undefined)).toEqual(['value']);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('one that is full and throws nothing out is full, and what is there stays', async () => {
    const full = await start(MEMCACHED, '-M');
    const store = new MemcachedStore({ host: '127.0.0.1', port: full.port });
    await store.set('first', 'kept');
    let error: unknown;
    for (let i = 0; !error && i < 200; i++)
      error = await store.set(`k${i}`, 'x'.repeat(900_000)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STORAGE_FULL' });
    expect(String((error as Error).cause)).toMatch(/MemcachedStore at 127.* no room .*out of memory/i);
    expect(await store.get('first')).toBe('kept');
    await store.close();
    await full.stop();
  });

  test('when Memcached goes away, steps are refused as unavailable; when it is back, they go on', async () => {
    const other = await start(MEMCACHED);
    const store = new MemcachedStore({ host: '127.0.0.1', port: other.port });
    await store.set('k', 1);
    await other.kill();
    const error = await store.get('k').catch((thrown: unknown) => thrown);
    expect(Unavailable.is(error) && error.code).toBe('STORAGE_UNREACHABLE');
    const again = await startAt(other.port, MEMCACHED);
    await store.set('k', 2);
    expect(await store.get('k')).toBe(2);
    await store.close();
    await again.stop();
  });
});

test('importing and constructing with a dead host opens nothing; starting tells where nobody answers', async () => {
  const storage = new MemcachedStore({ host: '127.0.0.1', port: await freePort() });
  @McpModule({ name: 't', version: '1.0.0', storage })
  class Root {}
  await expect(createApp(Root, { logger: new RecordingLogger() }).start()).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringMatching(/MemcachedStore at 127\.0\.0\.1:\d+ could not be opened: .*ECONNREFUSED/),
  });
});

test('something that is no Memcached is told at the start', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const store = new MemcachedStore({ host: '127.0.0.1', port });
  await expect(store.open()).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringMatching(/it answers "HTTP\/1\.1 400 Bad Request"/),
  });
  server.close();
});
