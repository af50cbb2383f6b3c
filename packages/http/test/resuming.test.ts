import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Bus,
  Context,
  createApp,
  MemoryBus,
  McpModule,
  tool,
  Tool,
  type App,
  type Served,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { http, mcp, type HttpOptions } from '../src/index.js';
import { EventReader } from './event-reader.js';

let release: (() => void) | undefined;
let aborted = false;

class Tools {
  @Tool() async counts(from: number, to: number, ctx: Context) {
    ctx.signal.addEventListener('abort', () => (aborted = true));
    for (let i = 1; i < from; i++) await ctx.info(i);
    await new Promise<void>((resolve) => (release = resolve));
    for (let i = from; i <= to; i++) await ctx.info(i);
    return 'counted';
  }

  @Tool() async polled(ctx: Context) {
    ctx.closeStream();
    await new Promise<void>((resolve) => (release = resolve));
    return 'fetched';
  }

  @Tool() late(ctx: Context) {
    setImmediate(() => {
      ctx.closeStream();
    });
    return 'answered';
  }

  @Tool() async heeds(ctx: Context) {
    await ctx.info('here');
    await new Promise((_, reject) => {
      ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error));
    });
  }

  @Tool() async slow() {
    await new Promise<void>((resolve) => (release = resolve));
    return 'slow';
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const clock = new ManualClock();
let app: App;
let served: Served;

async function serve(options: HttpOptions = {}): Promise<void> {
  aborted = false;
  release = undefined;
  app = createApp(TestModule, { clock, logger: new RecordingLogger() });
  served = await app.serve(http({ port: 0, resumable: { retryMs: 10 }, ...options }));
}
afterEach(() => app.close());

const turn = (): Promise<void> => new Promise(setImmediate);

/** Lets the handler go on, once it waits. */
async function letGo(): Promise<void> {
  while (!release) await turn();
  release();
  release = undefined;
}

function post(body: object, headers: Record<string, string> = {}): Promise<Response> {
  const types = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  return fetch(served.url ?? '', {
    method: 'POST',
    headers: { ...types, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...body }),
  });
}

async function session(protocolVersion = '2025-11-25'): Promise<Record<string, string>> {
  const response = await post({
    id: 0,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  });
  await response.text();
  const headers = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
  await post({ method: 'notifications/initialized' }, headers);
  return headers;
}

const call = (name: string, args: object, headers: Record<string, string>) =>
  post({ id: 1, method: 'tools/call', params: { name, arguments: args } }, headers);

function listen(headers: Record<string, string>, after?: string): Promise<Response> {
  return fetch(served.url ?? '', {
    headers: {
      accept: 'text/event-stream',
      ...headers,
      ...(after !== undefined && { 'last-event-id': after }),
    },
  });
}

const said = (level: { params?: unknown } | undefined) =>
  (level?.params as { data: unknown } | undefined)?.data;
const ANSWER = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'counted' }] } };

// verifies 2025:12 2025:17
test('a stream begins with an event to come back to, and each of its messages has an id of its own', async () => {
  await serve();
  const events = new EventReader(await call('counts', { from: 3, to: 3 }, await session()));
  const first = await events.next();
  expect(first).toEqual({ id: expect.stringMatching(/^[\x21-\x7e]+$/), retry: '10', data: '' });
  const more = [await events.next(), await events.next()];
  await letGo();
  more.push(...(await events.rest()));
  const ids = [first, ...more].map((event) => event?.id);
  expect(ids.every((id) => id !== undefined)).toBe(true);
  expect(new Set(ids).size).toBe(5);
});

// verifies 2025:17
test('a call goes on when its client is lost, and is taken up after the last event it has read', async () => {
  await serve();
  const headers = await session();
  const events = new EventReader(await call('counts', { from: 3, to: 4 }, headers));
  await events.next();
  const seen = await events.next();
  expect(seen?.data).toContain('"data":1');
  await events.leave();
  for (let i = 0; i < 20; i++) await turn();
  expect(aborted).toBe(false);
  // While it still runs: what was missed, then what comes.
  const again = new EventReader(await listen(headers, seen?.id));
  expect(await again.next()).toMatchObject({ id: seen?.id, data: '' });
  expect(said(await again.message())).toBe(2);
  await letGo();
  expect([said(await again.message()), said(await again.message())]).toEqual([3, 4]);
  expect(await again.message()).toEqual(ANSWER);
  expect(await again.rest()).toEqual([]);
  // And when it has been answered.
  const late = new EventReader(await listen(headers, seen?.id));
  expect([said(await late.message()), said(await late.message()), said(await late.message())]).toEqual([
    2, 3, 4,
  ]);
  expect(await late.message()).toEqual(ANSWER);
  expect(await late.rest()).toEqual([]);
});

