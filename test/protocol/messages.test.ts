import {
  Args,
  Context,
  createApp,
  McpModule,
  Meta,
  Prompt,
  Resource,
  Tool,
  type App,
  type ContentBlock,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsInt, Max } from 'class-validator';
import { z } from 'zod';
import { initialize, META, overHttp, SERVER_INFO, type HttpWire } from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

class Amount {
  @IsInt() @Max(10) amount!: number;
}

let meta: object = {};

class Handler {
  @Tool() echo(text: string) {
    return text;
  }
  @Meta({ 'example.com/own': 1 })
  @Tool({ output: Amount })
  structured(@Args() { amount }: Amount, ctx: Context) {
    meta = ctx.meta;
    return { amount };
  }
  @Tool({ output: z.array(z.number()) }) list() {
    return [1, 2];
  }
  @Tool({ output: Amount }) misses() {
    return { amount: 'many' } as never;
  }
  @Tool() picture(): ContentBlock {
    return { type: 'image', data: Buffer.from([1, 2]).toString('base64'), mimeType: 'image/png' };
  }
  @Resource('data://text') text() {
    return 'text';
  }
  @Resource('data://bytes', { mimeType: 'image/png' }) bytes() {
    return new Uint8Array([1, 2, 255]);
  }
  @Resource('data://{id}/x') template(id: string) {
    return id;
  }
  @Prompt() greet(name: string) {
    return `Greet ${name}.`;
  }
}

@McpModule({ name: 'messages', version: '1', handlers: [Handler], pageSize: 2 })
class MessagesModule {}

@McpModule({ name: 'empty', version: '1' })
class EmptyModule {}

let app: App;
let wire: HttpWire;
let lines: LineWire;

beforeAll(async () => {
  app = createApp(MessagesModule, { logger: new RecordingLogger() });
  wire = await overHttp(app);
});
beforeEach(async () => {
  lines = await overLines(app);
});
afterAll(() => app.close());

const CALLS: [string, object][] = [
  ['server/discover', {}],
  ['tools/list', {}],
  ['resources/list', {}],
  ['resources/templates/list', {}],
  ['prompts/list', {}],
  ['tools/call', { name: 'echo', arguments: { text: 'a' } }],
  ['tools/call', { name: 'echo', arguments: {} }],
  ['resources/read', { uri: 'data://text' }],
  ['prompts/get', { name: 'greet', arguments: { name: 'Ada' } }],
];

