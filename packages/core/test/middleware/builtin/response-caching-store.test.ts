import {
  Context,
  createApp,
  McpModule,
  MemoryStore,
  Middleware,
  ReadOnly,
  Tool,
  type Call,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { ResponseCaching } from '@tenon/core/middleware';
import { createTestServer, ManualClock } from '@tenon/testing';
import { create, forgetRuns, moduleOf, run, runs } from '../../fixtures/shop.js';

beforeEach(forgetRuns);

test('a read that was under way when its resource changed is not kept', async () => {
  let changed: () => void = () => undefined;
  @Middleware()
  class Changing implements MiddlewareHooks {
    async onReadResource(_: Call, next: Next) {
      const result = (await next()) as never;
      changed();
      return result;
    }
  }
  const { app } = create({}, { behind: [Changing] });
  changed = () => {
    app.updated('shop://hours');
  };
  for (const _ of [1, 2]) await app.readResource('shop://hours');
  expect(runs).toHaveLength(2);
});

test('an instance hears of changes as well', async () => {
  const cache = new ResponseCaching({ ttlSeconds: 60 });
  const app = createApp(moduleOf([cache]));
  for (const _ of [1, 2]) await app.readResource('shop://hours');
  expect(runs).toHaveLength(1);
  app.updated('shop://hours');
  await app.readResource('shop://hours');
  expect(runs).toHaveLength(2);
  expect(cache.statistics().resources).toEqual({ hits: 1, misses: 2, kept: 2, tooLarge: 0, unfit: 0 });
});

test('an answer that is too large is given and not kept; what is longest unused makes room for the others', async () => {
  const small = create({ maxItemBytes: 1000 });
  for (const _ of [1, 2]) expect((await small.app.callTool('large')).content).toHaveLength(1);
  expect(runs).toHaveLength(2);
  forgetRuns();
  const storage = new MemoryStore(new ManualClock());
  const { app } = create({ maxBytes: 200, storage });
  const ask = (item: string) => app.callTool('price', { item });
  for (const item of ['a', 'b', 'a', 'c', 'd', 'a', 'b']) await ask(item);
  const asked = runs.map((each) => each.split(' ')[2]);
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'b']);
  const keys = [];
  for await (const [key] of storage.entries('response-cache/')) keys.push(key);
  expect(keys).toHaveLength(3);
});

test('two servers with one store share what is kept, and what has changed', async () => {
  const storage = new MemoryStore(new ManualClock());
  const [one, other] = [create({ storage }), create({ storage })];
  await one.app.callTool('price', { item: 'tea' });
  await other.app.callTool('price', { item: 'tea' });
  await one.app.readResource('shop://hours');
  await other.app.readResource('shop://hours');
  expect(runs).toHaveLength(2);
  other.app.updated('shop://hours');
  await one.app.readResource('shop://hours');
  expect(runs).toHaveLength(3);
});

test('the storage of the module is the default', async () => {
  const store = new MemoryStore(new ManualClock());
  const { app } = create(undefined, { storage: store });
  await app.callTool('price', { item: 'tea' });
  const keys = [];
  for await (const [key] of store.entries('response-cache/')) keys.push(key);
  expect(keys).toHaveLength(1);
});

class Broken extends MemoryStore {
  broken = true;
  override getMany(keys: readonly string[]) {
    return this.broken ? Promise.reject(new Error('gone')) : super.getMany(keys);
  }
  override set(key: string, value: unknown, options?: { ttlMs?: number }) {
    return this.broken ? Promise.reject(new Error('gone')) : super.set(key, value, options);
  }
}

test('a store that fails is told once, and every call runs; what changed meanwhile is void when it works again', async () => {
  const storage = new Broken(new ManualClock());
  storage.broken = false;
  const { app, logger } = create({ storage });
  const read = async () => (await app.readResource('shop://hours')).contents;
  await read();
  storage.broken = true;
  app.updated('shop://hours');
  expect(await read()).toMatchObject([{ text: '9 to 5' }]);
  await read();
  const warnings = () => logger.lines.filter(({ level }) => level === 'warn');
  expect([runs.length, warnings().length]).toEqual([3, 1]);
  expect(warnings()[0]?.message).toBe('ResponseCaching: the store fails, so nothing is kept');
  storage.broken = false;
  await read();
  await read();
  expect([runs.length, warnings().length]).toEqual([4, 1]);
});

test('what somebody else has put into the store is no answer', async () => {
  const storage = new MemoryStore(new ManualClock());
  const { app } = create({ storage });
  await app.callTool('price', { item: 'tea' });
  for await (const [key] of storage.entries('response-cache/'))
    for (const value of ['x', null, 7, { result: 'x', at: 1, stamps: [] }]) {
      await storage.set(key, value);
      expect((await app.callTool('price', { item: 'tea' })).content).toHaveLength(1);
    }
  expect(runs).toHaveLength(5);
});

test('calls that come while the same one runs wait for its answer; each has a copy of its own', async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let waiting = 0;
  @Middleware()
  class Gate implements MiddlewareHooks {
    async onCallTool(_: Call, next: Next) {
      waiting++;
      await gate;
      return next() as never;
    }
  }
  await using server = await createTestServer(moduleOf([ResponseCaching, Gate]));
  const client = await server.connect();
  const calls = [1, 2, 3].map(() => client.callTool({ name: 'price', arguments: { item: 'tea' } }));
  const failing = [1, 2].map(() => client.callTool({ name: 'fails' }));
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  open();
  const [first, ...rest] = await Promise.all(calls);
  for (const each of rest) expect(each).toEqual(first);
  await Promise.all(failing);
  expect(runs.filter((each) => each !== 'fails')).toHaveLength(1);
  expect(runs.filter((each) => each === 'fails')).toHaveLength(2);
  expect(waiting).toBeGreaterThan(1);
});

test('a tool that calls itself does not wait for itself', async () => {
  let app: ReturnType<typeof createApp> | undefined = undefined;
  class Loop {
    @ReadOnly() @Tool() async again(depth: number, ctx: Context): Promise<string> {
      run(`again ${depth}`);
      if (runs.length > 3) return 'end';
      await ctx.callTool('again', { depth });
      await app?.callTool('again', { depth });
      return 'end';
    }
  }
  @McpModule({ name: 'loop', version: '1', handlers: [Loop], middleware: [ResponseCaching] })
  class Root {}
  app = createApp(Root);
  expect((await app.callTool('again', { depth: 1 })).content).toHaveLength(1);
});
