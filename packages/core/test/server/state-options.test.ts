import { RecordingLogger, ManualClock } from '@tenon/testing';
import {
  AtomicStore,
  Context,
  createApp,
  HeldSession,
  Injectable,
  McpModule,
  MemoryStore,
  Principal,
  SessionHandle,
  SessionHandles,
  sessionTools,
  token,
  Tool,
  UserSession,
  type ModuleOptions,
} from '../../src/index.js';

const alice = new Principal({ issuer: 'i', subject: 'alice' });
const OWN = token<AtomicStore>('OwnStore');

class Tools {
  @Tool() async keep(ctx: Context) {
    await ctx.setState('k', 'v', { scope: 'server' });
  }
}

function moduleOf(options: Partial<ModuleOptions>): new () => object {
  @McpModule({ name: 'x', version: '1', handlers: [Tools], ...options })
  class Root {}
  return Root;
}

const mistakesOf = (state: unknown, more: Partial<ModuleOptions> = {}): readonly string[] => {
  try {
    createApp(moduleOf({ state: state as never, ...more }));
    return [];
  } catch (error) {
    return (error as { errors: readonly { message: string }[] }).errors.map(({ message }) => message);
  }
};

test('state goes to the store that is named', async () => {
  const store = new MemoryStore(new ManualClock());
  const app = createApp(moduleOf({ providers: [{ provide: OWN, useValue: store }], state: { store: OWN } }));
  await app.callTool('keep');
  const entries: unknown[] = [];
  for await (const [, value] of store.entries('state/server/')) entries.push(value);
  expect(entries).toEqual([[['k', 'v']]]);
  await app.close();
});

test('without a store of its own, state is in the storage of the server', async () => {
  const storage = new MemoryStore(new ManualClock());
  const app = createApp(moduleOf({ storage }));
  await app.callTool('keep');
  const keys: string[] = [];
  for await (const [key] of storage.entries('')) keys.push(key);
  expect(keys).toEqual([expect.stringMatching(/^state\/server\//)]);
  await app.close();
});

test('a store that nobody provides, or that lives too short, is told before the start', () => {
  expect(mistakesOf({ store: OWN })).toEqual([
    expect.stringMatching(/^ERR_DI_MISSING: state\.store.*OwnStore/),
  ]);
  @Injectable({ lifetime: 'request' })
  class Short extends MemoryStore {
    constructor() {
      super(new ManualClock());
    }
  }
  expect(mistakesOf({ store: Short }, { providers: [Short] })).toEqual([
    expect.stringMatching(/^ERR_OPTION_VALUE: .*"store".*Short.*\n?.*lives as long as the app/),
  ]);
});

test('options of state that are none, or make no sense, are told', () => {
  expect(mistakesOf({ ttl: 5, maxBytes: 0, maxHandles: 1.5 })).toEqual([
    expect.stringMatching(/^ERR_OPTION_UNKNOWN: .*"ttl"[\s\S]*"ttlMs"/),
    expect.stringMatching(/^ERR_OPTION_VALUE: .*"maxBytes"/),
    expect.stringMatching(/^ERR_OPTION_VALUE: .*"maxHandles"/),
  ]);
});

test('what one owner keeps is bounded, and who calls reads it', async () => {
  class Writes {
    @Tool() async write(text: string, user: UserSession) {
      await user.set('text', text);
    }
  }
  const app = createApp(moduleOf({ handlers: [Writes], state: { maxBytes: 100 } }), {
    logger: new RecordingLogger(),
  });
  const result = await app.callTool('write', { text: 'x'.repeat(100) }, { principal: alice });
  expect(result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^ERR_STATE_FULL: no more than 100 bytes/) }],
  });
  await app.close();
});