describe('every message', () => {
  // verifies 2026:1 2026:2
  test.each([0, -1, 9007199254740991, '', 'ü\n"', 'x'.repeat(256)])(
    'the id %p comes back as it was',
    async (id) => {
      const { message } = await wire.modern('tools/list', {}, { id });
      expect([message.jsonrpc, message.id]).toEqual(['2.0', id]);
      expect((await lines.modern('tools/list', {}, { id })).id).toBe(id);
    },
  );

  // verifies 2026:1 2025:5
  test.each(['null', '1.5', '[]', '{}', 'true', '9007199254740992', `"${'x'.repeat(257)}"`])(
    'the id %s is none',
    async (id) => {
      const body = `{"jsonrpc":"2.0","id":${id},"method":"ping"}`;
      const { status, message } = await wire.send(body);
      expect([status, message.id, message.error?.code]).toEqual([400, null, -32600]);
      lines.write(body);
      expect(await lines.until(({ error }) => error !== undefined)).toMatchObject({
        id: null,
        error: { code: -32600 },
      });
    },
  );

  // verifies 2026:1 2025:21
  test('bytes that are no UTF-8 are no message', async () => {
    const { status, message } = await wire.send(Buffer.from([0x7b, 0xff, 0x7d]));
    expect([status, message.error?.code]).toEqual([400, -32700]);
  });

  // verifies 2026:3 2026:12
  test.each(CALLS)(
    'a result of %s with %p says its type and whose it is, in the newer era',
    async (method, params) => {
      const { message } = await wire.modern(method, params);
      expect(message.result).toMatchObject({
        resultType: 'complete',
        _meta: { [SERVER_INFO]: { name: 'messages', version: '1' } },
      });
    },
  );

  // verifies 2025:5 2025:6
  test('results of the older era have none of the newer one’s fields', async () => {
    const session = await wire.session();
    for (const [method, params] of CALLS.slice(1)) {
      const { message } = await session.ask(method, params);
      for (const field of ['resultType', 'ttlMs', 'cacheScope', '_meta'])
        expect(message.result).not.toHaveProperty(field);
    }
  });

  // verifies 2026:4
  test.each(['tools/call', 'ping', 'no/such', 'initialize', 'notifications/no/such'])(
    'without an id %s is a notification, and is never answered',
    async (method) => {
      const params = { name: 'echo', _meta: META };
      const { status, text } = await wire.send(
        { jsonrpc: '2.0', method, params },
        { 'mcp-protocol-version': '2026-07-28' },
      );
      expect([status, text]).toEqual([202, '']);
      const session = await wire.session();
      expect(await session.notify(method, { name: 'echo' })).toBe(202);
      lines.write({ jsonrpc: '2.0', method, params });
      lines.write({ jsonrpc: '2.0', method, params: { name: 'echo' } });
      await lines.modern('tools/list');
      expect(lines.lines).toHaveLength(1);
    },
  );

  // verifies 2026:15
  test('_meta of a component is published, and that of a message reaches the handler, as they were written', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01';
    const sent = { traceparent, 'com.example/x': { y: 1 }, progressToken: 'p' };
    await wire.modern('tools/call', { name: 'structured', arguments: { amount: 1 } }, { meta: sent });
    expect(meta).toEqual({ ...META, ...sent });
    const { message } = await wire.modern('tools/list');
    expect(message.result.tools[1]._meta).toEqual({ 'example.com/own': 1 });
  });

  // verifies 2025:21 2026:41
  test('over stdio a message is a line, and nothing but messages is there', async () => {
    await lines.initialize();
    const text = 'a\nb\r\nc';
    expect(
      (await lines.ask('tools/call', { name: 'echo', arguments: { text } })).result.content[0].text,
    ).toBe(text);
    expect(lines.lines).toHaveLength(2);
    for (const message of lines.messages) expect(message.jsonrpc).toBe('2.0');
  });
});

describe('lists', () => {
  // verifies 2026:62 2026:70 2026:74
  test('a server with nothing declares all kinds, and lists none of each', async () => {
    const empty = createApp(EmptyModule, { logger: new RecordingLogger() });
    const nothing = await overHttp(empty);
    const { message } = await nothing.modern('server/discover');
    expect(Object.keys(message.result.capabilities as object)).toEqual([
      'tools',
      'resources',
      'prompts',
      'logging',
    ]);
    for (const [method, field] of [
      ['tools/list', 'tools'],
      ['resources/list', 'resources'],
      ['resources/templates/list', 'resourceTemplates'],
      ['prompts/list', 'prompts'],
    ] as const)
      expect((await nothing.modern(method)).message.result[field]).toEqual([]);
    await empty.close();
  });

  // verifies 2026:63 2026:64
  test('are the same for every connection, whatever was asked before on it', async () => {
    const { text } = await wire.modern('tools/list');
    await lines.initialize();
    await lines.ask('tools/call', { name: 'echo', arguments: { text: 'a' } });
    const overLine = await lines.modern('tools/list');
    expect(overLine).toEqual(JSON.parse(text));
    expect((await wire.modern('tools/list')).text).toBe(text);
  });

  // verifies 2026:83 2025:29
  test('come in pages, and only a cursor that was given leads on', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { message } = await wire.modern('tools/list', cursor === undefined ? {} : { cursor });
      names.push(...(message.result.tools as { name: string }[]).map(({ name }) => name));
      cursor = message.result.nextCursor as string | undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['echo', 'structured', 'list', 'misses', 'picture']);
    for (const wrong of ['', 'x', 7, null, {}, Buffer.from('prompt:greet@').toString('base64url')])
      expect((await wire.modern('tools/list', { cursor: wrong })).message.error?.code).toBe(-32602);
  });

  // verifies 2026:65
  test('tools have names clients take, and schemas that are objects', async () => {
    const { message } = await wire.modern('tools/list');
    for (const { name, inputSchema } of message.result.tools as {
      name: string;
      inputSchema: { type: string };
    }[]) {
      expect(name).toMatch(/^[A-Za-z0-9_.-]{1,128}$/);
      expect(inputSchema.type).toBe('object');
    }
  });
});

