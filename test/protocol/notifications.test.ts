import {
  Components,
  Context,
  createApp,
  Injectable,
  McpModule,
  Prompt,
  Resource,
  resource,
  Tool,
  tool,
  type App,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import {
  events,
  LOG_LEVEL,
  META,
  overHttp,
  SUBSCRIPTION,
  type HttpWire,
  type WireMessage,
} from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

let late: Context | undefined;

@Injectable()
class Handler {
  constructor(private readonly components: Components) {}

  @Tool() async progress(ctx: Context) {
    for (const step of [1, 1, 0.5, 2.5, NaN, Infinity, 2, 3])
      await ctx.reportProgress(step, 3, `step ${step}`);
    late = ctx;
    return 'done';
  }
  @Tool() async logs(ctx: Context) {
    for (const level of ['debug', 'info', 'warning', 'emergency'] as const)
      await ctx.log(level, { level }, 'tool');
    return 'done';
  }
  @Tool() quiet() {
    return 'quiet';
  }
  @Tool() touch(uri: string) {
    this.components.updated(uri);
  }
  @Prompt() greet() {
    return 'Greet.';
  }
  @Resource('data://watched') watched() {
    return 'watched';
  }
}

@McpModule({ name: 'telling', version: '1', handlers: [Handler] })
class TellingModule {}

let app: App;
let wire: HttpWire;
let lines: LineWire;

beforeEach(async () => {
  app = createApp(TellingModule, { logger: new RecordingLogger() });
  wire = await overHttp(app);
  lines = await overLines(app);
});
afterEach(() => app.close());

const methods = (messages: readonly WireMessage[]) => messages.map(({ method, id }) => method ?? id);

describe('progress', () => {
  // verifies 2026:61 2026:28 2026:29 2025:24 2025:13
  test('is told on the stream of its request, with its token, only as it grows, and before the answer', async () => {
    const session = await wire.session();
    for (const token of ['token', 0, -3]) {
      const meta = { progressToken: token };
      for (const { messages } of [
        await wire.modern('tools/call', { name: 'progress' }, { meta }),
        await session.ask('tools/call', { name: 'progress', _meta: meta }, { id: 7 }),
      ]) {
        expect(messages.slice(0, -1)).toEqual(
          [1, 2.5, 3].map((progress) => ({
            jsonrpc: '2.0',
            method: 'notifications/progress',
            params: { progressToken: token, progress, total: 3, message: `step ${progress}` },
          })),
        );
        expect(messages.at(-1)).toMatchObject({ id: 7 });
      }
    }
  });

  // verifies 2026:61
  test.each([undefined, null, {}, 1.5, true, 2 ** 53])(
    'with the token %p, which is none or cannot be told from others, nothing is told',
    async (progressToken) => {
      const { headers, messages } = await wire.modern(
        'tools/call',
        { name: 'progress' },
        { meta: { progressToken } },
      );
      expect(headers.get('content-type')).toMatch('application/json');
      expect(messages).toHaveLength(1);
    },
  );

  // verifies 2026:61 2025:24
  test('ends with the answer', async () => {
    await lines.modern('tools/call', { name: 'progress' }, { meta: { progressToken: 'p' } });
    const told = lines.lines.length;
    await late?.reportProgress(100);
    await late?.info('late');
    await lines.modern('tools/call', { name: 'quiet' }, { id: 8 });
    expect(lines.lines.length).toBe(told + 1);
  });
});

describe('log messages', () => {
  const levels = (messages: readonly WireMessage[]) =>
    messages
      .filter(({ method }) => method === 'notifications/message')
      .map(({ params }) => params.level as string);

  // verifies 2026:81
  test('2026-07-28: only a request that names a level hears any, from that level on', async () => {
    const heard = async (level?: string) => {
      const meta = level === undefined ? {} : { [LOG_LEVEL]: level };
      return levels((await wire.modern('tools/call', { name: 'logs' }, { meta })).messages);
    };
    expect(await heard()).toEqual([]);
    expect(await heard('debug')).toEqual(['debug', 'info', 'warning', 'emergency']);
    expect(await heard('warning')).toEqual(['warning', 'emergency']);
  });

  // verifies 2025:28
  test('the older era: a session hears from the level it has set', async () => {
    const session = await wire.session();
    const heard = async () => levels((await session.ask('tools/call', { name: 'logs' })).messages);
    expect((await session.ask('logging/setLevel', { level: 'warning' })).message.result).toEqual({});
    expect(await heard()).toEqual(['warning', 'emergency']);
    expect((await session.ask('logging/setLevel', { level: 'loud' })).message.error?.code).toBe(-32602);
    expect(await heard()).toEqual(['warning', 'emergency']);
  });

  // verifies 2026:81 2026:29
  test('are told on the stream of the request that asked for them, and on no other', async () => {
    const listening = await wire.begin(
      'subscriptions/listen',
      { notifications: { toolsListChanged: true } },
      { meta: { [LOG_LEVEL]: 'debug' } },
    );
    const heard = events(listening);
    await heard.next();
    const other = wire.modern('tools/call', { name: 'quiet' }, { meta: { [LOG_LEVEL]: 'debug' } });
    const own = await wire.modern(
      'tools/call',
      { name: 'logs' },
      { meta: { [LOG_LEVEL]: 'debug', progressToken: 'p' } },
    );
    expect(levels(own.messages)).toHaveLength(4);
    expect((await other).messages).toHaveLength(1);
    app.disable({ names: ['quiet'] });
    expect((await heard.next()).value).toMatchObject({ method: 'notifications/tools/list_changed' });
    await listening.body?.cancel().catch(() => undefined);
  });
});

describe('streams', () => {
  // verifies 2026:28 2026:30
  test('are not held back by what stands between, and end with the answer', async () => {
    const { headers, messages } = await wire.modern(
      'tools/call',
      { name: 'progress' },
      { meta: { progressToken: 1 } },
    );
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(methods(messages)).toEqual([...Array<string>(3).fill('notifications/progress'), 7]);
  });

  // verifies 2026:41
  test('what is told has no line breaks that could end an event, or a line', async () => {
    const text = 'a\n\nevent: x\ndata: {}\r\n\u2028\u2029';
    app.add(tool({ name: 'breaks', run: async (_, ctx) => (await ctx.info(text), text) }));
    const meta = { [LOG_LEVEL]: 'info' };
    const { messages } = await wire.modern('tools/call', { name: 'breaks' }, { meta });
    expect(messages).toHaveLength(2);
    expect(messages[0]?.params.data).toBe(text);
    expect(messages[1]?.result.content[0].text).toBe(text);
    const answer = await lines.modern('tools/call', { name: 'breaks' }, { meta });
    expect(answer.result.content[0].text).toBe(text);
    expect(lines.lines).toHaveLength(2);
  });
});

describe('subscriptions', () => {
  const FILTER = { toolsListChanged: true, resourceSubscriptions: ['data://watched', 'data://nowhere'] };
  const listen = (id: string | number, notifications: unknown) => {
    lines.write({
      jsonrpc: '2.0',
      id,
      method: 'subscriptions/listen',
      params: { notifications, _meta: META },
    });
  };
  const of = (id: string | number) =>
    lines.messages.filter(({ params, result }) => (params?._meta ?? result?._meta)?.[SUBSCRIPTION] === id);

  // verifies 2026:55 2026:14
  test('the first that is told is what is honoured of the filter, with the name of the subscription', async () => {
    const response = await wire.begin(
      'subscriptions/listen',
      { notifications: { ...FILTER, unknown: true } },
      { id: 'sub' },
    );
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const heard = events(response);
    expect((await heard.next()).value).toEqual({
      jsonrpc: '2.0',
      method: 'notifications/subscriptions/acknowledged',
      params: {
        notifications: { toolsListChanged: true, resourceSubscriptions: ['data://watched'] },
        _meta: { [SUBSCRIPTION]: 'sub' },
      },
    });
    app.disable({ names: ['quiet'] });
    expect((await heard.next()).value).toEqual({
      jsonrpc: '2.0',
      method: 'notifications/tools/list_changed',
      params: { _meta: { [SUBSCRIPTION]: 'sub' } },
    });
    await response.body?.cancel().catch(() => undefined);
  });

  // verifies 2026:14 2026:56 2026:69 2026:73 2026:78
  test('each hears what it has asked for, and nothing else', async () => {
    listen(1, FILTER);
    listen(2, { promptsListChanged: true });
    listen(3, { resourcesListChanged: true, toolsListChanged: false });
    listen(4, {});
    app.disable({ names: ['quiet', 'greet'] });
    await lines.modern('tools/call', { name: 'touch', arguments: { uri: 'data://watched' } });
    await lines.modern('tools/call', { name: 'touch', arguments: { uri: 'data://nowhere' } }, { id: 8 });
    app.disable({ names: ['watched'] });
    await lines.modern('tools/list', {}, { id: 9 });
    const ack = 'notifications/subscriptions/acknowledged';
    expect([1, 2, 3, 4].map((id) => methods(of(id)))).toEqual([
      [ack, 'notifications/resources/updated', 'notifications/tools/list_changed'],
      [ack, 'notifications/prompts/list_changed'],
      [ack, 'notifications/resources/list_changed'],
      [ack],
    ]);
    expect(of(1)[1]?.params).toMatchObject({ uri: 'data://watched' });
  });

  // verifies 2026:55
  test.each([
    undefined,
    'x',
    { resourceSubscriptions: 'x' },
    { resourceSubscriptions: [7] },
    { resourceSubscriptions: Array<string>(1001).fill('x') },
  ])('a filter that is %p is refused', async (notifications) => {
    listen('wrong', notifications);
    expect((await lines.answer('wrong')).error?.code).toBe(-32602);
    expect(of('wrong')).toEqual([]);
  });

  // verifies 2026:57 2026:58
  test('when the server ends them, each has its result, over stdio its cancellation as well, and nothing else is cancelled', async () => {
    listen(1, { toolsListChanged: true });
    const response = await wire.begin(
      'subscriptions/listen',
      { notifications: { toolsListChanged: true } },
      { id: 'sub' },
    );
    const heard = events(response);
    await heard.next();
    await app.close();
    const result = { resultType: 'complete', _meta: { [SUBSCRIPTION]: 'sub' } };
    expect((await heard.next()).value).toMatchObject({ id: 'sub', result });
    expect((await heard.next()).done).toBe(true);
    expect(lines.messages.slice(1)).toMatchObject([
      { id: 1, result: { resultType: 'complete', _meta: { [SUBSCRIPTION]: 1 } } },
      { method: 'notifications/cancelled', params: { requestId: 1 } },
    ]);
  });

  // verifies 2026:56 2026:59
  test('one that is cancelled hears nothing more, not even that it has ended', async () => {
    listen(1, { toolsListChanged: true });
    lines.write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, _meta: META } });
    app.disable({ names: ['quiet'] });
    await lines.modern('tools/list');
    expect(methods(lines.messages)).toEqual(['notifications/subscriptions/acknowledged', 7]);
  });

  // verifies 2026:31
  test('one whose client has left is forgotten', async () => {
    const leaving = new AbortController();
    const response = await wire.begin(
      'subscriptions/listen',
      { notifications: FILTER },
      { signal: leaving.signal },
    );
    await events(response).next();
    expect(app.counts().listeners).toBe(1);
    leaving.abort();
    while (app.counts().listeners > 0) await new Promise(setImmediate);
  });

  // verifies 2025:27 2025:25
  test('the older era: a session watches single resources, and hears of every list unasked', async () => {
    await lines.initialize();
    expect((await lines.ask('resources/subscribe', { uri: 'data://watched' }, 2)).result).toEqual({});
    expect((await lines.ask('resources/subscribe', { uri: 'data://nowhere' }, 3)).error?.code).toBe(-32002);
    expect((await lines.ask('resources/subscribe', {}, 4)).error?.code).toBe(-32602);
    app.updated('data://watched');
    app.disable({ names: ['quiet'] });
    await lines.ask('resources/unsubscribe', { uri: 'data://watched' }, 5);
    app.updated('data://watched');
    await lines.ask('ping', {}, 6);
    const told = lines.messages.filter(({ method }) => method !== undefined);
    expect(told).toEqual([
      { jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: 'data://watched' } },
      { jsonrpc: '2.0', method: 'notifications/tools/list_changed', params: {} },
    ]);
  });

  test('a session watches a thousand resources at most', async () => {
    app.add(
      ...Array.from({ length: 1001 }, (_, i) =>
        resource({ name: `r${i}`, uri: `data://${i}`, run: () => i }),
      ),
    );
    await lines.initialize();
    for (let i = 0; i < 1000; i++)
      lines.write({ jsonrpc: '2.0', id: i, method: 'resources/subscribe', params: { uri: `data://${i}` } });
    expect((await lines.ask('resources/subscribe', { uri: 'data://1000' }, 'last')).error?.code).toBe(-32602);
    expect((await lines.ask('resources/subscribe', { uri: 'data://7' }, 'again')).error).toBeUndefined();
  });
});
