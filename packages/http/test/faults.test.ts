import { Context, createApp, McpModule, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { http, type HttpOptions } from '../src/index.js';

let sent = 0;
let ended: string[] = [];

class Tools {
  @Tool() echo(text: string) {
    return text;
  }
  @Tool() async logs(text: string, ctx: Context) {
    await ctx.info(text);
    return text;
  }
  @Tool() async stays(ctx: Context) {
    await ctx.info('here');
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
    ended.push('aborted');
  }
  /** Sends for as long as somebody listens, but not for ever. */
  @Tool() async floods(ctx: Context) {
    for (sent = 0; sent < 1000 && !ctx.signal.aborted; sent++) {
      await ctx.info('x'.repeat(64 * 1024));
      await new Promise(setImmediate);
    }
    ended.push(ctx.signal.aborted ? 'aborted' : 'finished');
  }
}

@McpModule({ name: 'test', version: '1', handlers: [Tools] })
class Root {}

let app: App;
let url: URL;

async function serve(options: HttpOptions = {}): Promise<void> {
  app = createApp(Root, { logger: new RecordingLogger() });
  url = new URL((await app.serve(http({ port: 0, ...options }))).url ?? '');
}
beforeEach(() => {
  ended = [];
});
afterEach(() => app.close());

function open(): Socket {
  return connect(Number(url.port), url.hostname);
}

/** What comes back for bytes as they are, up to the end of the connection. */
async function raw(request: string): Promise<string> {
  const socket = open();
  socket.setEncoding('utf8').write(request);
  let answer = '';
  socket.on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  return answer;
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/logLevel': 'info',
};
const message = (name: string, args: object = {}, id = 7) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: args, _meta: META },
  });
const CALL = message('echo', { text: 'hi' });

const HEADERS: Readonly<Record<string, string>> = {
  host: 'localhost',
  'content-type': 'application/json',
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'echo',
  connection: 'close',
};

function request(
  changed: Record<string, string | undefined>,
  { target = '/mcp', body = CALL, lines = [] as readonly string[] } = {},
): string {
  const headers = Object.entries({
    ...HEADERS,
    'content-length': String(Buffer.byteLength(body)),
    ...changed,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return [`POST ${target} HTTP/1.1`, ...headers, ...lines, '', body].join('\r\n');
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

describe('who may call', () => {
  beforeEach(() => serve());

  test('a request that is in order is answered, also without an Origin', async () => {
    expect(statusOf(await raw(request({})))).toBe(200);
  });

  test.each([
    ['another Host', { host: 'evil.example' }],
    ['a Host with an odd port', { host: 'localhost:evil' }],
    ['an empty Host', { host: '' }],
    ['another Origin', { origin: 'https://evil.example' }],
    ['the Origin null', { origin: 'null' }],
    ['an Origin that begins like a loopback name', { origin: 'http://localhost.evil.example' }],
    ['an Origin with a user', { origin: 'http://localhost@evil.example' }],
    ['an Origin that resolves to loopback', { origin: 'http://127.0.0.1.nip.io' }],
  ])('%s is 403 with a JSON-RPC error', async (_, headers) => {
    const answer = await raw(request(headers));
    expect(statusOf(answer)).toBe(403);
    expect(bodyOf(answer)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32600 } });
  });

  test('two Host headers are 403, whichever comes first', async () => {
    for (const [host, second] of [
      ['localhost', 'evil.example'],
      ['evil.example', 'localhost'],
    ] as const)
      expect(statusOf(await raw(request({ host }, { lines: [`Host: ${second}`] })))).toBe(403);
  });

  test('a request line with a whole address is 403', async () => {
    expect(statusOf(await raw(request({}, { target: 'http://evil.example/mcp' })))).toBe(403);
  });

  const initialize = (from: string) => {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'c', version: '1' },
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    return raw(request({ 'mcp-protocol-version': undefined, 'x-forwarded-for': from }, { body }));
  };

  test('X-Forwarded-For from anybody does not make another caller of him', async () => {
    await app.close();
    await serve({ sessions: { maxPerCaller: 1 } });
    expect(statusOf(await initialize('10.0.0.1'))).toBe(200);
    expect(statusOf(await initialize('10.0.0.2'))).toBe(503);
  });

  test.each([1, '127.0.0.1', ['10.0.0.0/8', 'loopback']])(
    '… unless http() is told to trust the proxy: %j',
    async (trustProxy) => {
      await app.close();
      await serve({ sessions: { maxPerCaller: 1 }, trustProxy });
      for (const from of ['203.0.113.1', '203.0.113.2']) expect(statusOf(await initialize(from))).toBe(200);
      expect(statusOf(await initialize('203.0.113.2'))).toBe(503);
      // What the client itself has written stands further left, and is nobody's word.
      expect(statusOf(await initialize('198.51.100.9, 203.0.113.2'))).toBe(503);
    },
  );

  test.each([true, 0, -1, '', [], [1], 'nowhere'])('to trust %j is refused', async (trustProxy) => {
    await app.close();
    await expect(serve({ trustProxy: trustProxy as never })).rejects.toThrow('ERR_SERVE_TRUST_PROXY');
  });
});

