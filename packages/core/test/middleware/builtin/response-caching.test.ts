import {
  Cache,
  createApp,
  McpModule,
  Middleware,
  Resource,
  Tool,
  tool,
  use,
  type Call,
  type FrameworkError,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { ResponseCaching, type ResponseCachingOptions } from '@tenon/core/middleware';
import { create, forgetRuns, runs, keepIn, PLACES } from '../../fixtures/shop.js';

describe.each(PLACES)('answers in %s', (place) => {
  beforeEach(() => {
    forgetRuns();
    keepIn(place);
  });

  test('a read-only tool runs once for the same arguments, in whatever order they stand, until its time is over', async () => {
    const { app, clock } = create({ ttlSeconds: 60 });
    const first = await app.callTool('price', { item: 'tea', currency: 'USD' });
    expect(await app.callTool('price', { currency: 'USD', item: 'tea' })).toEqual(first);
    expect(runs).toEqual(['price of tea in USD']);
    await app.callTool('price', { item: 'tea' });
    await app.callTool('price', { item: 'coffee' });
    expect(runs).toHaveLength(3);
    clock.advance(59_999);
    await app.callTool('price', { item: 'tea' });
    expect(runs).toHaveLength(3);
    clock.advance(1);
    await app.callTool('price', { item: 'tea' });
    expect(runs).toHaveLength(4);
  });

  test('unasked, only tools that are read-only or idempotent are kept, and those with @Cache; @NoCache never', async () => {
    const { app } = create();
    for (const name of ['price', 'order']) for (const _ of [1, 2]) await app.callTool(name, { item: 'tea' });
    for (const name of ['mood', 'stock']) for (const _ of [1, 2]) await app.callTool(name);
    expect(runs).toEqual(['price of tea in EUR', 'ordered tea', 'ordered tea', 'mood', 'stock', 'stock']);
  });

  test('cacheTools: true asks for every tool, false for none, a list for those it names', async () => {
    const ran = async (cacheTools: ResponseCachingOptions['cacheTools']) => {
      forgetRuns();
      const { app } = create(cacheTools === undefined ? {} : { cacheTools });
      for (const _ of [1, 2]) {
        await app.callTool('order', { item: 'tea' });
        await app.callTool('mood');
        await app.callTool('stock');
      }
      return runs.join();
    };
    expect(await ran(true)).toBe('ordered tea,mood,stock,stock');
    expect(await ran(false)).toBe('ordered tea,mood,stock,ordered tea,mood,stock');
    expect(await ran({ include: ['order'] })).toBe('ordered tea,mood,stock,mood,stock');
    expect(await ran({ exclude: ['mood'] })).toBe('ordered tea,mood,stock,ordered tea,mood,stock');
  });

  test('@Cache gives a time of its own, and so does an operation', async () => {
    const { app, clock } = create({ cacheResources: { ttlSeconds: 20 }, ttlSeconds: 30 });
    const all = async () => {
      await app.callTool('estimate');
      await app.readResource('shop://hours');
      await app.getPrompt('pitch', { item: 'tea' });
    };
    await all();
    clock.advance(10_000);
    await all();
    clock.advance(10_000);
    await all();
    clock.advance(10_000);
    await all();
    const times = (what: string) => runs.filter((each) => each === what).length;
    expect([times('estimate'), times('9 to 5'), times('Sell me tea')]).toEqual([4, 2, 2]);
  });

  test('an idempotent tool is kept only until a tool has changed something', async () => {
    const { app } = create();
    const set = (price: number) => app.callTool('setPrice', { item: 'tea', price });
    await set(5);
    await set(5);
    expect(runs).toHaveLength(1);
    await set(6);
    await set(5);
    expect(runs).toEqual(['tea costs 5', 'tea costs 6', 'tea costs 5']);
    await app.callTool('order', { item: 'tea' });
    await set(5);
    expect(runs).toHaveLength(5);
  });

  test('idempotent calls that overlap with others leave nothing behind', async () => {
    const { app } = create();
    await Promise.all([5, 6].map((price) => app.callTool('setPrice', { item: 'tea', price })));
    await app.callTool('setPrice', { item: 'tea', price: 5 });
    expect(runs).toHaveLength(3);
  });

  test('resources and prompts are kept, and are not where the options say so', async () => {
    const twice = async (options: ResponseCachingOptions) => {
      forgetRuns();
      const { app } = create(options);
      for (const _ of [1, 2]) {
        await app.readResource('shop://hours');
        await app.readResource('shop://item/7');
        await app.getPrompt('pitch', { item: 'tea' });
      }
      return runs;
    };
    expect(await twice({})).toHaveLength(3);
    expect(await twice({ cachePrompts: false })).toHaveLength(4);
    expect(await twice({ cacheResources: false })).toHaveLength(5);
  });

  test('settings nobody can mean are told when the app is created', () => {
    class Wrong {
      @Cache({ ttlSeconds: -1 }) @Tool() one() {
        return 1;
      }
      @Cache({ seconds: 5 } as never) @Resource('x://y') two() {
        return 2;
      }
    }
    @McpModule({
      name: 'wrong',
      version: '1',
      handlers: [Wrong],
      components: [tool({ name: 'three', caching: { scope: 'all' as 'public' }, run: () => 3 })],
      middleware: [use(ResponseCaching, { ttlSeconds: 0, cacheTools: { only: [] } as never })],
    })
    class Root {}
    let told = '';
    try {
      createApp(Root);
    } catch (error) {
      told = (error as FrameworkError).message;
    }
    for (const owner of ['@Cache of Wrong.one', '@Cache of Wrong.two', "tool 'three'"])
      expect(told).toContain(owner);
    expect(told.match(/ERR_OPTION_VALUE/g)).toHaveLength(5);
    expect(() => new ResponseCaching({ maxItemBytes: 0 })).toThrow('maxItemBytes');
  });

  test('a cache that stands outside of what limits is told at the start', async () => {
    @Middleware({ role: 'limit' })
    class Limit implements MiddlewareHooks {
      onCallTool(_: Call, next: Next) {
        return next() as never;
      }
    }
    const { app, logger } = create({}, { behind: [Limit] });
    await app.start();
    expect(logger.lines.map(({ message }) => message).join()).toContain(
      'ResponseCaching stands outside of Limit: what ResponseCaching answers by itself, Limit does not count',
    );
    await app.close();
  });
});
