import {
  Context,
  createApp,
  Injectable,
  McpModule,
  Middleware,
  Tool,
  ToolError,
  type Call,
  type Next,
} from '@tenon/core';
import type { ScopeEnd } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

let events: string[] = [];
let count = 0;

@Injectable()
class AppThing {
  readonly id = ++count;
}

@Injectable({ lifetime: 'request' })
class Trace {
  readonly id = ++count;
  onClose(end: ScopeEnd) {
    events.push(`Trace closed ${end.ok ? 'ok' : `failed: ${(end.error as Error).message ?? 'result'}`}`);
  }
}

@Injectable({ lifetime: 'request' })
class Unit {
  readonly id = ++count;
  constructor(readonly trace: Trace) {}
  async onClose(end: ScopeEnd) {
    await Promise.resolve();
    events.push(`Unit closed ${end.ok}`);
  }
}

@Injectable({ lifetime: 'transient' })
class Pen {
  readonly id = ++count;
  [Symbol.dispose]() {
    events.push(`Pen ${this.id} closed`);
  }
}

class Tools {
  @Tool() ids(app: AppThing, trace: Trace, unit: Unit, pen: Pen, other: Pen) {
    return { app: app.id, trace: trace.id, seen: unit.trace.id, pen: pen.id, other: other.id };
  }
  @Tool() fails(trace: Trace) {
    throw new ToolError(`no ${trace.constructor.name}`);
  }
  @Tool() async rejects(trace: Trace) {
    await Promise.resolve();
    throw new Error(`no ${trace.constructor.name}`);
  }
  @Tool() bare() {
    return 'ok';
  }
}

@McpModule({ name: 't', version: '1', providers: [AppThing, Trace, Unit, Pen], handlers: [Tools] })
class Root {}

beforeEach(() => {
  events = [];
  count = 0;
});

test('a request instance is one per message and shared within it; an app instance is one; a transient is one a place', async () => {
  const app = createApp(Root);
  const first = (await app.callTool('ids')).structuredContent as Record<string, number>;
  const second = (await app.callTool('ids')).structuredContent as Record<string, number>;
  expect(first.app).toBe(second.app);
  expect(first.trace).toBe(first.seen);
  expect(first.trace).not.toBe(second.trace);
  expect(new Set([first.pen, first.other, second.pen, second.other]).size).toBe(4);
  await app.close();
});

test('what lived in a message is closed in reverse before its answer leaves, and told that it went well', async () => {
  const app = createApp(Root);
  const { pen, other } = (await app.callTool('ids')).structuredContent as Record<string, number>;
  expect(events).toEqual([`Pen ${other} closed`, `Pen ${pen} closed`, 'Unit closed true', 'Trace closed ok']);
  await app.close();
});

test.each(['fails', 'rejects'])('what lived in a message whose handler %s hears of it', async (name) => {
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.callTool(name);
  expect(events).toEqual(['Trace closed failed: no Trace']);
  await app.close();
});

test('a result with isError ends the scope as failed', async () => {
  class Refuses {
    @Tool() refuse(_trace: Trace) {
      return { content: [{ type: 'text', text: 'no' }], isError: true };
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace], handlers: [Refuses] })
  class Module {}
  const app = createApp(Module);
  await app.callTool('refuse');
  expect(events).toEqual(['Trace closed failed: result']);
  await app.close();
});

test('a close that fails is logged, the others are closed, and the answer stays', async () => {
  @Injectable({ lifetime: 'request' })
  class Sync {
    onClose() {
      throw new Error('sync close');
    }
  }
  @Injectable({ lifetime: 'request' })
  class Async {
    onClose() {
      return Promise.reject(new Error('async close'));
    }
  }
  class Both {
    @Tool() both(trace: Trace, sync: Sync, later: Async) {
      return [trace, sync, later].length;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace, Sync, Async], handlers: [Both] })
  class Module {}
  const logger = new RecordingLogger();
  const app = createApp(Module, { logger });
  expect((await app.callTool('both')).content).toEqual([{ type: 'text', text: '3' }]);
  expect(events).toEqual(['Trace closed ok']);
  const [line] = logger.lines;
  expect(line?.level).toBe('error');
  expect((line?.fields.err as AggregateError).errors).toHaveLength(2);
  await app.close();
});

test('a handler that needs nothing of a message opens no scope', async () => {
  let opened = 0;
  @Middleware()
  class Watch {
    async onCallTool(call: Call, next: Next) {
      const result = await next();
      opened += (call.context as unknown as { openedScope?: unknown }).openedScope ? 1 : 0;
      return result as never;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [AppThing, Trace, Unit, Pen],
    handlers: [Tools],
    middleware: [Watch],
  })
  class Module {}
  const app = createApp(Module);
  await app.callTool('bare');
  expect(opened).toBe(0);
  await app.callTool('ids');
  expect(opened).toBe(1);
  await app.close();
});

test('a handler class may itself live for one message, and be closed with it', async () => {
  @Injectable({ lifetime: 'request' })
  class PerCall {
    calls = 0;
    constructor(
      readonly ctx: Context,
      readonly trace: Trace,
    ) {}
    @Tool() count() {
      return `${++this.calls} ${this.ctx.method}`;
    }
    onClose() {
      events.push('PerCall closed');
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace], handlers: [PerCall] })
  class Module {}
  const app = createApp(Module);
  for (let i = 0; i < 2; i++)
    expect((await app.callTool('count')).content).toEqual([{ type: 'text', text: '1 tools/call' }]);
  expect(events).toEqual(['PerCall closed', 'Trace closed ok', 'PerCall closed', 'Trace closed ok']);
  await app.close();
});

test('middleware of a message shares its instances with the handler', async () => {
  const seen: number[] = [];
  @Middleware()
  @Injectable({ lifetime: 'request' })
  class Notes {
    constructor(readonly trace: Trace) {}
    onCallTool(_call: Call, next: Next) {
      seen.push(this.trace.id);
      return next() as never;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [AppThing, Trace, Unit, Pen],
    handlers: [Tools],
    middleware: [Notes],
  })
  class Module {}
  const app = createApp(Module);
  const { trace } = (await app.callTool('ids')).structuredContent as Record<string, number>;
  expect(seen).toEqual([trace]);
  await app.close();
});

test('an app instance closes its transients after itself, when the app ends', async () => {
  @Injectable()
  class Owner {
    constructor(readonly pen: Pen) {}
    onClose() {
      events.push('Owner closed');
    }
  }
  class Uses {
    @Tool() ping(owner: Owner) {
      return owner.pen.id;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Owner, Pen], handlers: [Uses] })
  class Module {}
  const app = createApp(Module);
  await app.callTool('ping');
  expect(events).toEqual([]);
  const { id } = app.get(Owner).pen;
  await app.close();
  expect(events).toEqual(['Owner closed', `Pen ${id} closed`]);
});

test('an instance that cannot be made fails the call alone, and what was made before it is closed', async () => {
  @Injectable({ lifetime: 'request' })
  class Broken {
    constructor(readonly trace: Trace) {
      throw new Error('broken');
    }
  }
  class Uses {
    @Tool() ping(broken: Broken) {
      return broken.trace.id;
    }
    @Tool() bare() {
      return 'ok';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace, Broken], handlers: [Uses] })
  class Module {}
  const app = createApp(Module, { logger: new RecordingLogger() });
  expect((await app.callTool('ping')).isError).toBe(true);
  expect(events).toEqual(['Trace closed failed: broken']);
  expect((await app.callTool('bare')).isError).toBeUndefined();
  await app.close();
});
