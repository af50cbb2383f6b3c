import { createApp, McpModule, Prompt, Resource, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { META, overHttp, type HttpWire } from './http-wire.js';

class Handler {
  @Tool() add() {
    return 3;
  }
  @Resource('data://plain') plain() {
    return 'plain';
  }
  @Prompt() greet() {
    return 'Greet.';
  }
}

@McpModule({ name: 'routing', version: '1', handlers: [Handler] })
class RoutingModule {}

let app: App;
let wire: HttpWire;

beforeAll(async () => {
  app = createApp(RoutingModule, { logger: new RecordingLogger() });
  wire = await overHttp(app);
});
afterAll(() => app.close());

const NAMED: [string, object, string][] = [
  ['tools/call', { name: 'add' }, 'add'],
  ['prompts/get', { name: 'greet' }, 'greet'],
  ['resources/read', { uri: 'data://plain' }, 'data://plain'],
];

// verifies 2026:35
test.each(NAMED)('%s is let through with the headers that say what its body says', async (method, params) => {
  expect((await wire.modern(method, params)).status).toBe(200);
});

// verifies 2026:35 2026:38
test.each(NAMED)('%s without them, or with others, is 400 and -32020', async (method, params, name) => {
  for (const headers of [
    { 'mcp-method': undefined },
    { 'mcp-method': '' },
    { 'mcp-method': method.toUpperCase() },
    { 'mcp-method': 'tools/list' },
    { 'mcp-method': `=?base64?${Buffer.from(method).toString('base64')}?=` },
    { 'mcp-name': undefined },
    { 'mcp-name': '' },
    { 'mcp-name': name.toUpperCase() },
    { 'mcp-name': `${name}, ${name}` },
    { 'mcp-name': '=?base64?***?=' },
  ]) {
    const { status, message } = await wire.modern(method, params, { headers });
    expect([headers, status, message]).toMatchObject([headers, 400, { id: 7, error: { code: -32020 } }]);
  }
});

// verifies 2026:35
test('a body that says it twice is what its last word is, and the header must say the same', async () => {
  const meta = JSON.stringify(META);
  const body = `{"jsonrpc":"2.0","id":7,"method":"tools/list","method":"tools/call","params":{"name":"no","name":"add","_meta":${meta}}}`;
  const headers = (method: string, name: string) => ({
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    'mcp-name': name,
  });
  expect((await wire.send(body, headers('tools/call', 'add'))).status).toBe(200);
  for (const [method, name] of [
    ['tools/list', 'add'],
    ['tools/call', 'no'],
  ] as const)
    expect((await wire.send(body, headers(method, name))).message.error?.code).toBe(-32020);
});

// verifies 2026:38
test('names of headers may be written in any case', async () => {
  const headers = {
    'mcp-protocol-version': undefined,
    'MCP-PROTOCOL-VERSION': '2026-07-28',
    'mcp-method': undefined,
    'mCP-mEthod': 'tools/call',
    'mcp-name': undefined,
    'MCP-Name': 'add',
  };
  expect((await wire.modern('tools/call', { name: 'add' }, { headers })).status).toBe(200);
});

// verifies 2026:36
test('a name no header can carry comes in base64', async () => {
  const encoded = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;
  for (const [method, params, name] of NAMED)
    expect((await wire.modern(method, params, { headers: { 'mcp-name': encoded(name) } })).status).toBe(200);
  const uri = 'data://Zürich';
  const sending = { headers: { 'mcp-name': encoded(uri) } };
  expect((await wire.modern('resources/read', { uri }, sending)).message.error?.code).toBe(-32602);
  const plain = { headers: { 'mcp-name': 'data://Z\u00fcrich' } };
  expect((await wire.modern('resources/read', { uri }, plain)).message.error?.code).toBe(-32020);
});

// verifies 2026:35
test('a name in the header that the body does not have is 400, and no name at all the method’s own error', async () => {
  const params = { arguments: {} };
  const named = await wire.modern('tools/call', params, { headers: { 'mcp-name': 'add' } });
  expect([named.status, named.message.error?.code]).toEqual([400, -32020]);
  const nameless = await wire.modern('tools/call', params);
  expect([nameless.status, nameless.message.error?.code]).toEqual([200, -32602]);
});

test('methods that name nothing need no name', async () => {
  for (const method of ['tools/list', 'server/discover', 'resources/templates/list'])
    expect((await wire.modern(method, {}, { headers: { 'mcp-name': undefined } })).status).toBe(200);
});

// verifies 2026:26
test('a notification is accepted with 202 and nothing; with headers that say otherwise, or no envelope, it is not', async () => {
  const send = (headers: Record<string, string>, _meta: object = META) =>
    wire.send(
      { jsonrpc: '2.0', method: 'notifications/something', params: { _meta } },
      { 'mcp-protocol-version': '2026-07-28', ...headers },
    );
  for (const headers of [{}, { 'mcp-method': 'notifications/something' }]) {
    const { status, text } = await send(headers);
    expect([status, text]).toEqual([202, '']);
  }
  for (const refused of [await send({ 'mcp-method': 'tools/call' }), await send({}, {})]) {
    expect(refused.status).toBe(400);
    expect(refused.message.id).toBeNull();
  }
});

// verifies 2026:23 2026:27
test('a request is answered at the one path there is, as JSON where nothing is told before', async () => {
  const { status, headers } = await wire.modern('tools/call', { name: 'add' });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect((await fetch(`${wire.url}/other`, { method: 'POST' })).status).toBe(404);
});

test('an answer to the server has no place in this revision, nor without the session that asked', async () => {
  for (const headers of [{ 'mcp-protocol-version': '2026-07-28' }, {}]) {
    const { status, message } = await wire.send({ jsonrpc: '2.0', id: 1, result: {} }, headers);
    expect([status, message.error?.code]).toEqual([400, -32600]);
  }
});

// verifies 2026:24 2025:8
test('a page of another origin is refused with 403, whatever it sends', async () => {
  const origins = [
    'https://evil.example',
    'null',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example',
  ];
  for (const origin of origins) {
    const { status, message } = await wire.modern('tools/call', { name: 'add' }, { headers: { origin } });
    expect([status, message.id, message.error?.code]).toEqual([403, null, -32600]);
    for (const method of ['GET', 'DELETE'])
      expect((await fetch(wire.url, { method, headers: { origin } })).status).toBe(403);
  }
  const own = { headers: { origin: new URL(wire.url).origin } };
  expect((await wire.modern('tools/call', { name: 'add' }, own)).status).toBe(200);
});

// verifies 2026:25
test('a server is reached from this machine alone, unless its author says otherwise', () => {
  expect(new URL(wire.url).hostname).toBe('127.0.0.1');
});
