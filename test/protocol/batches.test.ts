import { Context, createApp, McpModule, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { events, initialize, META, overHttp, read, type HttpWire, type WireMessage } from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

let release: () => void = () => undefined;

class Tools {
  @Tool() add(a: number, b: number) {
    return a + b;
  }
  @Tool() async waits() {
    await new Promise<void>((resolve) => (release = resolve));
    return 'released';
  }
  @Tool() async tells(ctx: Context) {
    await ctx.info('telling');
    return 'told';
  }
}

@McpModule({ name: 'batches', version: '1', handlers: [Tools] })
class BatchesModule {}

const OLD = '2025-03-26';
const call = (id: string | number, name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const cancel = (requestId: string | number) => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId },
});
const list = (text: string) => JSON.parse(text) as WireMessage[];
const told = (messages: readonly WireMessage[]) =>
  messages.map(({ id, result, error }) => [id, result?.content?.[0]?.text ?? error?.code ?? result]);

let app: App;
beforeEach(() => {
  app = createApp(BatchesModule, { logger: new RecordingLogger() });
});
afterEach(() => app.close());

describe('over HTTP', () => {
  let wire: HttpWire;
  beforeEach(async () => {
    wire = await overHttp(app);
  });

  // verifies 2025:9
  test('the messages of a batch are answered together, those that want an answer', async () => {
    const session = await wire.session(OLD);
    const { status, headers, text } = await read(
      await wire.post(
        [
          call(1, 'add', { a: 1, b: 2 }),
          { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
          { jsonrpc: '2.0', id: 'p', method: 'ping' },
          call(2, 'nowhere'),
        ],
        session.headers,
      ),
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch('application/json');
    expect(told(list(text))).toEqual([
      [1, '3'],
      ['p', {}],
      [2, -32602],
    ]);
  });

  // verifies 2025:10
  test('a batch of notifications and answers is 202 and empty', async () => {
    const session = await wire.session(OLD);
    const { status, text } = await session.send([cancel(99), { jsonrpc: '2.0', id: 'server-9', result: {} }]);
    expect([status, text]).toEqual([202, '']);
  });

  test('what in it is no message is refused for itself', async () => {
    const session = await wire.session(OLD);
    const { status, text } = await session.send([
      call(1, 'add', { a: 1, b: 2 }),
      7,
      [],
      { jsonrpc: '1.0', id: 4, method: 'ping' },
      initialize(OLD, {}, 5),
      { jsonrpc: '2.0', id: 6, method: 'tools/list', params: { _meta: META } },
      { jsonrpc: '2.0', id: null, result: {} },
    ]);
    expect(status).toBe(200);
    expect(told(list(text))).toEqual([
      [1, '3'],
      [null, -32600],
      [null, -32600],
      [4, -32600],
      [5, -32600],
      [6, -32600],
    ]);
    expect((await session.send([7])).status).toBe(400);
  });

  test('two messages of one id are not answered twice', async () => {
    const session = await wire.session(OLD);
    const answer = session.send([call(1, 'waits'), call(1, 'add', { a: 1, b: 2 })]);
    await session.ask('ping', {}, { id: 2 });
    release();
    expect(told(list((await answer).text))).toEqual([
      [1, -32600],
      [1, 'released'],
    ]);
  });

  test('an empty batch, and one that is too long, is refused as a whole', async () => {
    const session = await wire.session(OLD);
    const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });
    for (const body of [[], Array.from({ length: 101 }, (_, i) => ping(i))]) {
      const { status, message } = await session.send(body);
      expect([status, message.error?.code]).toEqual([400, -32600]);
    }
    expect((await session.send(Array.from({ length: 100 }, (_, i) => ping(i)))).status).toBe(200);
  });

  test('when one of them tells something, all answers come as events of one stream', async () => {
    const session = await wire.session(OLD);
    const response = await wire.post(
      [call(1, 'add', { a: 1, b: 2 }), call(2, 'tells'), call(3, 'waits'), cancel(9)],
      session.headers,
    );
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const heard: (string | number | null | undefined)[] = [];
    for await (const { id, method } of events(response)) {
      heard.push(method ?? id);
      if (id === 2) release();
    }
    expect(heard).toEqual([1, 'notifications/message', 2, 3]);
  });

  // verifies 2025:23
  test('one that is cancelled does not keep the others waiting', async () => {
    const session = await wire.session(OLD);
    const answer = session.send([call(1, 'add', { a: 1, b: 2 }), call(2, 'waits')]);
    await session.ask('ping', {}, { id: 3 });
    await session.notify('notifications/cancelled', { requestId: 2 });
    expect(told((await answer).messages)).toEqual([[1, '3']]);
    release();
  });

  // verifies 2025:9
  test.each(['2025-06-18', '2025-11-25', '2024-11-05'])('%s has no batches', async (version) => {
    const session = await wire.session(version);
    const { status, message } = await session.send([{ jsonrpc: '2.0', id: 1, method: 'ping' }]);
    expect([status, message.error?.code]).toEqual([400, -32600]);
  });

  test('2026-07-28 has none, and neither has who opened no session', async () => {
    const batch = [{ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } }];
    for (const headers of [{}, { 'mcp-protocol-version': '2026-07-28' }, { 'mcp-protocol-version': OLD }]) {
      const { status, message } = await wire.send(batch, headers);
      expect([status, message.error?.code]).toEqual([400, -32600]);
    }
    const lost = { 'mcp-session-id': 'lost', 'mcp-protocol-version': OLD };
    expect((await wire.send(batch, lost)).status).toBe(404);
  });

  test('a server without sessions takes a batch of who names the revision, or none', async () => {
    const stateless = await overHttp(app, { stateless: true });
    const batch = [call(1, 'add', { a: 1, b: 2 })];
    for (const headers of [{}, { 'mcp-protocol-version': OLD }])
      expect(told(list((await stateless.send(batch, headers)).text))).toEqual([[1, '3']]);
    expect((await stateless.send(batch, { 'mcp-protocol-version': '2025-06-18' })).status).toBe(400);
  });
});