test('who comes back while the old connection still stands takes its place', async () => {
  await serve();
  const headers = await session();
  const old = new EventReader(await call('counts', { from: 2, to: 2 }, headers));
  const { id } = (await old.next()) ?? {};
  const fresh = new EventReader(await listen(headers, id));
  expect(said(await fresh.message())).toBe(1);
  await old.rest();
  await letGo();
  expect(said(await fresh.message())).toBe(2);
  expect(await fresh.message()).toEqual(ANSWER);
});

test('a handler can send its client away, which comes back for the answer', async () => {
  await serve();
  const client = new Client({ name: 'test', version: '1.0.0' });
  const methods: string[] = [];
  const watched: typeof fetch = (input, init) => {
    methods.push(`${init?.method} ${new Headers(init?.headers).has('last-event-id')}`);
    return fetch(input, init);
  };
  await client.connect(new StreamableHTTPClientTransport(new URL(served.url ?? ''), { fetch: watched }));
  const answer = client.callTool({ name: 'polled' });
  while (!methods.includes('GET true')) await turn();
  await letGo();
  expect((await answer).content).toEqual([{ type: 'text', text: 'fetched' }]);
  await client.close();
});

test('who is sent away after the answer is not', async () => {
  await serve();
  const answer = await call('late', {}, await session());
  expect(await answer.json()).toMatchObject({ result: { content: [{ text: 'answered' }] } });
  for (let i = 0; i < 5; i++) await turn();
  expect((app.get(Bus) as MemoryBus).kept.streams).toBe(0);
});

test('a call that takes longer than a second is answered as a stream, a shorter one as JSON', async () => {
  await serve();
  const headers = await session();
  const short = call('slow', {}, headers);
  await letGo();
  expect((await short).headers.get('content-type')).toContain('application/json');
  let answered: Response | undefined;
  const long = call('slow', {}, headers).then((response) => (answered = response));
  while (!answered) {
    clock.advance(100);
    await turn();
  }
  expect((await long).headers.get('content-type')).toBe('text/event-stream');
  await letGo();
  expect(await new EventReader(answered).message()).toMatchObject({ id: 1 });
});

test('what belongs to no request is kept while its listener is away', async () => {
  await serve();
  const headers = await session();
  const events = new EventReader(await listen(headers));
  const primed = await events.next();
  expect(primed).toMatchObject({ data: '', retry: '10' });
  await events.leave();
  app.add(tool({ name: 'one', run: () => 1 }));
  await turn();
  const again = new EventReader(await listen(headers, primed?.id));
  expect(await again.message()).toMatchObject({ method: 'notifications/tools/list_changed' });
  app.add(tool({ name: 'two', run: () => 2 }));
  expect(await again.message()).toMatchObject({ method: 'notifications/tools/list_changed' });
  expect((await listen(headers)).status).toBe(409);
});

// verifies 2025:17
test('an event id opens nothing in another session, nor one that was never given', async () => {
  await serve();
  const [mine, theirs] = [await session(), await session()];
  const events = new EventReader(await call('counts', { from: 3, to: 3 }, mine));
  const { id = '' } = (await events.next()) ?? {};
  await letGo();
  await events.rest();
  for (const other of [
    id,
    'nothing',
    '',
    '.',
    `${id}0`,
    `../${id}`,
    `${mine['mcp-session-id']}/${id}`,
    'x'.repeat(5000),
  ]) {
    const response = await listen(theirs, other);
    expect([other, response.status]).toEqual([other, 400]);
    expect(await response.text()).not.toContain('counted');
  }
  expect((await listen(mine, `${id.split('.')[0]}.999`)).status).toBe(400);
});

