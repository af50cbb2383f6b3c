import { createApp, Injectable, Lifespan, McpModule, OnSession, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, mcp } from '../src/index.js';

const steps: string[] = [];

class Db {}

@Lifespan(Db)
class Connections {
  *open() {
    steps.push('open');
    yield new Db();
    steps.push('close');
  }
}

@Injectable({ lifetime: 'session' })
class Stay {
  onClose() {
    steps.push('session ends');
  }
}

class Tools {
  @OnSession() begin(_stay: Stay) {
    steps.push('session begins');
  }
  @Tool() ping() {
    return 'pong';
  }
}

@McpModule({ name: 'test', version: '1', handlers: [Tools], lifespans: [Connections], providers: [Stay] })
class Root {}

let app: App;
let url: string;

beforeEach(async () => {
  steps.length = 0;
  app = createApp(Root, { logger: new RecordingLogger() });
  ({ url = '' } = await app.serve(http({ port: 0 })));
});
afterEach(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
const messageOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { message: string } }).error.message;

test('a browser that asks for the endpoint is told what speaks to it', async () => {
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(406);
  expect(await messageOf(response)).toMatch('This is an MCP endpoint');
});

test.each([
  ['GET', '/sse'],
  ['POST', '/sse'],
  ['POST', '/mcp/mcp'],
  ['GET', '/'],
])('%s %s is told where the endpoint is', async (method, path) => {
  const response = await fetch(new URL(path, url), { method });
  expect(response.status).toBe(404);
  const { message } = (await response.json()) as { message: string };
  expect(message).toMatch('MCP is served at /mcp, as "streamable HTTP"');
});

test('a content type that is no JSON is told the one that is', async () => {
  for (const type of ['text/plain', 'json', '', 'application/json, text/plain']) {
    const response = await post(INITIALIZE, { 'content-type': type });
    expect(response.status).toBe(415);
    expect(await messageOf(response)).toBe('Content-Type must be application/json');
  }
});

test('the names of types and encodings are read in any case', async () => {
  const types = { 'content-type': 'Application/JSON', accept: 'Application/JSON, Text/Event-Stream' };
  const response = await post(INITIALIZE, { ...types, 'content-encoding': 'Identity' });
  expect(response.status).toBe(200);
  const id = response.headers.get('mcp-session-id') ?? '';
  const stream = await fetch(url, { headers: { accept: 'Text/Event-Stream', 'mcp-session-id': id } });
  expect(stream.status).toBe(200);
  await stream.body?.cancel();
});

test('a revision this server does not speak is told those that it does', async () => {
  const response = await post(INITIALIZE, { 'mcp-protocol-version': '1999-01-01' });
  expect(response.status).toBe(400);
  const message = await messageOf(response);
  for (const version of ['1999-01-01', '2025-11-25', '2026-07-28']) expect(message).toMatch(version);
});

test('what a server opens is opened once, however many sessions come and go', async () => {
  const sessions = await Promise.all(
    [1, 2, 3].map(async () => (await post(INITIALIZE)).headers.get('mcp-session-id') ?? ''),
  );
  expect(new Set(sessions).size).toBe(3);
  for (const id of sessions) await fetch(url, { method: 'DELETE', headers: { 'mcp-session-id': id } });
  await app.close();
  expect(steps.filter((step) => step === 'open')).toHaveLength(1);
  expect(steps.filter((step) => step === 'session begins')).toHaveLength(3);
  expect(steps.filter((step) => step === 'session ends')).toHaveLength(3);
  expect(steps.at(0)).toBe('open');
  expect(steps.at(-1)).toBe('close');
});

test('a plugin that is asked while its Fastify gets ready says what to wait for', async () => {
  const fastify = Fastify();
  const answers: string[] = [];
  // Its turn comes before that of the plugin, which starts the app.
  fastify.addHook('onReady', async () => {
    const server = createServer((request, response) => {
      fastify.routing(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/mcp`);
    answers.push(await response.text());
    server.close();
  });
  fastify.register(mcp(createApp(Root, { logger: new RecordingLogger() })), { prefix: '/mcp' });
  await fastify.ready();
  await fastify.close();
  expect(answers).toEqual([expect.stringMatching('ERR_APP_NOT_STARTED.*The plugin mcp\\(app\\)')]);
  expect(answers[0]).toMatch('fastify.ready()');
});
