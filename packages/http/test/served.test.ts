import { createApp, Context, McpModule, Tool, type App, type Served } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { IsInt, IsNumber } from 'class-validator';
import { Args } from '@tenon/core';
import { http, type HttpOptions } from '../src/index.js';

class Sum {
  @IsNumber() a!: number;
  @IsInt() b!: number;
}

let release: () => void = () => undefined;
let cancelled: string[] = [];

class Tools {
  @Tool() add(@Args() { a, b }: Sum) {
    return a + b;
  }

  @Tool() async counts(upTo: number, ctx: Context) {
    for (let i = 1; i <= upTo; i++) await ctx.reportProgress(i, upTo);
    return 'done';
  }

  @Tool() async waits(ctx: Context) {
    ctx.signal.addEventListener('abort', () => cancelled.push(ctx.signal.reason.message));
    await ctx.info('waiting');
    await new Promise<void>((resolve) => (release = resolve));
    return 'released';
  }

  @Tool() async tellsLater(ctx: Context) {
    await new Promise<void>((resolve) => (release = resolve));
    const gone = ctx.signal.aborted;
    cancelled.push(gone ? 'gone' : 'there');
    await ctx.info('later');
    return 'told';
  }

  @Tool() request(ctx: Context) {
    return { ...ctx.http?.headers, address: ctx.http?.address };
  }

  @Tool() breaks() {
    throw new Error('postgres://user:secret@db');
  }
}

@McpModule({ name: 'test', version: '1.2.3', handlers: [Tools] })
class TestModule {}

const clock = new ManualClock();
const logger = new RecordingLogger();
let app: App;
let served: Served;

async function serve(options: HttpOptions = {}): Promise<void> {
  app = createApp(TestModule, { clock, logger });
  served = await app.serve(http({ port: 0, ...options }));
}

beforeEach(() => {
  cancelled = [];
});
afterEach(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

function post(body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(served.url ?? '', {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: text,
    ...(signal && { signal }),
  });
}

function modern(
  method: string,
  params: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) {
  const name = typeof params.name === 'string' ? { 'mcp-name': params.name } : {};
  const routing = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...name, ...headers };
  const meta = { ...META, ...(params._meta as object | undefined) };
  return post({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta: meta } }, routing, signal);
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

async function session(): Promise<Record<string, string>> {
  const response = await post(INITIALIZE);
  await response.json();
  return {
    'mcp-session-id': response.headers.get('mcp-session-id') ?? '',
    'mcp-protocol-version': '2025-11-25',
  };
}