test('what belongs to the caller can be injected into what lives as long as the message, and handles anywhere', async () => {
  @Injectable({ lifetime: 'request' })
  class Cart {
    constructor(private readonly user: UserSession) {}
    async add(item: string): Promise<readonly string[]> {
      const items = [...((await this.user.get<string[]>('items')) ?? []), item];
      await this.user.set('items', items);
      return items;
    }
  }
  @Injectable()
  class Shop {
    constructor(private readonly handles: SessionHandles) {}
    @Tool() add(item: string, cart: Cart) {
      return cart.add(item);
    }
    @Tool() async begin(ctx: Context) {
      const session = await this.handles.open(await this.handles.create(ctx), ctx);
      await session.set('a', 1);
      return session.get('a');
    }
  }
  const app = createApp(moduleOf({ handlers: [Shop], providers: [Cart] }), { logger: new RecordingLogger() });
  await app.callTool('add', { item: 'tea' }, { principal: alice });
  const { content } = await app.callTool('add', { item: 'milk' }, { principal: alice });
  expect(content).toMatchObject([{ text: '["tea","milk"]' }]);
  expect((await app.callTool('add', { item: 'milk' })).content).toMatchObject([
    { text: expect.stringMatching(/^ERR_STATE_NO_USER/) },
  ]);
  expect((await app.callTool('begin')).content).toMatchObject([{ text: '1' }]);
  await app.close();
});

test('a handler beside a session takes its other parameters as ever, in their order', async () => {
  class Mixed {
    @Tool() async mixed(
      before: string,
      ctx: Context,
      @SessionHandle('one') one: HeldSession,
      after: number,
      @SessionHandle('two') two: HeldSession,
    ) {
      await one.set('x', 1);
      return [before, ctx.method, one.handle, after, two.handle, await two.get('x', { default: 'none' })];
    }
  }
  const app = createApp(moduleOf({ handlers: [Mixed] }));
  await app.start();
  const handles = app.get(SessionHandles);
  const nobody = { principal: undefined, http: undefined } as Context;
  const [one, two] = [await handles.create(nobody), await handles.create(nobody)];
  const { content } = await app.callTool('mixed', { before: 'b', after: 2, one, two });
  expect(content).toMatchObject([{ text: JSON.stringify(['b', 'tools/call', one, 2, two, 'none']) }]);
  await app.close();
});

test('a compiler that writes no types takes nothing from the parameter of a session', async () => {
  class Untyped {
    use(session: HeldSession) {
      return session.handle;
    }
  }
  const { prototype } = Untyped;
  Tool()(prototype, 'use', Object.getOwnPropertyDescriptor(prototype, 'use') as never);
  SessionHandle()(prototype, 'use', 0);
  const app = createApp(moduleOf({ handlers: [Untyped], components: sessionTools() }));
  const { structuredContent } = await app.callTool('create_session');
  const { session_id } = structuredContent as { session_id: string };
  expect((await app.callTool('use', { session_id })).content).toMatchObject([{ text: session_id }]);
  await app.close();
});

test('a session parameter without its decorator, a misspelt option, and a decorator without its parentheses, are told', () => {
  class Untold {
    @Tool() use(_session: HeldSession) {
      return 1;
    }
  }
  expect(mistakesOf({}, { handlers: [Untold] })).toEqual([
    expect.stringMatching(/^ERR_PARAM_NO_SOURCE: .*\n.*@SessionHandle\(\)/),
  ]);
  class Misspelt {
    @Tool() use(@SessionHandle('room', { descripton: 'Which.' } as object) _session: HeldSession) {
      return 1;
    }
  }
  expect(mistakesOf({}, { handlers: [Misspelt] })).toEqual([
    expect.stringMatching(
      /^ERR_OPTION_UNKNOWN: @SessionHandle\('room'\) of Misspelt\.use\(\) .*"descripton".*\n.*"description"/,
    ),
  ]);
  expect(() => {
    class Bare {
      @Tool() use(@(SessionHandle as unknown as ParameterDecorator) _session: HeldSession) {
        return 1;
      }
    }
    return Bare;
  }).toThrow(expect.objectContaining({ code: 'ERR_DECORATOR_MISUSE' }));
});
