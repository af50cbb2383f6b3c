import { createApp, FrameworkError, Inject, Injectable, Lifespan, McpModule, token, Tool } from '@tenon/core';
import type { ScopeEnd } from '@tenon/core';
import { createTestServer } from '@tenon/testing';

const A = token<string>('A');
const B = token<string>('B');
const C = token<string>('C');
let events: string[] = [];

@Lifespan(A)
class OpensA {
  async *open() {
    events.push('open a');
    try {
      yield 'a';
    } finally {
      await Promise.resolve();
      events.push('close a');
    }
  }
}

@Lifespan({ b: B, c: C })
class OpensBC {
  constructor(@Inject(A) readonly a: string) {}
  *open() {
    events.push(`open bc with ${this.a}`);
    yield { b: `${this.a}b`, c: `${this.a}c` };
    events.push('close bc');
  }
}

class Tools {
  @Tool() values(@Inject(A) a: string, @Inject(B) b: string, @Inject(C) c: string) {
    return [a, b, c].join(' ');
  }
}

@McpModule({ name: 't', version: '1', lifespans: [OpensBC, OpensA], handlers: [Tools] })
class Root {}

beforeEach(() => {
  events = [];
});

test('createApp opens nothing, start opens each once in the order of needs, close ends them in reverse', async () => {
  const app = createApp(Root);
  expect(events).toEqual([]);
  await Promise.all([app.start(), app.start()]);
  expect((await app.callTool('values')).content).toEqual([{ type: 'text', text: 'a ab ac' }]);
  expect(events).toEqual(['open a', 'open bc with a']);
  await Promise.all([app.close(), app.close()]);
  expect(events).toEqual(['open a', 'open bc with a', 'close bc', 'close a']);
});

test('closing an app that was never started opens and closes nothing', async () => {
  await createApp(Root).close();
  expect(events).toEqual([]);
});

test('a lifespan overridden by its token is not asked for its value', async () => {
  const app = createApp(Root, { override: [{ provide: B, useValue: 'fake' }] });
  expect((await app.callTool('values')).content).toEqual([{ type: 'text', text: 'a fake ac' }]);
  await app.close();
});

test('a lifespan is not opened where others stand in for all that it opens', async () => {
  const override = [
    { provide: B, useValue: 'fake b' },
    { provide: C, useValue: 'fake c' },
  ];
  const app = createApp(Root, { override });
  expect((await app.callTool('values')).content).toEqual([{ type: 'text', text: 'a fake b fake c' }]);
  await app.close();
  expect(events).toEqual(['open a', 'close a']);
});

test('a lifespan that fails is told with its cause, and those before it are closed in reverse', async () => {
  const D = token<string>('D');
  @Lifespan(D)
  class OpensD {
    constructor(
      @Inject(A) readonly a: string,
      @Inject(C) readonly c: string,
    ) {}
    async *open() {
      await Promise.reject(new Error('refused'));
      yield 'd';
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensD, OpensBC, OpensA], handlers: [Tools] })
  class Failing {}
  const app = createApp(Failing);
  const error: unknown = await app.start().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FrameworkError);
  expect((error as FrameworkError).code).toBe('ERR_LIFESPAN_FAILED');
  expect((error as FrameworkError).message).toMatch('OpensD');
  expect((error as FrameworkError).fix).toMatch('has been closed again');
  expect((error as Error).cause).toMatchObject({ message: 'refused' });
  expect(events).toEqual(['open a', 'open bc with a', 'close bc', 'close a']);
  await app.close();
  expect(events).toHaveLength(4);
});

test('a lifespan that never yields has failed', async () => {
  @Lifespan(A)
  class Empty {
    async *open(): AsyncGenerator<string, void, unknown> {
      // nothing to yield
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [Empty, OpensBC], handlers: [Tools] })
  class Failing {}
  await expect(createApp(Failing).start()).rejects.toMatchObject({ code: 'ERR_LIFESPAN_FAILED' });
});

test('a lifespan that leaves out one of its names has failed, and is closed', async () => {
  @Lifespan({ b: B, c: C })
  class Half {
    *open() {
      try {
        yield { b: 'b' } as { b: string; c: string };
      } finally {
        events.push('close half');
      }
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [Half, OpensA], handlers: [Tools] })
  class Failing {}
  await expect(createApp(Failing).start()).rejects.toMatchObject({ code: 'ERR_LIFESPAN_FAILED' });
  expect(events).toContain('close half');
});

test('a lifespan that yields twice is an error of close, and still gets to its finally', async () => {
  @Lifespan(A)
  class Twice {
    *open() {
      try {
        yield 'a';
        yield 'again';
      } finally {
        events.push('close twice');
      }
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [Twice, OpensBC], handlers: [Tools] })
  class Module {}
  const app = createApp(Module);
  await app.start();
  await expect(app.close()).rejects.toThrow('Twice');
  expect(events).toContain('close bc');
  expect(events).toContain('close twice');
});

test('one that cannot be closed does not keep the others open', async () => {
  @Lifespan(B)
  class Broken {
    constructor(@Inject(A) readonly a: string) {}
    *open() {
      yield 'b';
      throw new Error('cannot close');
    }
  }
  class One {
    @Tool() one(@Inject(B) b: string) {
      return b;
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensA, Broken], handlers: [One] })
  class Module {}
  const app = createApp(Module);
  await app.start();
  await expect(app.close()).rejects.toThrow('cannot close');
  expect(events).toEqual(['open a', 'close a']);
});

test('when the app cannot start, what had been made hears that it did not go well', async () => {
  const ends: ScopeEnd[] = [];
  @Injectable()
  class First {
    onClose(end: ScopeEnd) {
      ends.push(end);
    }
  }
  @Injectable()
  class Second {
    constructor(readonly first: First) {
      throw new Error('no second');
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [First, Second],
    lifespans: [OpensA, OpensBC],
    handlers: [Tools],
  })
  class Module {}
  await expect(createApp(Module).start()).rejects.toThrow('no second');
  expect(ends).toEqual([
    { ok: false, error: expect.objectContaining({ message: expect.stringMatching('no second') }) },
  ]);
});

test('what an app instance holds is closed after it, lifespans included', async () => {
  @Injectable()
  class Uses {
    constructor(@Inject(A) readonly a: string) {}
    onClose() {
      events.push('close uses');
    }
    @Tool() use() {
      return this.a;
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensA], handlers: [Uses] })
  class Module {}
  const app = createApp(Module);
  await app.callTool('use');
  await app.close();
  expect(events).toEqual(['open a', 'close uses', 'close a']);
});

test('three sessions share one lifespan, and each has and loses what is its own', async () => {
  @Injectable({ lifetime: 'session' })
  class Basket {
    constructor(@Inject(A) readonly a: string) {
      events.push(`basket with ${a}`);
    }
    onClose() {
      events.push('basket closed');
    }
  }
  class Uses {
    @Tool() use(basket: Basket) {
      return basket.a;
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensA], providers: [Basket], handlers: [Uses] })
  class Module {}
  await using server = await createTestServer(Module);
  const clients = [];
  for (let i = 0; i < 3; i++) clients.push(await server.connect('2025-11-25'));
  for (const client of [...clients, ...clients]) await client.callTool({ name: 'use' });
  await Promise.all(clients.map((client) => client.close()));
  await new Promise(setImmediate);
  await server.close();
  const basket = (what: string) => Array<string>(3).fill(`basket ${what}`);
  expect(events).toEqual(['open a', ...basket('with a'), ...basket('closed'), 'close a']);
});