const call = (name: string, args: object = {}, id: number | string = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

describe('2026-07-28', () => {
  beforeEach(() => serve());

  test('a call is answered as JSON with the fields of its era', async () => {
    const response = await modern('tools/call', { name: 'add', arguments: { a: 1, b: 2 } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('application/json');
    expect(response.headers.get('mcp-session-id')).toBeNull();
    const { id, result } = (await response.json()) as { id: number; result: Record<string, unknown> };
    expect(id).toBe(7);
    expect(result).toMatchObject({ content: [{ type: 'text', text: '3' }], resultType: 'complete' });
    expect(result._meta).toEqual({
      'io.modelcontextprotocol/serverInfo': { name: 'test', version: '1.2.3' },
    });
  });

  test.each([
    ['no Mcp-Method', { 'mcp-method': '' }],
    ['another Mcp-Method', { 'mcp-method': 'tools/list' }],
    ['another Mcp-Name', { 'mcp-name': 'breaks' }],
    ['an Mcp-Name that is not base64', { 'mcp-name': '=?base64?***?=' }],
    ['another version', { 'mcp-protocol-version': '2025-11-25' }],
  ])('%s than the body is 400 and -32020', async (_, headers) => {
    const response = await modern('tools/call', { name: 'add', arguments: { a: 1, b: 2 } }, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32020 } });
  });

  test('an Mcp-Name in base64 is read', async () => {
    const encoded = `=?base64?${Buffer.from('add').toString('base64')}?=`;
    const response = await modern(
      'tools/call',
      { name: 'add', arguments: { a: 1, b: 2 } },
      { 'mcp-name': encoded },
    );
    expect(response.status).toBe(200);
  });

  test('an unknown version is 400 and -32022 with what is supported', async () => {
    const _meta = { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };
    const response = await modern('server/discover', { _meta }, { 'mcp-protocol-version': '2099-01-01' });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as {
      error: { code: number; data: { supported: string[]; requested: string } };
    };
    expect(error).toMatchObject({
      code: -32022,
      data: { supported: ['2026-07-28'], requested: '2099-01-01' },
    });
    const discovered = (await (await modern('server/discover')).json()) as {
      result: { supportedVersions: string[] };
    };
    expect(discovered.result.supportedVersions).toEqual(error.data.supported);
  });

  test('missing capabilities are 400 and -32602, a version header without _meta as well', async () => {
    const without = {
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/list',
      params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
    };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
    for (const body of [without, { ...without, params: {} }]) {
      const response = await post(body, headers);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ id: 3, error: { code: -32602 } });
    }
  });

  test.each(['initialize', 'ping', 'logging/setLevel', 'no/such', 'constructor'])(
    '%s is 404 and -32601',
    async (method) => {
      const response = await modern(method);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ id: 7, error: { code: -32601 } });
    },
  );

  test('the answer becomes a stream with the first notification', async () => {
    const response = await modern('tools/call', {
      name: 'counts',
      arguments: { upTo: 3 },
      _meta: { progressToken: 'p' },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const events = (await response.text())
      .trim()
      .split('\n\n')
      .map((event) => JSON.parse(event.split('data: ')[1] ?? '') as { method?: string; id?: number });
    expect(events.map((event) => event.method ?? event.id)).toEqual([
      ...Array<string>(3).fill('notifications/progress'),
      7,
    ]);
  });

  test('a notification that comes late turns the answer into a stream as well', async () => {
    const _meta = { 'io.modelcontextprotocol/logLevel': 'info' };
    const answer = modern('tools/call', { name: 'tellsLater', _meta });
    release = () => undefined;
    const before = release;
    while (release === before) await new Promise(setImmediate);
    release();
    const response = await answer;
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toMatch(/later[\s\S]*told/);
  });

  test('a client that has left before anybody asked is found to have left', async () => {
    const leaving = new AbortController();
    const before = (release = () => undefined);
    const answer = modern('tools/call', { name: 'tellsLater' }, {}, leaving.signal).catch(() => 'left');
    while (release === before) await new Promise(setImmediate);
    leaving.abort();
    expect(await answer).toBe('left');
    // The server hears of it in its own time.
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    while (cancelled.length === 0) await new Promise(setImmediate);
    expect(cancelled).toEqual(['gone']);
  });

  test('a handler sees its request, but no credentials in it', async () => {
    const response = await modern(
      'tools/call',
      { name: 'request' },
      { authorization: 'Bearer x', 'x-own': '1' },
    );
    const { result } = (await response.json()) as { result: { structuredContent: object } };
    expect(result.structuredContent).toMatchObject({ 'x-own': '1', address: '127.0.0.1' });
    expect(result.structuredContent).not.toHaveProperty('authorization');
  });

  test('a client that leaves cancels', async () => {
    const leaving = new AbortController();
    const response = await modern(
      'tools/call',
      { name: 'waits', _meta: { 'io.modelcontextprotocol/logLevel': 'info' } },
      {},
      leaving.signal,
    );
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    while (cancelled.length === 0) await new Promise(setImmediate);
    expect(cancelled).toEqual(['The client has disconnected']);
    release();
  });

  test('uncaught text stays in the log, and the client has the reference to it', async () => {
    const response = await modern('tools/call', { name: 'breaks' });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).not.toContain('secret');
    const [, reference] = /ref ([0-9a-f]+)/.exec(text) ?? [];
    expect(logger.lines.find((line) => line.fields.reference === reference)?.fields.err).toMatchObject({
      message: /secret/,
    });
  });
});

