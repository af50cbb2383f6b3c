import { Bus, createApp, McpModule } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { busContract } from '@tenon/storage/contract';
import { RedisBus } from '@tenon/storage/redis';
import { Redis } from 'ioredis';
import { hushCarelessListeners } from '../careless-listeners.js';
import { describeWith, REDIS, start, startAt, type RunningServer } from '../servers/debian-server.js';
import { freePort } from '../servers/free-port.js';

describeWith(REDIS, 'RedisBus', () => {
  hushCarelessListeners();
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
  const bus = (more: object = {}) => new RedisBus({ host: '127.0.0.1', port: server.port, ...more });

  test.each(busContract({ make: (bounds) => bus(bounds) }))('$name', ({ run }) => run());

  test('what one process tells another hears, and reads what it has added', async () => {
    const [one, two] = [bus(), bus()];
    const hearing = new Promise(
      (resolve) => void one.subscribe('a', resolve).then(() => two.publish('a', { n: 1 })),
    );
    expect(await hearing).toEqual({ n: 1 });
    const id = await two.append('s', 'entry');
    expect(await one.read('s')).toEqual([{ id, value: 'entry' }]);
    await Promise.all([one.close(), two.close()]);
  });

  test('a stream nobody adds to leaves Redis after its time, by default a day', async () => {
    const own = bus();
    await own.append('s', 1);
    await own.append('t', 1, { ttlMs: 60_000 });
    const [s, t] = await Promise.all(['s', 't'].map((name) => admin.pttl(`tenon:stream:${name}`)));
    expect(s).toBeGreaterThan(86_000_000);
    expect(t).toBeLessThanOrEqual(60_000);
    await own.close();
  });

  test('what another program has told or added there is passed over, and is told without its text', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const own = bus();
    const heard: unknown[] = [];
    await own.subscribe('news/a', (value) => void heard.push(value));
    await admin.publish('tenon:topic:news/a', 'a secret, and no JSON');
    await admin.publish('tenon:topic:news/a', '1');
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([1]);
    await admin.xadd('tenon:stream:news/s', '*', 'v', 'a secret, and no JSON');
    const id = await own.append('news/s', 2);
    expect(await own.read('news/s')).toEqual([{ id, value: 2 }]);
    expect(String(warned.mock.calls)).toMatch('A record below "news/" in RedisBus is damaged');
    expect(String(warned.mock.calls)).not.toMatch('secret');
    await own.close();
    jest.restoreAllMocks();
  });

  test('a channel nobody listens to any more is left, and nothing stays connected when it is closed', async () => {
    const own = bus();
    const stops = await Promise.all([1, 2].map(() => own.subscribe('a', () => undefined)));
    expect(await admin.pubsub('CHANNELS')).toEqual(['tenon:topic:a']);
    await stops[0]!();
    expect(await admin.pubsub('CHANNELS')).toEqual(['tenon:topic:a']);
    await stops[1]!();
    expect(await admin.pubsub('CHANNELS')).toEqual([]);
    await own.close();
    const clients = (await admin.client('LIST')) as string;
    expect(clients.trim().split('\n')).toHaveLength(1);
  });

  test('who lost the connection hears again what is told afterwards', async () => {
    jest.spyOn(process, 'emitWarning').mockReturnValue();
    const own = bus();
    const heard: unknown[] = [];
    await own.subscribe('a', (value) => void heard.push(value));
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    while (heard.length === 0) {
      await own.publish('a', 'again');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(heard[0]).toBe('again');
    await own.close();
    jest.restoreAllMocks();
  });

  test('who could not listen because Redis was not there yet can once it is', async () => {
    jest.spyOn(process, 'emitWarning').mockReturnValue();
    const port = await freePort();
    const own = new RedisBus({ host: '127.0.0.1', port });
    const heard: unknown[] = [];
    const refused: unknown[] = [];
    await expect(own.subscribe('a', (value) => void refused.push(value))).rejects.toThrow('ECONNREFUSED');
    const late = await startAt(port, REDIS);
    await own.subscribe('a', (value) => void heard.push(value));
    await own.publish('a', 1);
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(refused).toEqual([]);
    await own.close();
    await late.stop();
    jest.restoreAllMocks();
  });

  test('an app with it carries its news over Redis', async () => {
    @McpModule({ name: 't', version: '1.0.0', bus: bus() })
    class Root {}
    const app = createApp(Root, { logger: new RecordingLogger() });
    await app.start();
    await app.get(Bus).append('s', 1);
    expect(await admin.exists('tenon:stream:s')).toBe(1);
    await app.close();
  });
});
