import {
  Complete,
  Components,
  createApp,
  Injectable,
  McpModule,
  Middleware,
  Principal,
  Prompt,
  Resource,
  Tool,
  UseMiddleware,
  type App,
  type Call,
  type Component,
  type Constructor,
  type MiddlewareHooks,
  type MiddlewareListing,
  type Next,
  type Varies,
} from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';
import { CAPABILITIES, overHttp, type Answered } from '../../../../test/protocol/http-wire.js';

class Everything {
  @Tool() open() {
    return 'open';
  }
  @Tool({ tags: ['admin'] }) reset() {
    return 'reset';
  }
  @Resource('data://open') data() {
    return 'open';
  }
  @Resource('data://secret', { tags: ['admin'], cache: { ttlMs: 1000, scope: 'public' } }) secret() {
    return 'secret';
  }
  @Resource('data://{id}/rows', { tags: ['admin'] }) rows(id: string) {
    return id;
  }
  @Prompt({ tags: ['admin'] }) plan(city: string) {
    return city;
  }
  @Complete('plan', 'city') cities() {
    return ['Paris'];
  }
}

const admin = new Principal({ issuer: 'i', subject: 'root', scopes: ['admin'] });
const user = new Principal({ issuer: 'i', subject: 'u' });

function module(
  middleware: readonly MiddlewareListing[],
  handlers: readonly Constructor[] = [Everything],
): Constructor {
  @McpModule({ name: 't', version: '1', handlers: handlers as never, middleware, listTtlMs: 1000 })
  class Root {}
  return Root;
}

let asked: string[] = [];
beforeEach(() => {
  asked = [];
});

function onlyAdmins(varies?: Varies): Constructor<MiddlewareHooks> {
  @Middleware(varies ? { varies } : {})
  class OnlyAdmins {
    visible(component: Component, call: Call) {
      asked.push(component.id);
      return !component.tags.has('admin') || (call.context.principal?.scopes.includes('admin') ?? false);
    }
  }
  return OnlyAdmins;
}

const listing = (cls: Constructor<MiddlewareHooks>) => cls as new () => MiddlewareHooks;

test.each(['2025-11-25', '2026-07-28'] as const)(
  'on %s what is not visible is in no list, and is not there for whoever uses it',
  async (version) => {
    await using server = await createTestServer(module([listing(onlyAdmins())]));
    const client = await server.connect(version, { principal: user });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['open']);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual(['data://open']);
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
    expect((await client.listPrompts()).prompts).toEqual([]);
    const notFound = version === '2025-11-25' ? -32002 : -32602;
    await expect(client.callTool({ name: 'reset' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining("Unknown tool: 'reset'") as string,
    });
    await expect(client.readResource({ uri: 'data://secret' })).rejects.toMatchObject({ code: notFound });
    await expect(client.readResource({ uri: 'data://1/rows' })).rejects.toMatchObject({ code: notFound });
    await expect(client.getPrompt({ name: 'plan' })).rejects.toMatchObject({ code: -32602 });
    const ref = { type: 'ref/prompt', name: 'plan' } as const;
    await expect(client.complete({ ref, argument: { name: 'city', value: '' } })).rejects.toMatchObject({
      code: -32602,
    });

    const root = await server.connect(version, { principal: admin });
    expect((await root.listTools()).tools).toHaveLength(2);
    expect((await root.callTool({ name: 'reset' })).content).toEqual([{ type: 'text', text: 'reset' }]);
    expect((await root.complete({ ref, argument: { name: 'city', value: '' } })).completion.values).toEqual([
      'Paris',
    ]);
  },
);

test('what may not be seen cannot be watched either', async () => {
  await using server = await createTestServer(module([listing(onlyAdmins())]));
  const client = await server.connect('2025-11-25', { principal: user });
  await expect(client.subscribeResource({ uri: 'data://secret' })).rejects.toMatchObject({ code: -32002 });
  await client.subscribeResource({ uri: 'data://open' });
});

test('only what a message names is asked about, and a list once', async () => {
  const app = createApp(module([listing(onlyAdmins())]));
  await app.callTool('open');
  expect(asked).toEqual(['open']);
  asked = [];
  await app.listTools();
  expect(asked).toEqual(['open', 'reset']);
  await app.close();
});

test('on a class or a method it is asked about the components of that class or method only', async () => {
  const Never = listing(
    (() => {
      @Middleware()
      class Never {
        visible(component: Component) {
          asked.push(component.id);
          return false;
        }
      }
      return Never;
    })(),
  );
  class Other {
    @UseMiddleware(Never) @Tool() hidden() {
      return '';
    }
    @Tool() shown() {
      return '';
    }
  }
  const app = createApp(module([], [Everything, Other]));
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['open', 'reset', 'shown']);
  await expect(app.callTool('hidden')).rejects.toMatchObject({ code: -32602 });
  expect(new Set(asked)).toEqual(new Set(['hidden']));
  await app.close();
});

