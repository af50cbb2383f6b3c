import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { Context, createApp, McpModule, tool, Tool, type App, type Served } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { Header, http, mcp, type HttpOptions } from '../src/index.js';
import { EventReader } from './event-reader.js';

let hears: () => void = () => undefined;
let aborted: () => void = () => undefined;

class Tools {
  @Tool() add(a: number, b: number) {
    return a + b;
  }
  @Tool() async counts(upTo: number, ctx: Context) {
    const heard = new Promise<void>((resolve) => (hears = resolve));
    for (let i = 1; i <= upTo; i++) await ctx.reportProgress(i, upTo);
    await heard;
    return 'counted';
  }
  @Tool() tenant(@Header('x-tenant') tenant: string | undefined) {
    return tenant ?? 'none';
  }
  @Tool() async waits(ctx: Context) {
    await new Promise<void>((resolve) => {
      ctx.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    aborted();
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const clock = new ManualClock();
let app: App;
let served: Served;
async function serve(options: HttpOptions = {}): Promise<void> {
  app = createApp(TestModule, { clock, logger: new RecordingLogger() });
  served = await app.serve(http({ port: 0, sse: true, ...options }));
}
let client: Client;
beforeEach(() => {
  client = new Client({ name: 'test', version: '1.0.0' });
});
afterEach(async () => {
  await client.close();
  await app.close();
});

const at = (path: string): URL => new URL(path, served.url);
const open = (path = '/sse', headers: Record<string, string> = {}) =>
  fetch(at(path), { headers: { accept: 'text/event-stream', ...headers } });

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(at(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

test('the official client of that transport calls tools, hears progress and what belongs to no request', async () => {
  await serve();
  const told = new Promise<void>((resolve) => {
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      resolve();
    });
  });
  const transport = new SSEClientTransport(at('/sse'), { requestInit: { headers: { 'x-tenant': 'acme' } } });
  await client.connect(transport);
  expect((await client.callTool({ name: 'add', arguments: { a: 1, b: 2 } })).content).toMatchObject([
    { text: '3' },
  ]);
  const heard: number[] = [];
  await client.callTool({ name: 'counts', arguments: { upTo: 3 } }, undefined, {
    onprogress: ({ progress }) => {
      if (heard.push(progress) === 3) hears();
    },
  });
  expect(heard).toEqual([1, 2, 3]);
  expect((await client.callTool({ name: 'tenant' })).content).toMatchObject([{ text: 'acme' }]);
  app.add(tool({ name: 'new', run: () => 'new' }));
  await told;
});

test('by default it is not served', async () => {
  await serve({ sse: false });
  expect((await open()).status).toBe(404);
  expect((await post('/messages?sessionId=x', INITIALIZE)).status).toBe(404);
});

test('the first event says where to post, and answers come on the stream', async () => {
  await serve({ sse: { path: '/old', messagesPath: '/old/post' } });
  const events = new EventReader(await open('/old'));
  const first = await events.next();
  expect(first).toEqual({
    event: 'endpoint',
    data: expect.stringMatching(/^\/old\/post\?sessionId=[\w-]{20,}$/),
  });
  const accepted = await post(first?.data ?? '', INITIALIZE);
  expect([accepted.status, await accepted.text()]).toEqual([202, '']);
  expect(await events.message()).toMatchObject({ id: 0, result: { protocolVersion: '2024-11-05' } });
  clock.advance(15_100);
  expect(await events.next()).toEqual({ comment: 'keep-alive' });
});

test('what cannot be taken in is refused at once, with a status', async () => {
  await serve();
  const { data = '' } = (await new EventReader(await open()).next()) ?? {};
  const statuses = await Promise.all(
    [
      post('/messages', INITIALIZE),
      post('/messages?sessionId=nobody', INITIALIZE),
      post(`/messages?sessionId=${'../'.repeat(1000)}`, INITIALIZE),
      post(data, '{'),
      post(data, '[]'),
      post(data, INITIALIZE, { 'content-type': 'text/plain' }),
      post(data, INITIALIZE, { origin: 'https://evil.example' }),
      open('/sse', { origin: 'https://evil.example' }),
      fetch(at('/sse'), { headers: { accept: 'text/html' } }),
    ].map(async (response) => (await response).status),
  );
  expect(statuses).toEqual([400, 404, 404, 400, 400, 415, 403, 403, 406]);
});

test('a session of this transport is none of the newer one, where nothing is asked without initialize', async () => {
  await serve();
  const { data = '' } = (await new EventReader(await open()).next()) ?? {};
  const id = new URL(data, served.url).searchParams.get('sessionId') ?? '';
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  expect((await post('/mcp', list, { 'mcp-session-id': id })).status).toBe(404);
  expect((await open('/mcp', { 'mcp-session-id': id })).status).toBe(404);
  const ended = await fetch(at('/mcp'), { method: 'DELETE', headers: { 'mcp-session-id': id } });
  expect(ended.status).toBe(404);
  expect((await post(data, INITIALIZE)).status).toBe(202);
});

test('a session of the newer transport takes no messages here', async () => {
  await serve();
  const begun = await post('/mcp', INITIALIZE);
  const id = begun.headers.get('mcp-session-id') ?? '';
  expect((await post(`/messages?sessionId=${id}`, INITIALIZE)).status).toBe(404);
});

test('the session ends with its stream: what is under way is cancelled, and its place is free again', async () => {
  await serve({ sessions: { maxPerCaller: 1 } });
  const events = new EventReader(await open());
  const { data = '' } = (await events.next()) ?? {};
  await post(data, INITIALIZE);
  await events.message();
  expect((await open()).status).toBe(503);
  const told = new Promise<void>((resolve) => (aborted = resolve));
  await post(data, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'waits' } });
  await events.leave();
  await told;
  expect((await post(data, INITIALIZE)).status).toBe(404);
  expect((await open()).status).toBe(200);
});

test('a stream that is open is not quiet, and close() ends it within a second', async () => {
  await serve({ sessions: { idleMs: 60_000 }, keepAliveMs: 0 });
  const events = new EventReader(await open());
  const { data = '' } = (await events.next()) ?? {};
  clock.advance(300_000);
  expect((await post(data, INITIALIZE)).status).toBe(202);
  await events.message();
  const begun = Date.now();
  await app.close();
  expect(await events.rest()).toEqual([]);
  expect(Date.now() - begun).toBeLessThan(1000);
});

test('under a prefix both paths are under it', async () => {
  app = createApp(TestModule, { logger: new RecordingLogger() });
  const fastify = Fastify();
  fastify.register(mcp(app, { sse: true }), { prefix: '/mcp' });
  const url = await fastify.listen({ port: 0, host: '127.0.0.1' });
  await client.connect(new SSEClientTransport(new URL('/mcp/sse', url)));
  expect((await client.callTool({ name: 'add', arguments: { a: 1, b: 2 } })).content).toMatchObject([
    { text: '3' },
  ]);
  await client.close();
  await fastify.close();
});

test.each([
  [{ sse: true }, 'stateless and sse'],
  [{ resumable: true }, 'stateless and resumable'],
])('what needs sessions contradicts having none: %j', (options, said) => {
  app = createApp(TestModule);
  const expected = expect.objectContaining({
    code: 'ERR_SERVE_OPTIONS',
    message: expect.stringContaining(said) as string,
  }) as Error;
  expect(() => http({ stateless: true, ...options })).toThrow(expected);
  expect(() => mcp(app, { stateless: true, ...options })).toThrow(expected);
});
