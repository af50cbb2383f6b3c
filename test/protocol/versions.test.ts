import { Context, createApp, McpModule, Prompt, prompt, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { z } from 'zod';
import { CAPABILITIES, initialize, overHttp, SERVER_INFO, VERSION, type HttpWire } from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

class Handler {
  @Tool() who(ctx: Context) {
    return JSON.stringify([
      ctx.era,
      ctx.version,
      ctx.client.info?.name ?? null,
      Object.keys(ctx.client.capabilities),
    ]);
  }
  @Prompt() greet(name: string) {
    return `Greet ${name}.`;
  }
}

@McpModule({ name: 'versions', version: '1.2.3', handlers: [Handler], instructions: 'Ask who.' })
class VersionsModule {}

let app: App;
let wire: HttpWire;
let lines: LineWire;

beforeEach(async () => {
  app = createApp(VersionsModule, { logger: new RecordingLogger() });
  wire = await overHttp(app);
  lines = await overLines(app);
});
afterEach(() => app.close());

const who = (text: unknown) => JSON.parse(text as string) as unknown[];

describe('2026-07-28', () => {
  // verifies 2026:20 2026:12
  test('discovery says which revisions, what, who, and what the model should know', async () => {
    const { status, message } = await wire.modern('server/discover');
    expect(status).toBe(200);
    expect(message.result).toEqual({
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: {
        tools: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        prompts: { listChanged: true },
        logging: {},
      },
      instructions: 'Ask who.',
      ttlMs: 0,
      cacheScope: 'public',
      _meta: { [SERVER_INFO]: { name: 'versions', version: '1.2.3' } },
    });
    expect((await lines.modern('server/discover')).result).toEqual(message.result);
  });

  // verifies 2026:19 2026:32
  test.each(['2025-11-25', '2099-01-01', ''])(
    'the revision "%s" is not supported, and those that are are named',
    async (version) => {
      const meta = { [VERSION]: version };
      const discovered = (await wire.modern('server/discover')).message.result.supportedVersions as string[];
      const error = { code: -32022, data: { supported: discovered, requested: version } };
      const { status, message } = await wire.modern(
        'tools/list',
        {},
        { meta, headers: { 'mcp-protocol-version': version } },
      );
      expect([status, message]).toMatchObject([400, { id: 7, error }]);
      expect(await lines.modern('tools/list', {}, { meta })).toMatchObject({ id: 7, error });
    },
  );

  // verifies 2026:10
  test.each([
    ['no capabilities', { [CAPABILITIES]: undefined }],
    ['capabilities that are none', { [CAPABILITIES]: [] }],
    ['a revision that is no text', { [VERSION]: 7 }],
    ['a log level there is not', { 'io.modelcontextprotocol/logLevel': 'loud' }],
  ])('a message with %s is -32602, over HTTP with 400', async (_, meta) => {
    const { status, message } = await wire.modern('tools/list', {}, { meta });
    expect([status, message]).toMatchObject([400, { id: 7, error: { code: -32602 } }]);
    expect(await lines.modern('tools/list', {}, { meta, id: 8 })).toMatchObject({
      id: 8,
      error: { code: -32602 },
    });
  });

  // verifies 2026:10
  test('the header of this revision without the _meta of it is 400 and -32602', async () => {
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
    for (const params of [undefined, {}, { _meta: {} }, { _meta: null }, { _meta: 'x' }]) {
      const { status, message } = await wire.send(
        { jsonrpc: '2.0', id: 7, method: 'tools/list', params },
        headers,
      );
      expect([status, message]).toMatchObject([400, { id: 7, error: { code: -32602 } }]);
    }
  });

  // verifies 2026:32
  test.each([
    ['missing', undefined],
    ['another that is supported', '2025-11-25'],
    ['another that is not', '2099-01-01'],
    ['two', '2026-07-28, 2026-07-28'],
  ])('a version header that is %s than the body’s is 400 and -32020', async (_, version) => {
    const { status, message } = await wire.modern(
      'tools/list',
      {},
      { headers: { 'mcp-protocol-version': version } },
    );
    expect([status, message]).toMatchObject([400, { id: 7, error: { code: -32020 } }]);
  });

  // verifies 2026:8
  test('each message says for itself who sends it: nothing is taken from those before', async () => {
    const asked = async (name: string, capabilities: object) => {
      const meta = {
        'io.modelcontextprotocol/clientInfo': { name, version: '1' },
        [CAPABILITIES]: capabilities,
      };
      return who(
        (await lines.modern('tools/call', { name: 'who' }, { meta, id: name })).result.content[0].text,
      );
    };
    expect(await asked('a', { roots: {} })).toEqual(['modern', '2026-07-28', 'a', ['roots']]);
    expect(await asked('b', {})).toEqual(['modern', '2026-07-28', 'b', []]);
    const nobody = await lines.modern('tools/call', { name: 'who' }, { id: 'nobody' });
    expect(who(nobody.result.content[0].text)).toEqual(['modern', '2026-07-28', null, []]);
  });

  // verifies 2026:13
  test('who the client says it is changes nothing', async () => {
    const told = async (info: unknown) => {
      const meta = { 'io.modelcontextprotocol/clientInfo': info };
      return (await wire.modern('tools/list', {}, { meta })).text;
    };
    const plain = await told(undefined);
    for (const info of [{ name: 'admin', version: '1' }, { name: 'x' }, 'x', null, 7])
      expect(await told(info)).toBe(plain);
  });

  // verifies 2026:40
  test('sessions and resumption of older revisions are ignored, and no session is opened', async () => {
    const headers = { 'mcp-session-id': 'lost', 'last-event-id': '7' };
    const answered = await wire.modern('tools/list', {}, { headers });
    expect([answered.status, answered.headers.get('mcp-session-id')]).toEqual([200, null]);
  });

  // verifies 2026:22
  test.each(['initialize', 'ping', 'logging/setLevel', 'resources/subscribe', 'resources/unsubscribe'])(
    '%s is a method of older revisions',
    async (method) => {
      const { status, message } = await wire.modern(method, { uri: 'x', level: 'info' });
      expect([status, message.error?.code]).toEqual([404, -32601]);
      expect((await lines.modern(method)).error?.code).toBe(-32601);
    },
  );

  test('initialize with the header of this revision is 400 and -32020', async () => {
    const { status, message } = await wire.send(initialize(), { 'mcp-protocol-version': '2026-07-28' });
    expect([status, message.error?.code]).toEqual([400, -32020]);
  });
});

describe('the older era', () => {
  // verifies 2025:1
  test('initialize is answered with the revision asked for, or the newest there is', async () => {
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']) {
      const { initialized } = await wire.session(version);
      expect(initialized.message.result).toEqual({
        protocolVersion: version,
        capabilities: expect.objectContaining({ tools: { listChanged: true }, logging: {} }) as object,
        serverInfo: { name: 'versions', version: '1.2.3' },
        instructions: 'Ask who.',
      });
    }
    for (const version of ['2026-07-28', '1999-01-01']) {
      const { message } = await wire.send(initialize(version));
      expect(message.result.protocolVersion).toBe('2025-11-25');
    }
  });

  test.each([
    [{ protocolVersion: 7 }],
    [{ capabilities: undefined }],
    [{ clientInfo: undefined }],
    [{ clientInfo: { name: 'x' } }],
  ])('an initialize with %p is -32602 and opens nothing', async (wrong) => {
    const good = initialize() as { params: object };
    const answered = await wire.send({ ...good, params: { ...good.params, ...wrong } });
    expect([answered.status, answered.message.error?.code]).toEqual([200, -32602]);
    expect(answered.headers.get('mcp-session-id')).toBeNull();
  });

  // verifies 2025:3 2026:22
  test('what was agreed on is in force for every message of the session, beside messages of the newer era', async () => {
    const session = await wire.session('2025-06-18', { roots: {} });
    const legacy = await session.ask('tools/call', { name: 'who' });
    expect(who(legacy.message.result.content[0].text)).toEqual(['legacy', '2025-06-18', 'test', ['roots']]);
    const modern = await wire.modern('tools/call', { name: 'who' });
    expect(who(modern.message.result.content[0].text)).toEqual(['modern', '2026-07-28', null, []]);
    await lines.initialize('2025-11-25');
    expect(who((await lines.ask('tools/call', { name: 'who' })).result.content[0].text).slice(0, 2)).toEqual([
      'legacy',
      '2025-11-25',
    ]);
    expect(
      who((await lines.modern('tools/call', { name: 'who' })).result.content[0].text).slice(0, 2),
    ).toEqual(['modern', '2026-07-28']);
  });

  // verifies 2025:20 2026:34
  test('a message without a version header has the session’s, and one that names none there is is 400', async () => {
    const session = await wire.session('2025-06-18');
    const without = await session.ask(
      'tools/call',
      { name: 'who' },
      { headers: { 'mcp-protocol-version': undefined } },
    );
    expect(who(without.message.result.content[0].text)[1]).toBe('2025-06-18');
    const wrong = await session.ask('ping', {}, { headers: { 'mcp-protocol-version': '1999-01-01' } });
    expect(wrong.status).toBe(400);
  });

  // verifies 2025:20 2026:34
  test('without a session, a message that names no revision is of 2025-03-26', async () => {
    const stateless = await overHttp(app, { stateless: true });
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'who' } };
    const version = async (headers: Record<string, string>) =>
      who((await stateless.send(body, headers)).message.result.content[0].text)[1];
    expect(await version({})).toBe('2025-03-26');
    expect(await version({ 'mcp-protocol-version': '2025-11-25' })).toBe('2025-11-25');
  });

  // verifies 2025:19
  test('a server without sessions promises nothing it would need one for', async () => {
    const stateless = await overHttp(app, { stateless: true });
    const { message } = await stateless.send(initialize());
    expect(message.result.capabilities).toEqual({ tools: {}, resources: {}, prompts: {}, logging: {} });
    for (const method of ['resources/subscribe', 'resources/unsubscribe']) {
      const asked = await stateless.send({ jsonrpc: '2.0', id: 1, method, params: { uri: 'data://x' } });
      expect(asked.message.error?.code).toBe(-32601);
    }
  });

  // verifies 2025:2
  test('nothing is told to a client that has not said that it is ready', async () => {
    lines.write(initialize('2025-11-25', {}, 'begin'));
    await lines.answer('begin');
    app.disable({ names: ['greet'] });
    await lines.ask('ping', {}, 1);
    lines.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
    app.enable({ names: ['greet'] });
    await lines.ask('ping', {}, 2);
    expect(lines.messages.map(({ method, id }) => method ?? id)).toEqual([
      'begin',
      1,
      2,
      'notifications/prompts/list_changed',
    ]);
  });

  // verifies 2025:22
  test('ping is answered with nothing, before initialize as well', async () => {
    expect(await lines.ask('ping', {}, 0)).toEqual({ jsonrpc: '2.0', id: 0, result: {} });
    expect((await (await wire.session()).ask('ping')).message).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });
});

// verifies 2026:82 2025:29
test('suggestions are a capability as soon as something has any', async () => {
  const capabilities = async () =>
    (await wire.modern('server/discover')).message.result.capabilities as object;
  expect(await capabilities()).not.toHaveProperty('completions');
  app.add(
    prompt({ name: 'late', input: z.object({ a: z.string() }), run: () => '', complete: { a: () => ['b'] } }),
  );
  expect(await capabilities()).toHaveProperty('completions', {});
  app.remove({ names: ['late'] });
  expect(await capabilities()).not.toHaveProperty('completions');
});
