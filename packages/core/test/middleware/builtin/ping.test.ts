import {
  Connection,
  createApp,
  inMemory,
  McpModule,
  use,
  type App,
  type MiddlewareListing,
} from '@tenon/core';
import { Ping } from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';

const INITIALIZE = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
};

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', middleware })
  class Root {}
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  return { clock, logger, app: createApp(Root, { clock, logger }) };
}

/** A client by hand: what it has received, and what it sends. */
async function connect(app: App) {
  const received: { id?: unknown; method?: string }[] = [];
  const connection = new Connection(await app.start(), (text) => received.push(JSON.parse(text) as never));
  const send = (message: object) => connection.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const pings = () => received.filter(({ method }) => method === 'ping');
  return { send, pings, connection };
}

async function ready(app: App) {
  const client = await connect(app);
  client.send(INITIALIZE);
  await new Promise((resolve) => setImmediate(resolve));
  client.send({ method: 'notifications/initialized' });
  return client;
}

test('a session is pinged again and again, and only once at a time', async () => {
  const { app, clock, logger } = create(Ping);
  const client = await ready(app);
  client.send({ id: 1, method: 'ping' });
  for (let time = 1; time <= 3; time++) {
    clock.advance(29_000);
    expect(client.pings()).toHaveLength(time - 1);
    clock.advance(1100);
    expect(client.pings()).toHaveLength(time);
    client.send({ id: client.pings().at(-1)?.id, result: {} });
  }
  expect(app.get(Ping).statistics()).toEqual({ sessions: 1, sent: 3, answered: 3, missed: 0 });
  expect(logger.lines).toEqual([]);
  await app.close();
});

test('a client that does not answer is told of, and is pinged again', async () => {
  const { app, clock, logger } = create(use(Ping, { intervalMs: 1000 }));
  const client = await ready(app);
  clock.advance(1100);
  clock.advance(1100);
  expect(client.pings()).toHaveLength(2);
  expect(logger.lines).toMatchObject([
    {
      level: 'warn',
      message: 'A client has not answered a ping for 1000 ms',
      fields: { sessionId: expect.any(String) },
    },
  ]);
  await app.close();
});

test('one that goes on not to answer is told of once, and again when it has answered in between', async () => {
  const { app, clock, logger } = create(use(Ping, { intervalMs: 1000 }));
  const client = await ready(app);
  for (let time = 0; time < 5; time++) clock.advance(1100);
  expect(logger.lines).toHaveLength(1);
  client.send({ id: client.pings().at(-1)?.id, result: {} });
  for (let time = 0; time < 5; time++) clock.advance(1100);
  expect(logger.lines).toHaveLength(2);
  await app.close();
});

test('with the session its pings end, and nothing is left of it', async () => {
  const { app, clock } = create(Ping);
  const [one, two] = [await ready(app), await ready(app)];
  expect(app.counts().timers).toBe(2);
  one.connection.close();
  expect([app.counts().timers, app.get(Ping).statistics().sessions]).toEqual([1, 1]);
  clock.advance(31_000);
  expect([one.pings().length, two.pings().length]).toEqual([0, 1]);
  two.connection.close();
  expect([app.counts().timers, app.get(Ping).statistics().sessions]).toEqual([0, 0]);
  clock.advance(31_000);
  expect(two.pings()).toHaveLength(1);
  await app.close();
});

test('a client that has not said it is ready is not pinged, nor is one without a session', async () => {
  const { app, clock } = create(Ping);
  const early = await connect(app);
  early.send(INITIALIZE);
  await new Promise((resolve) => setImmediate(resolve));
  early.send({ id: 1, method: 'ping' });
  const modern = await connect(app);
  modern.send({
    id: 1,
    method: 'tools/list',
    params: {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  clock.advance(31_000);
  expect([early.pings(), modern.pings()]).toEqual([[], []]);
  expect(app.get(Ping).statistics()).toMatchObject({ sessions: 1, sent: 0 });
  await app.close();
});

test('a closing server leaves no timer behind, made by hand as well', async () => {
  const clock = new ManualClock();
  const { app } = create(new Ping({ intervalMs: 1000 }, clock));
  const transport = inMemory();
  const { app: other, clock: otherClock } = create(Ping);
  await other.serve(transport);
  await ready(other);
  const client = await ready(app);
  clock.advance(1100);
  expect(client.pings()).toHaveLength(1);
  client.connection.close();
  await Promise.all([app.close(), other.close()]);
  expect([clock.waiting, otherClock.waiting]).toEqual([0, 0]);
});

test('no interval is no interval', () => {
  for (const intervalMs of [0, -1, Number.NaN]) {
    expect(() => create(use(Ping, { intervalMs }))).toThrow('intervalMs');
    expect(() => new Ping({ intervalMs })).toThrow('intervalMs');
  }
});
