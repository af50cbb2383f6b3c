import {
  Complete,
  createApp,
  inMemory,
  McpModule,
  Prompt,
  ProtocolError,
  Resource,
  Tool,
  UseMiddleware,
  type App,
  type Call,
  type HookName,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { initialize, META, overHttp, type WireMessage } from '../protocol/http-wire.js';
import { overLines } from '../protocol/line-wire.js';
import { WAYS, type Way } from './connect.js';

/** What a hook does with a call: each of them in its own name. */
type Doing = (call: Call, next: Next) => unknown;

const HOOKS: readonly HookName[] = [
  'onMessage',
  'onRequest',
  'onNotification',
  'onInitialize',
  'onDiscover',
  'onListTools',
  'onListResources',
  'onListResourceTemplates',
  'onListPrompts',
  'onCallTool',
  'onReadResource',
  'onGetPrompt',
  'onComplete',
  'onSubscribe',
  'onUnsubscribe',
  'onListen',
  'onSetLevel',
];

let events: string[] = [];

/** Writes down each of its hooks, and goes on unless told otherwise. */
function recorder(name: string, doing: Readonly<Partial<Record<HookName, Doing>>> = {}): MiddlewareHooks {
  const hooks = HOOKS.map((hook) => [
    hook,
    (call: Call, next: Next) => {
      events.push(`${name}.${hook}`);
      return doing[hook] ? doing[hook](call, next) : next();
    },
  ]);
  return Object.fromEntries(hooks) as MiddlewareHooks;
}

/** Goes on with every other message: those that open a connection pass the general hooks as well. */
const of =
  (method: string, doing: Doing): Doing =>
  (call, next) =>
    call.method === method ? doing(call, next) : next();

class Everything {
  @UseMiddleware(recorder('own')) @Tool() ping() {
    return 'pong';
  }
  @UseMiddleware(recorder('own')) @Resource('data://one') one() {
    return '1';
  }
  @UseMiddleware(recorder('own')) @Prompt() plan(city: string) {
    return city;
  }
  @Complete('plan', 'city') cities() {
    return ['Paris'];
  }
}

interface Operation {
  readonly method: string;
  readonly params?: object;
  readonly hook?: HookName;
  /** Only in one of the two eras. */
  readonly only?: Way['version'];
  /** Whether middleware of a method stands before it, too. */
  readonly own?: true;
}

const { params: INITIALIZE } = initialize() as { params: object };

const OPERATIONS: readonly Operation[] = [
  { method: 'tools/list', hook: 'onListTools' },
  { method: 'resources/list', hook: 'onListResources' },
  { method: 'resources/templates/list', hook: 'onListResourceTemplates' },
  { method: 'prompts/list', hook: 'onListPrompts' },
  { method: 'tools/call', params: { name: 'ping' }, hook: 'onCallTool', own: true },
  { method: 'resources/read', params: { uri: 'data://one' }, hook: 'onReadResource', own: true },
  {
    method: 'prompts/get',
    params: { name: 'plan', arguments: { city: 'x' } },
    hook: 'onGetPrompt',
    own: true,
  },
  {
    method: 'completion/complete',
    params: { ref: { type: 'ref/prompt', name: 'plan' }, argument: { name: 'city', value: '' } },
    hook: 'onComplete',
    own: true,
  },
  { method: 'initialize', params: INITIALIZE, hook: 'onInitialize', only: '2025-11-25' },
  { method: 'ping', only: '2025-11-25' },
  {
    method: 'resources/subscribe',
    params: { uri: 'data://one' },
    hook: 'onSubscribe',
    own: true,
    only: '2025-11-25',
  },
  {
    method: 'resources/unsubscribe',
    params: { uri: 'data://one' },
    hook: 'onUnsubscribe',
    own: true,
    only: '2025-11-25',
  },
  { method: 'logging/setLevel', params: { level: 'error' }, hook: 'onSetLevel', only: '2025-11-25' },
  { method: 'server/discover', hook: 'onDiscover', only: '2026-07-28' },
  {
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true } },
    hook: 'onListen',
    only: '2026-07-28',
  },
];

/** What some result of each method has. */
const ANYTHING = {
  protocolVersion: '2025-11-25',
  supportedVersions: ['2026-07-28'],
  tools: [],
  resources: [],
  resourceTemplates: [],
  prompts: [],
  content: [],
  contents: [],
  messages: [],
  completion: { values: [] },
};

/** A connection on which a test writes its messages by hand. */
interface Raw {
  ask(method: string, params?: object): Promise<WireMessage>;
  /** Sends a request whose answer nobody waits for. */
  begin(method: string, params?: object): Promise<unknown>;
  notify(method: string, params?: object): Promise<unknown>;
}

