import {
  createApp,
  Injectable,
  McpModule,
  Middleware,
  ProtocolError,
  Tool,
  ToolError,
  UseMiddleware,
} from '@tenon/core';
import type { Call, CallToolParams, CallToolResult, Constructor, MiddlewareHooks, Next } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

let events: string[] = [];

class Recorder implements MiddlewareHooks {
  constructor(readonly name: string) {}
  async onMessage(_call: Call, next: Next) {
    return this.around('message', next);
  }
  async onRequest(_call: Call, next: Next) {
    return this.around('request', next);
  }
  async onNotification(_call: Call, next: Next) {
    return this.around('notification', next);
  }
  async onCallTool(_call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    return this.around('call', next);
  }
  async around<R>(hook: string, next: () => Promise<R>): Promise<R> {
    events.push(`${this.name}.${hook}`);
    try {
      return await next();
    } finally {
      events.push(`/${this.name}.${hook}`);
    }
  }
}

@Middleware()
class OnClass extends Recorder {
  constructor() {
    super('class');
  }
}

@UseMiddleware(OnClass)
class Tools {
  @UseMiddleware(new Recorder('method'))
  @Tool()
  ping() {
    events.push('handler');
    return 'pong';
  }
  @Tool() plain(word: string) {
    events.push('handler');
    return word;
  }
}

function module(...middleware: MiddlewareHooks[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware })
  class Root {}
  return Root;
}

beforeEach(() => {
  events = [];
});

test('each middleware runs its hooks from general to special, then the next one; module, class, method', async () => {
  const app = createApp(module(new Recorder('A'), new Recorder('B')));
  await app.callTool('ping');
  const way = ['A.message', 'A.request', 'A.call', 'B.message', 'B.request', 'B.call'];
  const own = [
    'class.message',
    'class.request',
    'class.call',
    'method.message',
    'method.request',
    'method.call',
  ];
  const down = [...way, ...own];
  expect(events).toEqual([...down, 'handler', ...down.toReversed().map((event) => `/${event}`)]);
  await app.close();
});

test('middleware of a method stands before that method only', async () => {
  const app = createApp(module());
  await app.callTool('plain', { word: 'x' });
  expect(events.filter((event) => event.startsWith('method'))).toEqual([]);
  expect(events).toContain('class.call');
  await app.close();
});

test('stacked @UseMiddleware run from the top down, as lists do', async () => {
  @UseMiddleware(new Recorder('upper'))
  @UseMiddleware(new Recorder('lower'))
  class Stacked {
    @UseMiddleware(new Recorder('first'))
    @UseMiddleware(new Recorder('second'))
    @Tool()
    ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Stacked] })
  class Root {}
  const app = createApp(Root);
  await app.callTool('ping');
  await app.close();
  expect(events.filter((event) => event.endsWith('.call') && !event.startsWith('/'))).toEqual([
    'upper.call',
    'lower.call',
    'first.call',
    'second.call',
  ]);
});

test('middleware that does not go on answers instead', async () => {
  const app = createApp(
    module({ onCallTool: () => ({ content: [{ type: 'text', text: 'cached' }] }) }, new Recorder('B')),
  );
  expect((await app.callTool('ping')).content).toEqual([{ type: 'text', text: 'cached' }]);
  expect(events).toEqual([]);
  await app.close();
});

test('a call changed with call.with() reaches those behind, and finds its component anew', async () => {
  const seen: (string | undefined)[] = [];
  const rename: MiddlewareHooks = {
    onCallTool: (call, next) => {
      seen.push(call.component?.name);
      return next(call.with({ name: 'plain', arguments: { word: 'changed' } }));
    },
  };
  const look: MiddlewareHooks = {
    onCallTool: (call, next) => {
      seen.push(call.component?.name);
      return next();
    },
  };
  const app = createApp(module(rename, look));
  expect((await app.callTool('ping')).content).toEqual([{ type: 'text', text: 'changed' }]);
  expect(seen).toEqual(['ping', 'plain']);
  await app.close();
});

test('a result may be replaced on its way back', async () => {
  const loud: MiddlewareHooks = {
    onCallTool: async (_call, next) => ({ ...(await next()), content: [{ type: 'text', text: 'LOUD' }] }),
  };
  const app = createApp(module(loud));
  expect((await app.callTool('ping')).content).toEqual([{ type: 'text', text: 'LOUD' }]);
  await app.close();
});

test('what is thrown travels as it was thrown, and becomes an answer once', async () => {
  const seen: unknown[] = [];
  const watch: MiddlewareHooks = {
    onMessage: async (_call, next) => {
      try {
        return await next();
      } catch (error) {
        seen.push(error);
        throw error;
      }
    },
  };
  const thrown = new ToolError('no');
  const refuse: MiddlewareHooks = {
    onCallTool: () => {
      throw thrown;
    },
  };
  const logger = new RecordingLogger();
  const app = createApp(module(watch, { ...watch }, refuse), { logger });
  expect(await app.callTool('ping')).toEqual({ content: [{ type: 'text', text: 'no' }], isError: true });
  expect(seen).toEqual([thrown, thrown]);
  expect(logger.lines).toEqual([]);
  await app.close();
});

test('a validation that fails passes the middleware as a throw', async () => {
  const seen: unknown[] = [];
  const watch: MiddlewareHooks = {
    onCallTool: (_call, next) =>
      next().catch((error: unknown) => {
        seen.push(error);
        throw error;
      }),
  };
  const app = createApp(module(watch));
  await app.callTool('plain', {});
  expect(ToolError.is(seen[0])).toBe(true);
  await app.close();
});

test('middleware may turn a throw into an answer', async () => {
  const rescue: MiddlewareHooks = {
    onCallTool: (_call, next) => next().catch(() => ({ content: [{ type: 'text', text: 'rescued' }] })),
  };
  const app = createApp(module(rescue));
  expect((await app.callTool('nope')).content).toEqual([{ type: 'text', text: 'rescued' }]);
  await app.close();
});

test('a middleware that denies is heard before the handler is', async () => {
  const deny: MiddlewareHooks = {
    onRequest: (call, next) => {
      if (call.method === 'tools/call') throw new ProtocolError(4030, 'denied');
      return next();
    },
  };
  const app = createApp(module(deny));
  await expect(app.callTool('ping')).rejects.toMatchObject({ code: 4030 });
  expect(await app.listTools()).toHaveLength(2);
  expect(events).toEqual([]);
  await app.close();
});

test('middleware classes are made by the container, once for the app', async () => {
  let made = 0;
  @Injectable()
  class Limit {
    readonly most = 3;
  }
  @Middleware()
  class Counts {
    constructor(readonly limit: Limit) {
      made++;
    }
    onCallTool(_call: Call, next: Next) {
      events.push(String(this.limit.most));
      return next() as never;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Limit], handlers: [Tools], middleware: [Counts] })
  class Root {}
  const app = createApp(Root);
  await app.callTool('plain', { word: 'a' });
  await app.callTool('plain', { word: 'b' });
  expect(made).toBe(1);
  expect(events.filter((event) => event === '3')).toHaveLength(2);
  await app.close();
});