describe('twisted HTTP', () => {
  beforeEach(() => serve());

  test.each([
    ['a length and chunks', request({}, { lines: ['transfer-encoding: chunked'] }), 400],
    ['two lengths', request({}, { lines: ['content-length: 5'] }), 400],
    ['lines that end without CR', 'POST /mcp HTTP/1.1\nhost: localhost\n\n', 400],
    ['headers of 20 KB', request({ 'x-long': 'x'.repeat(20_000) }), 431],
  ])('%s is refused, and nothing is called', async (_, text, status) => {
    const answer = await raw(text);
    expect(statusOf(answer)).toBe(status);
    expect(bodyOf(answer)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32600 } });
    expect(answer).not.toContain('"hi"');
  });

  test('what is no request, behind one that is being answered, ends its stream and is not written into it', async () => {
    const socket = open();
    socket.setEncoding('utf8').on('error', () => undefined);
    const body = message('stays');
    socket.write(request({ 'mcp-name': 'stays', connection: 'keep-alive' }, { body }));
    const [begun] = (await once(socket, 'data')) as [string];
    expect(statusOf(begun)).toBe(200);
    let after = '';
    socket.on('data', (text: string) => (after += text));
    socket.write('nonsense\r\n\r\n');
    await once(socket, 'close');
    expect(after).not.toContain('HTTP/1.1');
    while (ended.length === 0) await new Promise(setImmediate);
    expect(ended).toEqual(['aborted']);
  });

  test('a body beyond the limit is 413, and the connection is closed without reading on', async () => {
    const socket = open();
    socket.write(request({ 'content-length': '10000000', connection: 'keep-alive' }, { body: 'x' }));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(statusOf(String(answer))).toBe(413);
    expect(String(answer)).toMatch(/^connection: close\r$/im);
    if (!socket.closed) await once(socket, 'close');
  });

  test('a body under a content encoding is 415 and is not inflated', async () => {
    for (const encoding of ['gzip', 'deflate', 'br', 'x-own'])
      expect(statusOf(await raw(request({ 'content-encoding': encoding })))).toBe(415);
  });

  test('other verbs are 405 with what is allowed, in a server without sessions too', async () => {
    const verb = async (method: string): Promise<string[]> => {
      const answer = await raw(`${method} /mcp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      return [/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? '', /^allow: (.*)\r$/im.exec(answer)?.[1] ?? ''];
    };
    // With sessions GET opens their stream, for those who can read one.
    expect(await verb('GET')).toEqual(['406', '']);
    await app.close();
    await serve({ stateless: true });
    for (const method of ['PUT', 'PATCH', 'OPTIONS']) expect(await verb(method)).toEqual(['405', 'POST']);
    expect(await verb('GET')).toEqual(['405', 'POST']);
    expect(await verb('DELETE')).toEqual(['405', 'POST']);
  });
});

describe('clients that hold on', () => {
  test('beyond maxConnections a newcomer is cut off, and the others are answered', async () => {
    await serve({ maxConnections: 2 });
    const idle = open();
    await once(idle, 'connect');
    const calling = open();
    await once(calling, 'connect');
    expect(await raw(request({}))).toBe('');
    calling.write(request({ connection: 'keep-alive' }));
    expect(statusOf(String(((await once(calling, 'data')) as [Buffer])[0]))).toBe(200);
    idle.destroy();
    await once(idle, 'close');
    await new Promise(setImmediate);
    expect(statusOf(await raw(request({})))).toBe(200);
    calling.destroy();
  });

  test('connections are bounded, and a request has a minute to arrive, unless told otherwise', async () => {
    await serve();
    const servers: Server[] = [];
    const note = (started: unknown): void => void servers.push((started as { server: Server }).server);
    subscribe('http.server.request.start', note);
    await raw(request({}));
    unsubscribe('http.server.request.start', note);
    expect(servers[0]).toMatchObject({
      maxConnections: 10_000,
      requestTimeout: 60_000,
      headersTimeout: 60_000,
    });
    // How long an answer takes is not bounded.
    expect(servers[0]?.timeout).toBe(0);
  });

  test.each(['2025-11-25', '2026-07-28'])(
    'a client that never reads its stream is cut off in %s',
    async (version) => {
      await serve({ stateless: true });
      const body =
        version === '2026-07-28'
          ? message('floods')
          : JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'floods' } });
      const socket = open();
      socket.pause();
      socket.on('error', () => undefined);
      socket.write(request({ 'mcp-protocol-version': version, 'mcp-name': 'floods' }, { body }));
      while (ended.length === 0) await new Promise((resolve) => setImmediate(resolve));
      // In the older era leaving does not cancel: the handler goes on, and what it sends is dropped.
      expect(ended).toEqual([version === '2026-07-28' ? 'aborted' : 'finished']);
      let bytes = 0;
      socket.on('data', (chunk) => (bytes += chunk.length)).resume();
      if (!socket.closed) await once(socket, 'close');
      expect(bytes).toBeLessThan(32 * 1024 * 1024);
    },
  );
});

describe('text of others in an answer', () => {
  const NASTY = 'a\n\nevent: own\ndata: {"own":1}\r\rid: 9\u2028\u2029"\\\u0000';
  beforeEach(() => serve());

  test('neither a log message nor a result can begin an event of its own', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...HEADERS, 'mcp-name': 'logs' },
      body: message('logs', { text: NASTY }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events).toHaveLength(2);
    const [log, result] = events.map((event) => {
      const lines = event.split(/\r\n|[\n\r]/);
      expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(['event', 'data']);
      return JSON.parse(lines[1]?.slice('data: '.length) ?? '') as object;
    });
    expect(log).toMatchObject({ params: { data: NASTY } });
    expect(result).toMatchObject({ id: 7, result: { content: [{ text: NASTY }] } });
  });

  test('a name with line breaks and quotes is answered in the body, and adds no header', async () => {
    const name = 'x"\r\nset-cookie: own=1\r\n\r\n<p>';
    const encoded = `=?base64?${Buffer.from(name).toString('base64')}?=`;
    const answer = await raw(request({ 'mcp-name': encoded }, { body: message(name) }));
    expect(answer.slice(0, answer.indexOf('\r\n\r\n'))).not.toContain('cookie');
    expect(bodyOf(answer)).toMatchObject({ id: 7, error: { code: -32602 } });
  });
});

describe('twisted JSON-RPC', () => {
  beforeEach(() => serve());

  test.each([
    ['no JSON', '{"jsonrpc":', -32700, null],
    ['nothing', '', -32700, null],
    ['a batch', '[]', -32600, null],
    ['a batch of messages', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600, null],
    ['null', 'null', -32600, null],
    ['another jsonrpc', '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600, 1],
    ['an id that is null', '{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600, null],
    ['an id with a fraction', '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, null],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600, null],
    ['an id of a megabyte', `{"jsonrpc":"2.0","id":"${'x'.repeat(1e6)}","method":"ping"}`, -32600, null],
    ['a method that is no string', '{"jsonrpc":"2.0","id":"a","method":7}', -32600, 'a'],
    ['params in a list', '{"jsonrpc":"2.0","id":"a","method":"ping","params":[]}', -32600, 'a'],
    ['params that are null', '{"jsonrpc":"2.0","id":0,"method":"ping","params":null}', -32600, 0],
    ['a prototype key', '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{}}}', -32700, 1],
    ['one in an escape', '{"jsonrpc":"2.0","id":1,"method":"x","params":{"\\u005f_proto__":1}}', -32700, 1],
    [
      'the prototype of a constructor',
      '{"jsonrpc":"2.0","method":"ping","params":{"constructor":{"prototype":{}}},"id":"late"}',
      -32700,
      'late',
    ],
    [
      'deep nesting',
      `{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      -32700,
      7,
    ],
  ])('%s is 400 with a JSON-RPC error, under its own id where it has one', async (_, body, code, id) => {
    const legacy = { 'mcp-protocol-version': undefined, 'mcp-method': undefined, 'mcp-name': undefined };
    const answer = await raw(request(legacy, { body }));
    expect(statusOf(answer)).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ jsonrpc: '2.0', id, error: { code } });
  });

  test('bytes that are not UTF-8 are 400 and -32700, and are not made to fit', async () => {
    const body = Buffer.from(CALL.replace('hi', 'h?'));
    body[body.indexOf('?')] = 0xff;
    const response = await fetch(url, { method: 'POST', headers: { ...HEADERS }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ id: null, error: { code: -32700 } });
  });

  test.each(['mcp-method', 'mcp-name', 'mcp-protocol-version'])(
    'without the header %s it is 400',
    async (name) => {
      const answer = await raw(request({ [name]: undefined }));
      expect(statusOf(answer)).toBe(400);
      expect(bodyOf(answer)).toMatchObject({ id: 7, error: { code: -32020 } });
    },
  );

  test('a body of no type is 415', async () => {
    const answer = await raw(request({ 'content-type': undefined }));
    expect(statusOf(answer)).toBe(415);
    expect(bodyOf(answer)).toMatchObject({ jsonrpc: '2.0', id: null });
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a tool called %s does not exist, nor a method',
    async (name) => {
      const tool = await raw(request({ 'mcp-name': name }, { body: message(name) }));
      expect(bodyOf(tool)).toMatchObject({ id: 7, error: { code: -32602 } });
      const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: name, params: { _meta: META } });
      const method = await raw(request({ 'mcp-method': name }, { body }));
      expect(statusOf(method)).toBe(404);
      expect(bodyOf(method)).toMatchObject({ id: 7, error: { code: -32601 } });
    },
  );

  test('of a key that comes twice the last counts, and a header that goes by the first is told', async () => {
    const body = CALL.replace('"method":', '"method":"tools/list","method":');
    expect(statusOf(await raw(request({}, { body })))).toBe(200);
    const answer = await raw(request({ 'mcp-method': 'tools/list' }, { body }));
    expect(statusOf(answer)).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ id: 7, error: { code: -32020 } });
  });

  test('calls with the same id at the same time each get their own answer', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `text ${i}`);
    const answers = await Promise.all(
      texts.map((text) => raw(request({ 'mcp-name': 'logs' }, { body: message('logs', { text }) }))),
    );
    for (const [i, answer] of answers.entries())
      expect([...answer.matchAll(/text \d+/g)].map(([text]) => text)).toEqual([texts[i], texts[i]]);
  });

  test('what is wrong with an argument is told without the argument', async () => {
    const body = message('echo', { text: { password: 'hunter2' }, hunter3: 'hunter4' });
    const answer = await raw(request({}, { body }));
    expect(answer).toContain('text');
    expect(answer).not.toMatch(/hunter[24]/);
  });
});
