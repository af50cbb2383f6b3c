import {
  Arg,
  createApp,
  McpModule,
  Middleware,
  Tool,
  use,
  UseMiddleware,
  type App,
  type Call,
  type Component,
  type Constructor,
  type MiddlewareHooks,
  type MiddlewareListing,
  type Next,
} from '@tenon/core';
import { ResponseCaching } from '@tenon/core/middleware';
import { RecordingLogger } from '@tenon/testing';
import { META, overHttp, type Answered, type HttpWire } from './http-wire.js';

class Tools {
  @Tool({ tags: ['admin'], annotations: { readOnlyHint: true } }) region(
    @Arg('region', { header: 'Region' }) region: string,
  ) {
    return region;
  }
}

let events: string[] = [];
beforeEach(() => {
  events = [];
});

/** What a request says of its sender: there is no authorization to ask. */
const roleOf = ({ context }: Call) => context.http?.headers['x-role'];

/** Fetches, as from a database, what its rule goes by. */
function rights(): new () => MiddlewareHooks {
  @Middleware()
  class Rights {
    readonly #admins = new WeakSet<object>();
    async onRequest(call: Call, next: Next) {
      await Promise.resolve();
      events.push('rights');
      if (roleOf(call) === 'admin') this.#admins.add(call.context);
      return next();
    }
    visible({ tags }: Component, { context }: Call) {
      return !tags.has('admin') || this.#admins.has(context);
    }
  }
  return Rights;
}

const journal = (name: string): MiddlewareHooks => ({
  onMessage: (_call, next) => {
    events.push(`${name}.onMessage`);
    return next();
  },
  onCallTool: async (call, next) => {
    events.push(`${name}.onCallTool ${call.component?.name}`);
    try {
      return await next();
    } finally {
      events.push(`/${name}.onCallTool ${call.component?.name}`);
    }
  },
});

let app: App;
let wire: HttpWire;
afterEach(() => app.close());

async function serve(middleware: readonly MiddlewareListing[], handlers: readonly Constructor[] = [Tools]) {
  @McpModule({ name: 't', version: '1', handlers: handlers as never, middleware })
  class Root {}
  app = createApp(Root, { logger: new RecordingLogger() });
  wire = await overHttp(app);
}

/** Calls a tool with an argument, and a header that says something else. */
const wrong = (
  role: string,
  name = 'region',
  headers: Record<string, string> = { 'mcp-param-region': 'us' },
) =>
  wire.modern(
    'tools/call',
    { name, arguments: { region: 'eu' } },
    { headers: { 'x-role': role, ...headers } },
  );
const right = (role: string) => wrong(role, 'region', { 'mcp-param-region': 'eu' });

/** All of an answer that a client can tell from another, but the name it has sent itself. */
const told = ({ status, headers, text }: Answered) => ({
  status,
  headers: Object.fromEntries([...headers].filter(([name]) => name !== 'date' && name !== 'content-length')),
  text: text.replaceAll('regiom', 'region'),
});

/** Goes by what is there from the start. */
const byHeader: MiddlewareHooks = {
  visible: ({ tags }, call) => !tags.has('admin') || roleOf(call) === 'admin',
};

const ORDERS: readonly (readonly [string, () => readonly MiddlewareListing[]])[] = [
  ['alone', () => [rights()]],
  ['outermost', () => [rights(), journal('A')]],
  ['innermost', () => [journal('A'), rights()]],
  ['inside of a cache', () => [use(ResponseCaching, {}), journal('A'), byHeader]],
  ['that goes by the call alone', () => [journal('A'), byHeader]],
  ['between others', () => [journal('A'), rights(), use(ResponseCaching, {}), journal('B')]],
];

test.each(ORDERS)(
  'wrong headers for a tool that is hidden are answered as an unknown tool is, and pass the same hooks: the rule %s',
  async (_, middleware) => {
    await serve(middleware());
    const unknown = await wrong('nobody', 'regiom');
    const before = events.splice(0);
    for (const headers of [{ 'mcp-param-region': 'us' }, {}]) {
      const hidden = await wrong('nobody', 'region', headers as Record<string, string>);
      expect(hidden.message.error).toMatchObject({ code: -32602, message: "Unknown tool: 'region'" });
      expect(told(hidden)).toEqual(told(unknown));
      expect(events.splice(0)).toEqual(before);
    }
  },
);

test.each(ORDERS)(
  'wrong headers for a tool that is seen are 400 and -32020, and it is not called: the rule %s',
  async (_, middleware) => {
    await serve(middleware());
    expect((await right('admin')).message.result.content[0].text).toBe('eu');
    const { status, message } = await wrong('admin');
    expect(status).toBe(400);
    expect(message).toMatchObject({
      id: 7,
      error: { code: -32020, message: 'The header mcp-param-region does not say what the body says' },
    });
    expect((await wrong('admin', 'region', {})).message.error?.code).toBe(-32020);
  },
);

test('what answers in place of a tool does not answer first', async () => {
  const answers: MiddlewareHooks = { onCallTool: () => ({ content: [{ type: 'text', text: 'kept' }] }) };
  await serve([rights(), answers]);
  expect((await right('admin')).message.result.content[0].text).toBe('kept');
  expect((await wrong('admin')).message.error?.code).toBe(-32020);
});

test('a rule of a class, and one that is added while the server runs, are asked as well', async () => {
  @UseMiddleware(byHeader)
  class Guarded extends Tools {}
  await serve([journal('A')], [Guarded]);
  expect((await wrong('nobody')).message.error?.code).toBe(-32602);
  expect((await wrong('admin')).message.error?.code).toBe(-32020);
  await app.close();

  await serve([]);
  expect((await wrong('nobody')).message.error?.code).toBe(-32020);
  app.use(byHeader);
  expect((await wrong('nobody')).message.error?.code).toBe(-32602);
  expect((await wrong('admin')).message.error?.code).toBe(-32020);
});

test('where nobody hides anything, wrong headers reach no middleware', async () => {
  await serve([journal('A')]);
  expect((await wrong('nobody')).status).toBe(400);
  expect(events).toEqual([]);
});

test('what a hook asks its own server meanwhile has no fault', async () => {
  const asked: unknown[] = [];
  const asks: MiddlewareHooks = {
    onRequest: async ({ context }, next) => {
      if (asked.length === 0) {
        asked.push('');
        asked.push(await context.callTool('region', { region: 'own' }));
      }
      return next();
    },
  };
  await serve([asks, byHeader]);
  expect((await wrong('admin')).message.error?.code).toBe(-32020);
  expect(asked[1]).toMatchObject({ content: [{ text: 'own' }] });
});

test('a notification that is named like a call is nobody’s, whatever its headers say', async () => {
  await serve([byHeader]);
  for (const name of ['region', 'regiom']) {
    const params = { name, arguments: { region: 'eu' }, _meta: META };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-param-region': 'us' };
    expect((await wire.send({ jsonrpc: '2.0', method: 'tools/call', params }, headers)).status).toBe(202);
  }
});