describe('over stdio', () => {
  let lines: LineWire;
  beforeEach(async () => {
    lines = await overLines(app);
  });
  const batches = () => lines.lines.filter((line) => line.startsWith('[')).map(list);

  // verifies 2025:9
  test('all answers to a batch are one line, sent with the last of them', async () => {
    await lines.initialize(OLD);
    lines.write([call(1, 'waits'), call(2, 'add', { a: 1, b: 2 }), cancel(9), 7, initialize(OLD, {}, 5)]);
    await lines.ask('ping', {}, 'later');
    expect(batches()).toEqual([]);
    release();
    await lines.until((message) => Array.isArray(message));
    expect(batches().map(told)).toEqual([
      [
        [2, '3'],
        [null, -32600],
        [5, -32600],
        [1, 'released'],
      ],
    ]);
  });

  // verifies 2025:23
  test('one that is cancelled does not keep the others waiting', async () => {
    await lines.initialize(OLD);
    lines.write([call(1, 'waits'), call(2, 'add', { a: 1, b: 2 })]);
    lines.write(cancel(1));
    await lines.until((message) => Array.isArray(message));
    expect(batches().map(told)).toEqual([[[2, '3']]]);
    release();
  });

  test('a batch of what wants no answer has none', async () => {
    await lines.initialize(OLD);
    const before = lines.lines.length;
    lines.write([cancel(9), { jsonrpc: '2.0', id: 'server-9', result: {} }]);
    await lines.ask('ping', {}, 'later');
    expect(lines.lines.length).toBe(before + 1);
  });

  test.each(['2025-11-25', '2025-06-18'])('%s has no batches', async (version) => {
    await lines.initialize(version);
    lines.write([call(1, 'add', { a: 1, b: 2 })]);
    const refused = await lines.until(({ error }) => error !== undefined);
    expect(refused).toMatchObject({ id: null, error: { code: -32600 } });
  });

  test('before initialize there is no revision with batches', async () => {
    lines.write([initialize(OLD, {}, 1)]);
    expect(await lines.until(({ error }) => error !== undefined)).toMatchObject({ error: { code: -32600 } });
  });
});