async function rawHttp(app: App, version: Way['version'], opened: boolean): Promise<Raw> {
  const wire = await overHttp(app);
  if (version === '2026-07-28') {
    return {
      ask: async (method, params) => (await wire.modern(method, params)).message,
      begin: (method, params) => wire.begin(method, params),
      notify: (method, params = {}) =>
        wire.send(
          { jsonrpc: '2.0', method, params: { ...params, _meta: META } },
          { 'mcp-protocol-version': version, 'mcp-method': method },
        ),
    };
  }
  const session = opened ? await wire.session() : undefined;
  const ask: Raw['ask'] = async (method, params = {}) =>
    (session ? await session.ask(method, params) : await wire.send({ jsonrpc: '2.0', id: 0, method, params }))
      .message;
  return { ask, begin: ask, notify: async (method, params) => session?.notify(method, params) };
}

async function rawStdio(app: App, version: Way['version'], opened: boolean): Promise<Raw> {
  const lines = await overLines(app);
  const modern = version === '2026-07-28';
  if (!modern && opened) await lines.initialize();
  let id = 100;
  return {
    ask: (method, params = {}) =>
      modern ? lines.modern(method, params, { id: id++ }) : lines.ask(method, params, id++),
    begin: (method, params = {}) => {
      lines.write({
        jsonrpc: '2.0',
        id: id++,
        method,
        params: { ...params, ...(modern && { _meta: META }) },
      });
      return new Promise((resolve) => setImmediate(resolve));
    },
    notify: (method, params = {}) => {
      lines.write({ jsonrpc: '2.0', method, params: { ...params, ...(modern && { _meta: META }) } });
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function rawMemory(app: App, version: Way['version'], opened: boolean): Promise<Raw> {
  const transport = inMemory();
  await app.serve(transport);
  const { client } = transport;
  await client.start();
  const waiting = new Map<unknown, (message: WireMessage) => void>();
  client.onmessage = (message: WireMessage) => {
    waiting.get(message.id)?.(message);
  };
  let id = 0;
  const meta = version === '2026-07-28' ? { _meta: META } : {};
  const send = (message: object): Promise<void> => client.send({ jsonrpc: '2.0', ...message } as never);
  const raw: Raw = {
    ask: (method, params = {}) =>
      new Promise((resolve) => {
        waiting.set(++id, resolve);
        void send({ id, method, params: { ...params, ...meta } });
      }),
    begin: async (method, params = {}) => {
      await send({ id: ++id, method, params: { ...params, ...meta } });
      await new Promise((resolve) => setImmediate(resolve));
    },
    notify: async (method, params = {}) => {
      await send({ method, params: { ...params, ...meta } });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  if (version === '2025-11-25' && opened) {
    await raw.ask('initialize', INITIALIZE);
    await raw.notify('notifications/initialized');
  }
  return raw;
}

const RAW = { http: rawHttp, stdio: rawStdio, memory: rawMemory } as const;

let app: App;
afterEach(() => app.close());

/** An app behind some middleware, and a connection to it that has been opened, unless it is to be. */
async function connect(way: Way, middleware: readonly MiddlewareHooks[], opened = true): Promise<Raw> {
  @McpModule({ name: 't', version: '1', handlers: [Everything], middleware })
  class Root {}
  app = createApp(Root, { logger: new RecordingLogger() });
  const raw = await RAW[way.over](app, way.version, opened);
  events = [];
  return raw;
}

const hooksOf = (name: string, kind: 'onRequest' | 'onNotification', hook?: HookName) =>
  ['onMessage', kind, ...(hook ? [hook] : [])].map((each) => `${name}.${each}`);

describe.each(WAYS)('over $over, in $version', (way) => {
  const operations = OPERATIONS.filter(({ only }) => !only || only === way.version);
  const known = ({ method }: Operation) => method !== 'initialize';

  test.each(operations)(
    '$method passes the hooks of each middleware in turn, from the general to its own',
    async (operation) => {
      const { method, params, hook, own } = operation;
      const raw = await connect(way, [recorder('A'), recorder('B')], known(operation));
      // What listens is answered when it is over.
      if (method === 'subscriptions/listen') await raw.begin(method, params);
      else expect((await raw.ask(method, params)).error).toBeUndefined();
      expect(events).toEqual([
        ...hooksOf('A', 'onRequest', hook),
        ...hooksOf('B', 'onRequest', hook),
        ...(own ? hooksOf('own', 'onRequest', hook) : []),
      ]);
    },
  );

  test.each(operations)('a hook before $method may answer by itself', async (operation) => {
    const { method, params, hook = 'onRequest' } = operation;
    const answer = { instead: method, ...ANYTHING };
    const outer = recorder('A', { [hook]: of(method, () => answer) });
    const raw = await connect(way, [outer, recorder('B')], known(operation));
    expect((await raw.ask(method, params)).result).toMatchObject({ instead: method });
    expect(events.filter((event) => event.startsWith('B'))).toEqual([]);
  });

  test.each(operations)('what a hook before $method throws is the answer', async (operation) => {
    const { method, params, hook = 'onRequest' } = operation;
    const throws = (): never => {
      throw new ProtocolError(4030, `no ${method}`, { by: 'A' });
    };
    const raw = await connect(
      way,
      [recorder('A', { [hook]: of(method, throws) }), recorder('B')],
      known(operation),
    );
    expect((await raw.ask(method, params)).error).toEqual({
      code: 4030,
      message: `no ${method}`,
      data: { by: 'A' },
    });
    expect(events.filter((event) => event.startsWith('B'))).toEqual([]);
  });

  test.each(operations.filter(({ method }) => method !== 'subscriptions/listen'))(
    'a hook before $method changes the call for those behind it, and the result on its way back',
    async (operation) => {
      const { method, params, hook = 'onRequest' } = operation;
      const seen: unknown[] = [];
      const changes: Doing = async (call, next) => {
        const result = (await next(call.with({ ...(call.params as object), changed: method }))) as object;
        return { ...result, replaced: method };
      };
      const looks: Doing = (call, next) => {
        seen.push((call.params as { changed?: unknown }).changed);
        return next();
      };
      const middleware = [
        recorder('A', { [hook]: of(method, changes) }),
        recorder('B', { [hook]: of(method, looks) }),
      ];
      const raw = await connect(way, middleware, known(operation));
      expect((await raw.ask(method, params)).result).toMatchObject({ replaced: method });
      expect(seen).toEqual([method]);
    },
  );

  test('methods nobody knows, and those of the other era, pass the general hooks', async () => {
    const raw = await connect(way, [recorder('A'), recorder('B')]);
    const general = [...hooksOf('A', 'onRequest'), ...hooksOf('B', 'onRequest')];
    const other = way.version === '2025-11-25' ? 'server/discover' : 'ping';
    for (const method of ['nowhere/to', other]) {
      events = [];
      expect((await raw.ask(method)).error).toMatchObject({ code: -32601 });
      expect(events).toEqual(general);
    }
  });

  test('a message whose parameters are wrong passes the hooks before it is refused', async () => {
    const raw = await connect(way, [recorder('A'), recorder('B')]);
    const wrong = [
      ['prompts/get', {}, 'onGetPrompt'],
      ['completion/complete', {}, 'onComplete'],
      ['tools/list', { cursor: 'nowhere' }, 'onListTools'],
    ] as const;
    for (const [method, params, hook] of wrong) {
      events = [];
      expect((await raw.ask(method, params)).error).toMatchObject({ code: -32602 });
      expect(events).toEqual([...hooksOf('A', 'onRequest', hook), ...hooksOf('B', 'onRequest', hook)]);
    }
  });

  test('what names nothing that is there passes the hooks of the server, and no others', async () => {
    const raw = await connect(way, [recorder('A')]);
    expect((await raw.ask('tools/call', { name: 'nope' })).error).toMatchObject({ code: -32602 });
    expect(events).toEqual(hooksOf('A', 'onRequest', 'onCallTool'));
  });

  test('notifications pass onMessage and onNotification, known or not', async () => {
    const raw = await connect(way, [recorder('A'), recorder('B')]);
    for (const method of [
      'notifications/cancelled',
      'notifications/roots/list_changed',
      'notifications/odd',
    ]) {
      events = [];
      await raw.notify(method, { requestId: 'none' });
      expect(events).toEqual([...hooksOf('A', 'onNotification'), ...hooksOf('B', 'onNotification')]);
    }
  });

  test('a notification that a hook does not pass on has no effect, and one that throws is not answered', async () => {
    const swallows: Doing = () => ({});
    const throws: Doing = () => {
      throw new Error('no');
    };
    const raw = await connect(way, [recorder('A', { onNotification: swallows }), recorder('B')]);
    await raw.notify('notifications/odd');
    expect(events).toEqual(hooksOf('A', 'onNotification'));
    await app.close();
    const other = await connect(way, [recorder('A', { onNotification: throws })]);
    await other.notify('notifications/odd');
    expect((await other.ask('tools/list')).error).toBeUndefined();
  });
});