describe('results', () => {
  // verifies 2026:66 2026:68 2025:30
  test('structured content fits the schema, is an object in both eras, and stands in a text as well', async () => {
    const session = await wire.session();
    for (const [name, args, structured] of [
      ['structured', { amount: 7 }, { amount: 7 }],
      ['list', {}, { result: [1, 2] }],
    ] as const) {
      const params = { name, arguments: args };
      for (const { message } of [
        await wire.modern('tools/call', params),
        await session.ask('tools/call', params),
      ]) {
        expect(message.result.structuredContent).toEqual(structured);
        expect(message.result.content[0].type).toBe('text');
      }
    }
    const { message } = await wire.modern('tools/call', { name: 'misses' });
    expect(message.result).toMatchObject({ isError: true });
    expect(message.result).not.toHaveProperty('structuredContent');
  });

  // verifies 2026:68
  test('arguments that are not what was asked for reach no handler', async () => {
    meta = {};
    const { message } = await wire.modern('tools/call', { name: 'structured', arguments: { amount: 11 } });
    expect(message.result.isError).toBe(true);
    expect(message.result.content[0].text).not.toContain('11 ');
    expect(meta).toEqual({});
  });

  // verifies 2026:72 2026:71
  test('resources are text or base64, each with its URI, and never empty', async () => {
    const read = async (uri: string) =>
      (await wire.modern('resources/read', { uri })).message.result.contents as object[];
    expect(await read('data://text')).toEqual([{ uri: 'data://text', mimeType: 'text/plain', text: 'text' }]);
    expect(await read('data://bytes')).toEqual([
      { uri: 'data://bytes', mimeType: 'image/png', blob: 'AQL/' },
    ]);
    expect(await read('data://7/x')).toMatchObject([{ uri: 'data://7/x', text: '7' }]);
  });

  // verifies 2026:76
  test('pictures are base64 with their type', async () => {
    const { message } = await wire.modern('tools/call', { name: 'picture' });
    expect(message.result.content).toEqual([{ type: 'image', data: 'AQI=', mimeType: 'image/png' }]);
  });
});

describe('HTTP of the older era', () => {
  // verifies 2025:18
  test('a session has an id nobody can guess, in visible ASCII, with the answer that opens it', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await wire.send(initialize())).headers.get('mcp-session-id')),
    );
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{32,}$/);
    expect(new Set(ids).size).toBe(3);
  });

  // verifies 2025:19
  test('without the id it is 400, with one that is over 404', async () => {
    const session = await wire.session();
    expect((await session.ask('ping', {}, { headers: { 'mcp-session-id': undefined } })).status).toBe(400);
    for (const id of ['lost', '../../etc/passwd', 'x'.repeat(5000)])
      expect((await session.ask('ping', {}, { headers: { 'mcp-session-id': id } })).status).toBe(404);
    expect((await fetch(wire.url, { method: 'DELETE', headers: session.headers })).status).toBe(204);
    expect((await session.ask('ping')).status).toBe(404);
    expect((await fetch(wire.url, { method: 'DELETE', headers: session.headers })).status).toBe(404);
  });

  // verifies 2025:10 2025:11
  test('what is no request is 202, a request JSON or a stream', async () => {
    const session = await wire.session();
    expect(await session.notify('notifications/initialized')).toBe(202);
    expect((await session.send({ jsonrpc: '2.0', id: 'server-1', result: {} })).status).toBe(202);
    expect((await session.ask('ping')).headers.get('content-type')).toMatch('application/json');
  });
});
