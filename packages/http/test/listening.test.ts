import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { Context, createApp, McpModule, OnSession, tool, Tool, type App, type Served } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { http, type HttpOptions } from '../src/index.js';
import { EventReader } from './event-reader.js';

class Tools {
  @Tool() async says(ctx: Context) {
    await ctx.info('of the request');
    return 'done';
  }

  @OnSession() async greet(ctx: Context) {
    await ctx.info('welcome');
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const clock = new ManualClock();
let app: App;
let served: Served;

async function serve(options: HttpOptions = {}): Promise<void> {
  app = createApp(TestModule, { clock, logger: new RecordingLogger() });
  served = await app.serve(http({ port: 0, ...options }));
}
afterEach(() => app.close());

function post(body: object, headers: Record<string, string> = {}): Promise<Response> {
  const types = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  return fetch(served.url ?? '', {
    method: 'POST',
    headers: { ...types, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...body }),
  });
}

async function session(): Promise<Record<string, string>> {
  const response = await post({
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  });
  await response.text();
  const headers = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
  await post({ method: 'notifications/initialized' }, headers);
  return headers;
}

function listen(headers: Record<string, string>): Promise<Response> {
  return fetch(served.url ?? '', { headers: { accept: 'text/event-stream', ...headers } });
}

// verifies 2025:7 2025:15
test('what belongs to no request arrives on the stream of the session, answers never do', async () => {
  await serve();
  const headers = await session();
  const response = await listen(headers);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = new EventReader(response);
  const called = await post({ id: 1, method: 'tools/call', params: { name: 'says' } }, headers);
  expect(await called.text()).toContain('of the request');
  app.add(tool({ name: 'new', run: () => 'new' }));
  expect(await events.message()).toEqual({
    jsonrpc: '2.0',
    method: 'notifications/tools/list_changed',
    params: {},
  });
  await fetch(served.url ?? '', { method: 'DELETE', headers });
  expect(await events.rest()).toEqual([]);
});

// verifies 2025:25
test('the official client is told that the tools have changed', async () => {
  await serve();
  const client = new Client({ name: 'test', version: '1.0.0' });
  const told = new Promise<void>((resolve) => {
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      resolve();
    });
  });
  // Whether its stream is open only its request tells.
  let listening: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (listening = resolve));
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method === 'GET') listening();
    return response;
  };
  await client.connect(new StreamableHTTPClientTransport(new URL(served.url ?? ''), { fetch: watched }));
  await open;
  app.add(tool({ name: 'new', run: () => 'new' }));
  await told;
  await client.close();
});

test('what is told while a session begins does not lose its id', async () => {
  await serve();
  const headers = await session();
  expect(headers['mcp-session-id']).not.toBe('');
  expect((await post({ id: 1, method: 'ping' }, headers)).status).toBe(200);
});

// verifies 2025:16
test('a second stream of one session is 409; when the first has ended, another may be opened', async () => {
  await serve();
  const headers = await session();
  const first = new EventReader(await listen(headers));
  expect((await listen(headers)).status).toBe(409);
  await first.leave();
  let again = await listen(headers);
  while (again.status === 409) again = await listen(headers);
  expect(again.status).toBe(200);
  app.add(tool({ name: 'new', run: () => 'new' }));
  expect(await new EventReader(again).message()).toMatchObject({
    method: 'notifications/tools/list_changed',
  });
});

// verifies 2025:16
test('two sessions are each told on their own stream, once', async () => {
  await serve();
  const streams = await Promise.all(
    [await session(), await session()].map(async (headers) => new EventReader(await listen(headers))),
  );
  app.add(tool({ name: 'new', run: () => 'new' }));
  const ended = app.close();
  for (const stream of streams) expect(await stream.rest()).toHaveLength(1);
  await ended;
});

test.each([
  ['without a session', 400, {}],
  ['with the session of nobody', 404, { 'mcp-session-id': 'nobody' }],
  ['by a browser', 406, { accept: 'text/html,*/*;q=0.8' }],
  ['in the newer era', 405, { 'mcp-protocol-version': '2026-07-28' }],
  ['with an unknown version', 400, { 'mcp-protocol-version': '1999-01-01' }],
  ['with a path for an id', 404, { 'mcp-session-id': '../../etc/passwd' }],
  ['with a long id', 404, { 'mcp-session-id': 'x'.repeat(5000) }],
])('a stream asked for %s is %i, with a sentence', async (_, status, headers) => {
  await serve();
  const response = await listen(headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: /session|MCP endpoint|version/ } });
});

test('without sessions there is no stream: 405', async () => {
  await serve({ stateless: true });
  const response = await listen({});
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

// verifies 2026:30
test('open streams say that they are alive, as often as is wanted', async () => {
  await serve({ keepAliveMs: 20_000 });
  const events = new EventReader(await listen(await session()));
  clock.advance(20_100);
  expect(await events.next()).toEqual({ comment: 'keep-alive' });
  clock.advance(20_100);
  expect(await events.next()).toEqual({ comment: 'keep-alive' });
});

test('a session with an open stream is not quiet, and is again when it has closed', async () => {
  await serve({ sessions: { idleMs: 60_000 } });
  const headers = await session();
  const stream = new EventReader(await listen(headers));
  clock.advance(120_000);
  expect((await post({ id: 1, method: 'ping' }, headers)).status).toBe(200);
  await stream.leave();
  const status = async () => (await post({ id: 2, method: 'ping' }, headers)).status;
  while ((await status()) === 200) clock.advance(70_000);
  expect(await status()).toBe(404);
});

test('close() ends the streams within a second', async () => {
  await serve();
  const events = new EventReader(await listen(await session()));
  const begun = Date.now();
  await app.close();
  expect(await events.rest()).toEqual([]);
  expect(Date.now() - begun).toBeLessThan(1000);
});
