import {
  Clock,
  createApp,
  Inject,
  Injectable,
  KeyValueStore,
  Logger,
  McpModule,
  Middleware,
  SystemClock,
  Tool,
  use,
  UseMiddleware,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type Constructor,
  type FrameworkError,
  type MiddlewareHooks,
  type MiddlewareListing,
  type Next,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';

let made: Marks[] = [];

interface MarksOptions {
  readonly mark: string;
}

const REGION = Symbol('region');

@Middleware()
class Marks implements MiddlewareHooks {
  constructor(
    readonly options: MarksOptions,
    readonly clock: Clock = new SystemClock(),
    @Inject(KeyValueStore) readonly store?: KeyValueStore,
  ) {
    made.push(this);
  }

  async onCallTool(_call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const { content } = await next();
    return { content: [...content, { type: 'text' as const, text: this.options.mark }] };
  }
}

@Middleware()
class Optionally implements MiddlewareHooks {
  readonly level: string;
  constructor(
    options: { readonly level?: string } = {},
    readonly logger: Logger = new RecordingLogger(),
  ) {
    this.level = options.level ?? 'info';
  }
  onCallTool(_call: Call, next: Next) {
    this.logger.info(this.level);
    return next() as never;
  }
}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

function module(middleware: readonly MiddlewareListing[], handlers: readonly Constructor[] = [Tools]) {
  @McpModule({ name: 't', version: '1', handlers: handlers as never, middleware })
  class Root {}
  return Root;
}

const texts = ({ content }: CallToolResult) => content.map((each) => ('text' in each ? each.text : ''));

function codes(create: () => unknown): readonly string[] {
  try {
    create();
  } catch (error) {
    return (error as FrameworkError).errors.map(({ code }) => code);
  }
  return [];
}

beforeEach(() => {
  made = [];
});

test('the options come first, and the container gives what follows', async () => {
  const clock = new ManualClock();
  const app = createApp(module([use(Marks, { mark: 'a' })]), { clock });
  expect(texts(await app.callTool('ping'))).toEqual(['pong', 'a']);
  expect(made).toHaveLength(1);
  expect(made[0]?.clock).toBe(clock);
  expect(made[0]?.store).toBe(app.get(KeyValueStore));
  await app.close();
});

test('two uses of a class are two instances, each with its options, made once for the app', async () => {
  const app = createApp(module([use(Marks, { mark: 'outer' }), use(Marks, { mark: 'inner' })]));
  expect(texts(await app.callTool('ping'))).toEqual(['pong', 'inner', 'outer']);
  await app.callTool('ping');
  expect(made).toHaveLength(2);
  await app.close();
});

test('a use stands on a class and on a method as well, and one use is one instance in both', async () => {
  const shared = use(Marks, { mark: 'shared' });
  @UseMiddleware(use(Marks, { mark: 'class' }))
  class One {
    @UseMiddleware(shared) @Tool() one() {
      return '1';
    }
  }
  class Two {
    @UseMiddleware(shared) @Tool() two() {
      return '2';
    }
  }
  @McpModule({ handlers: [Two] })
  class Other {}
  @McpModule({ name: 't', version: '1', imports: [Other], handlers: [One] })
  class Root {}
  const app = createApp(Root);
  expect(texts(await app.callTool('one'))).toEqual(['1', 'shared', 'class']);
  expect(texts(await app.callTool('two'))).toEqual(['2', 'shared']);
  expect(made.map(({ options }) => options.mark).sort()).toEqual(['class', 'shared']);
  await app.close();
});

test.each([
  ['use() without options', use(Optionally)],
  ['the class alone', Optionally],
])('%s leaves the options at their default', async (_, listed) => {
  const logger = new RecordingLogger();
  const app = createApp(module([listed]), { logger });
  await app.callTool('ping');
  expect(logger.lines.map((line) => line.message)).toEqual(['info']);
  await app.close();
});

test('an instance made by hand is listed as it is', async () => {
  const app = createApp(module([new Marks({ mark: 'by hand' })]));
  expect(texts(await app.callTool('ping'))).toEqual(['pong', 'by hand']);
  expect(made[0]?.clock).toBeInstanceOf(SystemClock);
  await app.close();
});

test('a class that lives for one message is made for each, with the options of its use', async () => {
  @Injectable({ lifetime: 'request' })
  @Middleware()
  class PerRequest extends Marks {
    constructor(options: MarksOptions, clock: Clock, @Inject(REGION) region: string) {
      super({ mark: `${options.mark} ${region}` }, clock);
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Tools],
    providers: [{ provide: REGION, useFactory: () => 'north', lifetime: 'request' }],
    middleware: [use(PerRequest, { mark: 'x' })],
  })
  class Root {}
  const app = createApp(Root);
  expect(texts(await app.callTool('ping'))).toEqual(['pong', 'x north']);
  await app.callTool('ping');
  expect(made).toHaveLength(2);
  await app.close();
});

test('what is no middleware is told by its name', () => {
  class Unmarked {
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  @Middleware()
  class Hookless {
    readonly nothing = true;
  }
  for (const [listed, name] of [
    [use(Unmarked), 'Unmarked'],
    [use(Hookless as unknown as new () => MiddlewareHooks), 'Hookless'],
    [use(undefined as unknown as new () => MiddlewareHooks), 'undefined'],
  ] as const) {
    const create = () => createApp(module([listed]));
    expect(codes(create)).toEqual(['ERR_MIDDLEWARE_SHAPE']);
    expect(create).toThrow(name);
  }
});

test('one use twice in one list is told, two uses of one class are not', () => {
  const once = use(Marks, { mark: 'a' });
  const create = () => createApp(module([once, once]));
  expect(codes(create)).toEqual(['ERR_MIDDLEWARE_TWICE']);
  expect(create).toThrow('Marks');
  expect(codes(() => createApp(module([once, use(Marks, { mark: 'a' })])))).toEqual([]);
});

test('options that must be given cannot be left out', () => {
  // @ts-expect-error -- a class whose first parameter is demanded
  use(Marks);
  // @ts-expect-error -- options of another shape
  use(Marks, { label: 'a' });
  use(Optionally, { level: 'debug' });
});

test('options a class describes are checked when the app is created, and so is what it says of itself', () => {
  @Middleware({ options: { most: { expected: 'a number', admits: (value) => typeof value === 'number' } } })
  class Counts {
    constructor(readonly options: { readonly most?: number } = {}) {}
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  @Middleware({ rule: 'limit' } as never)
  class Misspelt extends Counts {}
  const create = () => createApp(module([use(Counts, { most: 'many' as never }), Misspelt]));
  expect([...codes(create)].sort()).toEqual(['ERR_OPTION_UNKNOWN', 'ERR_OPTION_VALUE']);
  expect(create).toThrow('The option "most" of Counts is "many"');
  expect(create).toThrow('Did you mean "role"?');
  expect(codes(() => createApp(module([use(Counts, { most: 1 })])))).toEqual([]);
});

test('what the container cannot give is told of its place in the constructor', () => {
  @Middleware()
  class Asks {
    constructor(
      readonly options: MarksOptions,
      readonly other: { readonly any: string },
    ) {}
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  const create = () => createApp(module([use(Asks, { mark: 'a' })]));
  expect(codes(create)).toContain('ERR_DI_TYPE_ERASED');
  expect(create).toThrow('1');
});
