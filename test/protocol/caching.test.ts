import {
  Context,
  createApp,
  FrameworkError,
  McpModule,
  Prompt,
  Resource,
  resource,
  Tool,
  type App,
  type CacheHint,
  type MiddlewareHooks,
  type ModuleOptions,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { overHttp, type HttpWire } from './http-wire.js';

class Handler {
  @Tool() one() {
    return 1;
  }
  @Tool() two() {
    return 2;
  }
  @Prompt() greet() {
    return 'Greet.';
  }
  @Resource('data://plain') plain() {
    return 'plain';
  }
  @Resource('data://kept', { cache: { ttlMs: 60_000, scope: 'public' } }) kept() {
    return 'kept';
  }
  @Resource('data://own/{id}', { cache: { ttlMs: 5000 } }) own(id: string) {
    return id;
  }
  @Resource('data://asks', { cache: { ttlMs: 60_000, scope: 'public' } }) async asks(ctx: Context) {
    return (await ctx.elicit('Which?', String)).action;
  }
}

const CHANGES_LISTS: MiddlewareHooks = {
  onListTools: async (call, next) => {
    const result = await next();
    // Only the first page is changed.
    return call.params.cursor === undefined ? { ...result, tools: [] } : result;
  },
};
const WATCHES: MiddlewareHooks = { onMessage: (_call, next) => next() };

let app: App;
afterEach(() => app.close());

function serve(options: Partial<ModuleOptions> = {}): Promise<HttpWire> {
  @McpModule({ name: 'caching', version: '1', handlers: [Handler], ...options })
  class Root {}
  app = createApp(Root, { logger: new RecordingLogger() });
  return overHttp(app);
}

const LISTS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list', 'server/discover'];
const hints = async (wire: HttpWire, method: string, params: object = {}) => {
  const { message } = await wire.modern(method, params);
  return [message.result.ttlMs, message.result.cacheScope] as unknown[];
};

// verifies 2026:79 2026:20
test('lists and discovery are not kept unless the module says for how long, and may be shared as they are the same for all', async () => {
  const wire = await serve();
  for (const method of LISTS) expect(await hints(wire, method)).toEqual([0, 'public']);
  await app.close();
  const patient = await serve({ listTtlMs: 60_000 });
  for (const method of LISTS) expect(await hints(patient, method)).toEqual([60_000, 'public']);
});

// verifies 2026:79
test('what is read is kept as its resource or its template says, and by nobody otherwise', async () => {
  const wire = await serve({ listTtlMs: 1000 });
  expect(await hints(wire, 'resources/read', { uri: 'data://plain' })).toEqual([0, 'private']);
  expect(await hints(wire, 'resources/read', { uri: 'data://kept' })).toEqual([60_000, 'public']);
  expect(await hints(wire, 'resources/read', { uri: 'data://own/7' })).toEqual([5000, 'private']);
  app.add(resource({ name: 'late', uri: 'data://late', cache: { ttlMs: 1 }, run: () => 'late' }));
  expect(await hints(wire, 'resources/read', { uri: 'data://late' })).toEqual([1, 'private']);
});

// verifies 2026:79
test('a question has no hints, and what is read with the answer to it is kept by nobody', async () => {
  const wire = await serve();
  const meta = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } };
  const asked = await wire.modern('resources/read', { uri: 'data://asks' }, { meta });
  expect(asked.message.result).toMatchObject({ resultType: 'input_required' });
  expect(asked.message.result).not.toHaveProperty('ttlMs');
  expect(asked.message.result).not.toHaveProperty('cacheScope');
  const { inputRequests, requestState } = asked.message.result as {
    inputRequests: object;
    requestState: string;
  };
  const inputResponses = { [Object.keys(inputRequests)[0] ?? '']: { action: 'decline' } };
  const read = await wire.modern(
    'resources/read',
    { uri: 'data://asks', requestState, inputResponses },
    { meta },
  );
  expect(read.message.result).toMatchObject({
    ttlMs: 0,
    cacheScope: 'private',
    contents: [{ text: 'decline' }],
  });
});

// verifies 2026:80
test('all pages of a list have one scope, also where middleware changes only some of them', async () => {
  const wire = await serve({ pageSize: 1, middleware: [CHANGES_LISTS], listTtlMs: 10 });
  const first = await wire.modern('tools/list');
  expect(first.message.result).toMatchObject({ tools: [], cacheScope: 'private', ttlMs: 10 });
  const second = await wire.modern('tools/list', { cursor: first.message.result.nextCursor });
  expect(second.message.result).toMatchObject({ tools: [{ name: 'two' }], cacheScope: 'private', ttlMs: 10 });
  expect(await hints(wire, 'prompts/list')).toEqual([10, 'public']);
});

test('middleware that only watches leaves lists to everybody', async () => {
  const wire = await serve({ middleware: [WATCHES] });
  expect(await hints(wire, 'tools/list')).toEqual([0, 'public']);
});

// verifies 2026:79
test('no other result has hints', async () => {
  const wire = await serve({ listTtlMs: 1000 });
  for (const [method, name] of [
    ['tools/call', 'one'],
    ['prompts/get', 'greet'],
  ] as const)
    expect((await wire.modern(method, { name })).message.result).not.toHaveProperty('ttlMs');
});

// verifies 2025:6
test('the older era hears of no hints', async () => {
  const session = await (await serve({ listTtlMs: 1000 })).session();
  for (const [method, params] of [
    ['tools/list', {}],
    ['resources/read', { uri: 'data://kept' }],
  ] as const) {
    const { message } = await session.ask(method, params);
    for (const field of ['ttlMs', 'cacheScope', 'resultType', '_meta'])
      expect(message.result).not.toHaveProperty(field);
  }
});

// verifies 2026:79
test.each<[CacheHint]>([
  [{ ttlMs: -1 }],
  [{ ttlMs: 1.5 }],
  [{ ttlMs: NaN }],
  [{ ttlMs: 1, scope: 'all' as never }],
])('%p is a mistake of the author', (cache) => {
  class Bad {
    @Resource('data://bad', { cache }) bad() {
      return '';
    }
  }
  @McpModule({ name: 'bad', version: '1', handlers: [Bad], listTtlMs: cache.ttlMs })
  class Root {}
  const told = (() => {
    try {
      return createApp(Root);
    } catch (error) {
      return error;
    }
  })() as FrameworkError;
  expect(told.errors.map(({ code }) => code)).toContain('ERR_CACHE_HINT');
  expect(told.message).toContain('Bad.bad()');
  return serve();
});