describe('2025-11-25', () => {
  beforeEach(() => serve());

  test('a session is opened by initialize, and answers without the fields of the newer era', async () => {
    const headers = await session();
    expect(headers['mcp-session-id']).toMatch(/^[\x21-\x7e]{20,}$/);
    const response = await post(call('add', { a: 1, b: 2 }), headers);
    expect(await response.json()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: '3' }] },
    });
  });

  test('without a session id it is 400, with an unknown one 404, and after DELETE 404', async () => {
    const headers = await session();
    expect((await post(call('add'))).status).toBe(400);
    expect((await post(call('add'), { ...headers, 'mcp-session-id': 'unknown' })).status).toBe(404);
    const ended = await fetch(served.url ?? '', {
      method: 'DELETE',
      headers: { ...headers, 'content-type': 'application/json' },
    });
    expect(ended.status).toBe(204);
    expect((await post(call('add', { a: 1, b: 2 }), headers)).status).toBe(404);
  });

  test('an initialize that fails opens no session', async () => {
    const response = await post({ ...INITIALIZE, params: {} });
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(await response.json()).toMatchObject({ id: 0, error: { code: -32602 } });
  });

  test('initialize with the header of the newer era is 400 and -32020', async () => {
    const response = await post(INITIALIZE, { 'mcp-protocol-version': '2026-07-28' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: -32020 } });
  });

  test('an unknown version in the header is 400', async () => {
    expect(
      (await post(call('add'), { ...(await session()), 'mcp-protocol-version': '1999-01-01' })).status,
    ).toBe(400);
  });

  test('notifications are 202 without a body', async () => {
    const response = await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, await session());
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
  });

  test('an answer to a request of the server is 202', async () => {
    const response = await post({ jsonrpc: '2.0', id: 1, result: {} }, await session());
    expect([response.status, await response.text()]).toEqual([202, '']);
  });

  test('an unknown method is a JSON-RPC error in an answer that is otherwise good', async () => {
    const response = await post({ jsonrpc: '2.0', id: 1, method: 'no/such' }, await session());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 1, error: { code: -32601 } });
  });

  test('DELETE without a session id is 400, with an unknown one 404', async () => {
    const end = (headers: Record<string, string>) => fetch(served.url ?? '', { method: 'DELETE', headers });
    expect((await end({})).status).toBe(400);
    expect((await end({ 'mcp-session-id': 'unknown' })).status).toBe(404);
  });

  test('a cancelled request ends its stream without an answer, also one with id 0', async () => {
    const headers = await session();
    const response = await post(call('waits', {}, 0), headers);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await post(
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 0, reason: 'enough' } },
      headers,
    );
    expect(cancelled).toEqual(['enough']);
    release();
    expect(await response.text()).not.toContain('"id":0');
  });

  test('leaving does not cancel', async () => {
    const leaving = new AbortController();
    const response = await post(call('waits'), await session(), leaving.signal);
    await response.body?.getReader().read();
    leaving.abort();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(cancelled).toEqual([]);
    release();
  });

  test('two sessions may use the same ids at the same time', async () => {
    const [one, two] = await Promise.all([session(), session()]);
    const [a, b] = await Promise.all([
      post(call('add', { a: 1, b: 1 }), one),
      post(call('add', { a: 2, b: 2 }), two),
    ]);
    expect([await a.json(), await b.json()]).toMatchObject([
      { result: { content: [{ text: '2' }] } },
      { result: { content: [{ text: '4' }] } },
    ]);
  });
});

describe('limits', () => {
  test('a body beyond the limit is 413 with a JSON-RPC error', async () => {
    await serve({ bodyLimit: 1000 });
    const response = await modern('tools/call', { name: 'add', arguments: { text: 'x'.repeat(2000) } });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32600 } });
  });

  test('other content types and encodings are 415, other methods 405, closed Accept 406', async () => {
    await serve();
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('{}', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post('{}', { accept: 'text/html' })).status).toBe(406);
    const head = await fetch(served.url ?? '', { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
  });
});

describe('stateless', () => {
  beforeEach(() => serve({ stateless: true }));

  test('every message stands alone and no session id is given', async () => {
    const response = await post(INITIALIZE);
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(await (await post(call('add', { a: 1, b: 2 }))).json()).toMatchObject({
      result: { content: [{ text: '3' }] },
    });
    expect((await fetch(served.url ?? '', { method: 'DELETE' })).status).toBe(405);
  });

  test('a log level that no session can keep is taken note of, and nothing more', async () => {
    const params = { level: 'debug' };
    const response = await post({ jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params });
    expect(await response.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });
});

describe('the end', () => {
  test("an address that is not this machine's is told as it is, and what had been opened is closed again", async () => {
    await serve();
    const second = createApp(TestModule, { logger });
    await expect(second.serve(http({ host: '192.0.2.1', port: 0 }))).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'ERR_APP_CLOSED' });
  });

  test('a port in use is told with a way out, and what had been opened is closed again', async () => {
    await serve();
    const port = Number(new URL(served.url ?? '').port);
    const second = createApp(TestModule, { logger });
    await expect(second.serve(http({ port }))).rejects.toMatchObject({
      code: 'ERR_SERVE_PORT_IN_USE',
      fix: expect.stringContaining(`--port ${port + 1}`) as string,
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'ERR_APP_CLOSED' });
  });
});