test('where several have a say, all must agree', async () => {
  const none: MiddlewareHooks = { visible: (component) => component.name !== 'open' };
  const app = createApp(module([listing(onlyAdmins()), none]));
  expect((await app.listTools({ principal: admin })).map(({ name }) => name)).toEqual(['reset']);
  expect(await app.listTools({ principal: user })).toEqual([]);
  await app.close();
});

test('what is hidden does not stand in the way of a template that has its URI as well', async () => {
  class Both {
    @Resource('data://{id}') any(id: string) {
      return `any ${id}`;
    }
  }
  const hidden: MiddlewareHooks = { visible: (component) => component.id !== 'data://open' };
  const app = createApp(module([hidden], [Everything, Both]));
  expect((await app.readResource('data://open')).contents).toMatchObject([{ text: 'any open' }]);
  await app.close();
});

describe('what it varies by', () => {
  const lists = async (app: App, principal: Principal) =>
    (await app.listTools({ principal })).map(({ name }) => name);
  const scopeOf = async (app: App, method: string, params: object = {}) => {
    const endpoint = await app.start();
    const { LocalExchange } = await import('../../src/server/local-exchange.js');
    const outcome = await endpoint.dispatch(
      { jsonrpc: '2.0', id: 1, method, params: params as never },
      new LocalExchange({ principal: admin }),
    );
    const result =
      outcome.is === 'json' ? (JSON.parse(outcome.text) as object) : 'value' in outcome && outcome.value;
    return (result as { cacheScope?: string }).cacheScope;
  };

  test.each([
    ['call', 'private'],
    ['session', 'private'],
    ['principal', 'private'],
    ['never', 'public'],
  ] as const)('%s: lists, and what of them is readable, are %s', async (varies, scope) => {
    @Middleware({ varies })
    class Rule {
      visible() {
        return true;
      }
    }
    const app = createApp(module([Rule]));
    expect(await scopeOf(app, 'tools/list')).toBe(scope);
    // What the author would share is shared only where everybody sees it.
    expect(await scopeOf(app, 'resources/read', { uri: 'data://secret' })).toBe(scope);
    await app.close();
  });

  test('principal: asked once for each, until components or rights change', async () => {
    const app = createApp(module([listing(onlyAdmins('principal'))]));
    expect(await lists(app, user)).toEqual(['open']);
    expect(await lists(app, admin)).toEqual(['open', 'reset']);
    const before = asked.length;
    expect(await lists(app, user)).toEqual(['open']);
    await expect(app.callTool('reset', {}, { principal: user })).rejects.toMatchObject({ code: -32602 });
    await app.callTool('reset', {}, { principal: admin });
    expect(asked).toHaveLength(before);
    app.get(Components).changed();
    expect(await lists(app, user)).toEqual(['open']);
    expect(asked.length).toBeGreaterThan(before);
    await app.close();
  });

  test('session: what a client says of itself, also where there is no session to keep it by', async () => {
    @Middleware({ varies: 'session' })
    class ByClient {
      visible({ tags, id }: Component, { context }: Call) {
        asked.push(id);
        return !tags.has('admin') || context.client.capabilities.elicitation !== undefined;
      }
    }
    await using server = await createTestServer(module([ByClient]));
    const wire = await overHttp(server.app);
    const names = ({ message }: Answered) =>
      (message.result.tools as { name: string }[]).map(({ name }) => name);
    for (const [capabilities, seen] of [
      [{}, ['open']],
      [{ elicitation: {} }, ['open', 'reset']],
      [{}, ['open']],
    ] as const) {
      const session = await wire.session('2025-11-25', capabilities);
      expect(names(await session.ask('tools/list'))).toEqual(seen);
      asked = [];
      expect(names(await session.ask('tools/list'))).toEqual(seen);
      expect(asked).toEqual([]);
      const meta = { [CAPABILITIES]: capabilities };
      expect(names(await wire.modern('tools/list', {}, { meta }))).toEqual(seen);
    }
  });

  test('clients are told when rights have changed', async () => {
    await using server = await createTestServer(module([listing(onlyAdmins('principal'))]));
    const client = await server.connect('2025-11-25');
    const told: string[] = [];
    client.fallbackNotificationHandler = ({ method }) => Promise.resolve(void told.push(method));
    server.app.get(Components).changed();
    await client.ping();
    expect(new Set(told)).toEqual(
      new Set([
        'notifications/tools/list_changed',
        'notifications/resources/list_changed',
        'notifications/prompts/list_changed',
      ]),
    );
  });
});

