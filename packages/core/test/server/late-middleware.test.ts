import {
  Clock,
  createApp,
  Injectable,
  McpModule,
  Middleware,
  SystemClock,
  Tool,
  use,
  type App,
  type Call,
  type FrameworkError,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

let events: string[] = [];

@Injectable()
class Audit {
  readonly name = 'audit';
}

let release: () => void = () => undefined;

class Tools {
  @Tool() ping() {
    events.push('handler');
    return 'pong';
  }
  @Tool() async waits() {
    await new Promise<void>((resolve) => (release = resolve));
    return 'done';
  }
}

const recorder = (name: string): MiddlewareHooks => ({
  onCallTool: async (_call, next) => {
    events.push(name);
    try {
      return await next();
    } finally {
      events.push(`/${name}`);
    }
  },
});

@McpModule({
  name: 't',
  version: '1',
  handlers: [Tools],
  providers: [Audit],
  middleware: [recorder('listed')],
})
class Root {}

@Middleware()
class Marks {
  constructor(
    readonly options: { readonly mark: string },
    readonly audit: Audit,
    readonly clock: Clock = new SystemClock(),
  ) {
    events.push(`made ${options.mark}`);
  }
  onCallTool(_call: Call, next: Next) {
    events.push(`${this.options.mark} ${this.audit.name} ${this.clock.now()}`);
    return next() as never;
  }
  onClose() {
    events.push(`closed ${this.options.mark}`);
  }
}

function codes(app: App, ...listed: never[]): readonly string[] {
  try {
    app.use(...listed);
  } catch (error) {
    return (error as FrameworkError).errors.map(({ code }) => code);
  }
  return [];
}

beforeEach(() => {
  events = [];
});

test('what is added while the server runs stands inside what the modules list, from the next message on', async () => {
  const app = createApp(Root);
  await app.callTool('ping');
  app.use(recorder('first'), recorder('second'));
  app.use(recorder('third'));
  await app.callTool('ping');
  const way = ['listed', 'first', 'second', 'third'];
  expect(events).toEqual([
    ...['listed', 'handler', '/listed'],
    ...way,
    'handler',
    ...way.toReversed().map((each) => `/${each}`),
  ]);
  await app.close();
});

test('a message under way goes on through the chain it began with', async () => {
  const app = createApp(Root);
  const waiting = app.callTool('waits');
  await new Promise((resolve) => setImmediate(resolve));
  app.use(recorder('late'));
  release();
  await waiting;
  expect(events).toEqual(['listed', '/listed']);
  await app.close();
});

test('a class is made by the container, once, and closed with the app: added before the start and after it', async () => {
  const app = createApp(Root, { clock: new ManualClock(5) });
  app.use(use(Marks, { mark: 'before' }));
  expect(events).toEqual([]);
  await app.start();
  app.use(use(Marks, { mark: 'after' }));
  expect(events).toEqual(['made before', 'made after']);
  await app.callTool('ping');
  await app.callTool('ping');
  const each = ['listed', 'before audit 5', 'after audit 5', 'handler', '/listed'];
  expect(events.slice(2)).toEqual([...each, ...each]);
  events = [];
  await app.close();
  expect(events).toEqual(['closed after', 'closed before']);
});

test('one that lives for a message is made for each', async () => {
  let made = 0;
  @Injectable({ lifetime: 'request' })
  @Middleware()
  class PerRequest {
    constructor(readonly audit: Audit) {
      made++;
    }
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  const app = createApp(Root);
  await app.callTool('ping');
  app.use(PerRequest);
  await app.callTool('ping');
  await app.callTool('ping');
  expect(made).toBe(2);
  await app.close();
});

test('what createApp would have refused is refused, and nothing of it is added', async () => {
  class Unmarked {
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  @Middleware()
  class Asks {
    constructor(readonly missing: Map<string, string>) {}
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  const app = createApp(Root);
  await app.start();
  expect(codes(app, recorder('kept out') as never, Unmarked as never)).toEqual(['ERR_MIDDLEWARE_SHAPE']);
  expect(codes(app, Asks as never)).toEqual(['ERR_DI_MISSING']);
  // Once more: the first try has left nothing behind.
  expect(codes(app, Asks as never)).toEqual(['ERR_DI_MISSING']);
  await app.callTool('ping');
  expect(events).toEqual(['listed', 'handler', '/listed']);
  const once = recorder('once');
  app.use(once);
  expect(codes(app, once as never)).toEqual(['ERR_MIDDLEWARE_TWICE']);
  await app.close();
});

test('a constructor that throws is told, and its middleware is not added', async () => {
  @Middleware()
  class Breaks {
    constructor() {
      throw new Error('no connection');
    }
    onCallTool(_call: Call, next: Next) {
      return next() as never;
    }
  }
  const app = createApp(Root);
  await app.start();
  expect(() => {
    app.use(Breaks);
  }).toThrow('no connection');
  expect((await app.callTool('ping')).isError).toBeUndefined();
  await app.close();
});

test('a doubtful order is told of what has been added', () => {
  @Middleware({ role: 'answers' })
  class Cache implements MiddlewareHooks {
    onMessage(_call: Call, next: Next) {
      return next();
    }
  }
  @Middleware({ role: 'limit' })
  class Limit extends Cache {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  app.use(Cache);
  app.use(Limit);
  expect(logger.lines.map(({ message }) => message)).toEqual([
    'Middleware of app.use(): Cache stands outside of Limit: what Cache answers by itself, Limit does not count. List Limit before Cache.',
  ]);
});

test('clients are told where it may change what they see, and then see it so', async () => {
  await using server = await createTestServer(Root);
  const client = await server.connect('2025-11-25');
  expect((await client.listTools()).tools).toHaveLength(2);
  const told: string[] = [];
  client.fallbackNotificationHandler = ({ method }) => Promise.resolve(void told.push(method));
  server.app.use(recorder('sees nothing'));
  server.app.use({ visible: ({ name }) => name !== 'waits' });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['ping']);
  expect(told.filter((method) => method === 'notifications/tools/list_changed')).toHaveLength(1);
  await expect(client.callTool({ name: 'waits' })).rejects.toMatchObject({ code: -32602 });
});