test('of a stream the newest messages are kept, and nothing of a session that has ended', async () => {
  await serve({ resumable: { maxEvents: 3 } });
  const bus = app.get(Bus) as MemoryBus;
  const headers = await session();
  const events = new EventReader(await call('counts', { from: 2, to: 10 }, headers));
  const { id } = (await events.next()) ?? {};
  await letGo();
  await events.rest();
  const late = new EventReader(await listen(headers, id));
  expect([said(await late.message()), said(await late.message())]).toEqual([9, 10]);
  expect(await late.message()).toEqual(ANSWER);
  const standing = new EventReader(await listen(headers));
  await standing.next();
  expect(bus.kept.streams).toBe(2);
  await fetch(served.url ?? '', { method: 'DELETE', headers });
  while (bus.kept.streams > 0) await turn();
  expect((await listen(headers, id)).status).toBe(404);
});

test('of the streams that have ended a session keeps the latest', async () => {
  await serve();
  const bus = app.get(Bus) as MemoryBus;
  const headers = await session();
  let first: string | undefined;
  for (let i = 0; i < 40; i++) {
    const events = new EventReader(await call('counts', { from: 2, to: 2 }, headers));
    first ??= (await events.next())?.id;
    await letGo();
    await events.rest();
  }
  expect(bus.kept.streams).toBeLessThanOrEqual(33);
  expect((await listen(headers, first)).status).toBe(400);
});

test('a call that is cancelled is one stream that has ended, however late its handler ends', async () => {
  await serve();
  const headers = await session();
  let first: string | undefined;
  for (let i = 0; i < 20; i++) {
    const events = new EventReader(await call('counts', { from: 2, to: 2 }, headers));
    first ??= (await events.next())?.id;
    await post({ method: 'notifications/cancelled', params: { requestId: 1 } }, headers);
    await events.rest();
    await letGo();
  }
  for (let i = 0; i < 20; i++) await turn();
  expect((await listen(headers, first)).status).toBe(200);
});

test('an older client is not sent an event without a message', async () => {
  await serve();
  const events = new EventReader(await call('counts', { from: 2, to: 2 }, await session('2025-06-18')));
  expect(await events.next()).toMatchObject({
    id: expect.any(String),
    data: expect.stringContaining('"data":1'),
  });
  await letGo();
  expect((await events.rest()).at(-1)?.data).toContain('counted');
});

test('a bus that fails costs the way back, not the answer', async () => {
  class BrokenBus extends MemoryBus {
    override append(): Promise<string> {
      return Promise.reject(new Error('the bus is down'));
    }
  }
  const logger = new RecordingLogger();
  app = createApp(TestModule, { clock, logger, override: [{ provide: Bus, useValue: new BrokenBus() }] });
  served = await app.serve(http({ port: 0, resumable: true }));
  const events = new EventReader(await call('counts', { from: 2, to: 2 }, await session()));
  expect(await events.next()).toEqual({ event: 'message', data: expect.stringContaining('"data":1') });
  await letGo();
  expect((await events.rest()).at(-1)?.data).toContain('counted');
  expect(logger.lines.some((line) => line.level === 'warn' && /kept/.test(line.message))).toBe(true);
});

test('the end of a server is the last event of a stream, also where the bus takes its time and in a Fastify around', async () => {
  class SlowBus extends MemoryBus {
    override async append(...of: Parameters<MemoryBus['append']>): Promise<string> {
      for (let i = 0; i < 10; i++) await turn();
      return super.append(...of);
    }
  }
  const override = [{ provide: Bus, useValue: new SlowBus() }];
  app = createApp(TestModule, { clock, logger: new RecordingLogger(), override });
  const fastify = Fastify();
  fastify.register(mcp(app, { resumable: true }));
  const url = `${await fastify.listen({ port: 0 })}/mcp`;
  served = { url, close: () => fastify.close() };
  const headers = await session();
  const listening = new EventReader(await listen(headers));
  const events = new EventReader(await call('heeds', {}, headers));
  await events.next();
  await fastify.close();
  expect((await events.rest()).at(-1)?.data).toContain('The server is closing');
  expect(await listening.rest()).toHaveLength(1);
});
