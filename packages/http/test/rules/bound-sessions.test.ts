import { createApp, McpModule, Principal, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import type { HttpAnswer, HttpRequest } from '../../src/rules/http-message.js';
import { McpRules } from '../../src/rules/mcp-rules.js';

class Tools {
  @Tool() async waits() {
    await new Promise(setImmediate);
    return 'mine alone';
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const ada = new Principal({ issuer: 'https://issuer.example', subject: 'ada' });
const bob = new Principal({ issuer: 'https://issuer.example', subject: 'bob' });
const adaElsewhere = new Principal({ issuer: 'https://other.example', subject: 'ada' });

let app: App;
let rules: McpRules;
beforeEach(async () => {
  app = createApp(TestModule, { logger: new RecordingLogger() });
  rules = new McpRules(await app.start(), '127.0.0.1', { resumable: true, sessions: { maxPerCaller: 2 } });
});
afterEach(async () => {
  rules.close();
  await app.close();
});

interface Sent {
  readonly headers?: Record<string, string>;
  readonly message?: object;
  readonly address?: string;
  readonly target?: string;
}

function requestOf(method: string, principal: Principal | undefined, of: Sent): HttpRequest {
  const headers = {
    host: 'localhost',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...of.headers,
  };
  return {
    method,
    target: of.target ?? '/mcp',
    headers,
    rawHeaders: Object.entries(headers).flat(),
    body: of.message && Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...of.message })),
    address: of.address ?? '127.0.0.1',
    principal,
    onDisconnect: () => undefined,
  };
}

async function send(method: string, principal: Principal | undefined, of: Sent = {}): Promise<HttpAnswer> {
  return rules.answer(requestOf(method, principal, of));
}

async function begin(principal: Principal | undefined, address?: string): Promise<HttpAnswer> {
  return send('POST', principal, {
    ...(address !== undefined && { address }),
    message: {
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
    },
  });
}

const sessionOf = (answer: HttpAnswer) => ({ 'mcp-session-id': answer.headers['mcp-session-id'] ?? '' });
const PING = { id: 1, method: 'ping' };

test.each([
  ['another principal', bob],
  ['the same subject of another issuer', adaElsewhere],
  ['nobody', undefined],
])('a session is nothing to %s: POST, GET and DELETE are 404, and it goes on', async (_, other) => {
  const headers = sessionOf(await begin(ada));
  expect((await send('POST', other, { headers, message: PING })).status).toBe(404);
  expect((await send('GET', other, { headers })).status).toBe(404);
  expect((await send('GET', other, { headers: { ...headers, 'last-event-id': 'x.1' } })).status).toBe(404);
  expect((await send('DELETE', other, { headers })).status).toBe(404);
  expect((await send('POST', ada, { headers, message: PING })).status).toBe(200);
});

test('a session of the older transport is nothing to another principal', () => {
  const opened = rules.olderAnswer(requestOf('GET', ada, {}), '/messages');
  let written = '';
  if ('stream' in opened)
    opened.stream.open({
      write: (text) => (written += text),
      writeIdle: () => undefined,
      end: () => undefined,
    });
  const [, target = ''] = /data: (.*)/.exec(written) ?? [];
  const post = (principal: Principal | undefined) =>
    rules.olderAnswer(requestOf('POST', principal, { target, message: PING }), '/messages').status;
  expect([post(bob), post(adaElsewhere), post(undefined), post(ada)]).toEqual([404, 404, 404, 202]);
  expect(written).toContain('"id":1');
});

test('an anonymous session is nothing to a principal', async () => {
  const headers = sessionOf(await begin(undefined));
  expect((await send('POST', ada, { headers, message: PING })).status).toBe(404);
});

test('a flood of one caller is 503 for that caller only', async () => {
  for (let i = 0; i < 2; i++) expect((await begin(ada)).status).toBe(200);
  expect((await begin(ada)).status).toBe(503);
  expect((await begin(bob)).status).toBe(200);
  for (let i = 0; i < 2; i++) expect((await begin(undefined, '10.0.0.1')).status).toBe(200);
  expect((await begin(undefined, '10.0.0.1')).status).toBe(503);
  expect((await begin(undefined, '10.0.0.2')).status).toBe(200);
});

test('who has many addresses of one network is one caller', async () => {
  for (let i = 0; i < 2; i++) expect((await begin(undefined, `2001:db8::${i}`)).status).toBe(200);
  expect((await begin(undefined, '2001:db8::2')).status).toBe(503);
  expect((await begin(undefined, '2001:db8:0:1::2')).status).toBe(200);
});

test('requests that begin nothing leave no session behind', async () => {
  const before = rules.sessions.size;
  for (const method of ['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PUT']) await send(method, undefined);
  await send('POST', undefined, { message: PING });
  await send('POST', undefined, { message: { id: 1, method: 'initialize', params: {} } });
  expect(rules.sessions.size).toBe(before);
});

test('after a thousand sessions have come and gone nothing is held', async () => {
  for (let i = 0; i < 1000; i++) {
    const headers = sessionOf(await begin(ada));
    await send('GET', ada, { headers });
    expect((await send('DELETE', ada, { headers })).status).toBe(204);
  }
  expect(rules.sessions.size).toBe(0);
});