test('an instance that lives for one message knows what onRequest has fetched for it', async () => {
  @Injectable({ lifetime: 'request' })
  @Middleware()
  class Rights {
    #admin = false;
    async onRequest(call: Call, next: Next) {
      await Promise.resolve();
      this.#admin = call.context.principal?.scopes.includes('admin') ?? false;
      return next();
    }
    visible({ tags }: Component) {
      return this.#admin || !tags.has('admin');
    }
  }
  const app = createApp(module([Rights]));
  expect(await app.listTools({ principal: user })).toHaveLength(1);
  expect(await app.listTools({ principal: admin })).toHaveLength(2);
  await app.close();
});

describe('whoever looks for a component before it is known who sees it', () => {
  const looks: MiddlewareHooks = {
    onMessage: (call, next) => {
      void call.component;
      return next();
    },
    onCallTool: async (call, next) => {
      void call.component;
      const result = await next();
      asked.push(`behind: ${call.component?.name}`);
      return result;
    },
  };

  /** Fetches what it goes by; until then it hides what nobody has allowed, or shows what nobody has forbidden. */
  function fetches(unless: boolean, varies: Varies): Constructor<MiddlewareHooks> {
    @Middleware({ varies })
    class Fetches {
      readonly #fetched = new Map<string, boolean>();
      async onRequest({ context }: Call, next: Next) {
        await Promise.resolve();
        this.#fetched.set(context.principal?.key ?? '', context.principal?.subject === 'root');
        return next();
      }
      visible({ tags }: Component, { context }: Call) {
        return !tags.has('admin') || (this.#fetched.get(context.principal?.key ?? '') ?? unless);
      }
    }
    return Fetches;
  }

  test.each([
    [false, 'call'],
    [false, 'principal'],
    [true, 'call'],
    [true, 'principal'],
  ] as const)('takes nothing away and gives nothing: unless fetched %s, by %s', async (unless, varies) => {
    const app = createApp(module([looks, listing(fetches(unless, varies)), { ...looks }]));
    await expect(app.callTool('reset', {}, { principal: user })).rejects.toMatchObject({ code: -32602 });
    expect(asked).toEqual([]);
    expect((await app.callTool('reset', {}, { principal: admin })).content).toMatchObject([
      { text: 'reset' },
    ]);
    expect(asked).toEqual(['behind: reset', 'behind: reset']);
    expect((await app.listTools({ principal: user })).map(({ name }) => name)).toEqual(['open']);
    expect((await app.listTools({ principal: admin })).map(({ name }) => name)).toEqual(['open', 'reset']);
    await app.close();
  });
});

test('of what is hidden nothing else is asked than of what is not there', async () => {
  const app = createApp(module([listing(onlyAdmins())]));
  await expect(app.callTool('reset', {}, { principal: user })).rejects.toMatchObject({ code: -32602 });
  expect(new Set(asked)).toEqual(new Set(['reset']));
  await app.close();
});

test.each([
  ['a promise', () => Promise.resolve(true), 'returned a promise'],
  ['nothing', () => undefined, 'returned undefined'],
  ['a word', () => 'yes', 'a value of type string'],
])('%s is no answer: nobody sees anything, and the author is told', async (_, answer, problem) => {
  const logger = new RecordingLogger();
  const app = createApp(module([{ visible: answer as never }]), { logger });
  await expect(app.listTools()).rejects.toThrow('Internal error');
  expect(await app.callTool('open')).toMatchObject({ isError: true });
  const err = logger.lines[0]?.fields.err as { code: string; message: string };
  expect(err.code).toBe('ERR_MIDDLEWARE_VISIBLE');
  expect(err.message).toContain(`Object.visible ${problem}`.replace('a value', 'returned a value'));
  await app.close();
});

test.each([
  ['its context', (call: Call) => void call.context.listTools().catch(note)],
  ['the app', () => void app.listTools().catch(note)],
])('who asks the server from inside of it, through %s, is told so', async (_, asks) => {
  app = createApp(
    module([
      {
        visible: (_component, call) => {
          asks(call);
          return true;
        },
      },
    ]),
  );
  await app.listTools();
  expect(noted[0]).toMatchObject({ code: 'ERR_MIDDLEWARE_VISIBLE' });
  expect((noted[0] as Error).message).toContain('Object.visible called the server itself (tools/list)');
  await app.close();
});

let app: App;
const noted: unknown[] = [];
const note = (error: unknown) => noted.push(error);
beforeEach(() => {
  noted.length = 0;
});

test('while it is asked, the call has found nothing yet', async () => {
  const found: unknown[] = [];
  const looks: MiddlewareHooks = {
    visible: (_component, call) => {
      found.push(call.component);
      return true;
    },
  };
  const looking = createApp(module([looks]));
  expect((await looking.callTool('open')).content).toEqual([{ type: 'text', text: 'open' }]);
  expect(found).toEqual([undefined]);
  await looking.close();
});

test('a middleware that has nothing but visible is one', () => {
  expect(() => createApp(module([{ visible: () => true }]))).not.toThrow();
  expect(() => createApp(module([{}]))).toThrow('visible');
});
