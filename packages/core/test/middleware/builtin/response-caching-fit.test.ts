import {
  Context,
  createApp,
  jsonSchema,
  Middleware,
  Principal,
  tool,
  HeldSession,
  Injectable,
  McpModule,
  ReadOnly,
  SessionHandle,
  SessionHandles,
  sessionTools,
  Tool,
  use,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type ListToolsResult,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { ResponseCaching } from '@tenon/core/middleware';
import { createTestServer } from '@tenon/testing';
import { create, forgetRuns, moduleOf, run, runs, keepIn, PLACES } from '../../fixtures/shop.js';

const ada = new Principal({ issuer: 'test', subject: 'ada' });
const bob = new Principal({ issuer: 'test', subject: 'bob' });

describe.each(PLACES)('answers in %s', (place) => {
  beforeEach(() => {
    forgetRuns();
    keepIn(place);
  });

  test('errors are not kept, whether they are thrown or returned', async () => {
    const { app } = create();
    for (const name of ['fails', 'refuses'])
      for (const _ of [1, 2]) expect((await app.callTool(name)).isError).toBe(true);
    expect(runs).toEqual(['fails', 'fails', 'refuses', 'refuses']);
  });

  test('each principal has answers of its own, and so have anonymous callers; who may do less is another caller', async () => {
    const { app } = create();
    const answers = [];
    for (const caller of [{ principal: ada }, { principal: bob }, {}, { principal: ada }, {}]) {
      const { content } = await app.callTool('whoami', {}, caller);
      answers.push((content[0] as { text: string }).text);
    }
    expect(answers).toEqual(['I am ada', 'I am bob', 'I am nobody', 'I am ada', 'I am nobody']);
    expect(runs).toHaveLength(3);
    const admin = new Principal({ issuer: 'test', subject: 'ada', scopes: ['admin'] });
    expect(admin.key).toBe(ada.key);
    await app.callTool('whoami', {}, { principal: admin });
    expect(runs).toHaveLength(4);
  });

  test('answers with the scope "public" are shared, unless they have looked at their caller', async () => {
    const { app } = create();
    for (const principal of [ada, bob]) {
      await app.callTool('hours', {}, { principal });
      await app.readResource('shop://minute', { principal });
      const { content } = await app.callTool('discount', {}, { principal });
      expect(content[0]).toMatchObject({ text: `discount of ${principal.subject}` });
    }
    expect(runs).toEqual(['hours', 'minute', 'discount of ada', 'discount of bob']);
  });

  test('an answer for all stays one where it has asked the server for another that is for all', async () => {
    const { app } = create();
    await app.start();
    app.add(
      tool({
        name: 'board',
        caching: { scope: 'public' },
        run: async (_: unknown, ctx: Context) => {
          await ctx.callTool('hours');
          return run('board');
        },
      }),
    );
    for (const principal of [ada, bob]) await app.callTool('board', {}, { principal });
    expect(runs).toEqual(['hours', 'board']);
  });

  test('what has read the state of a session is for that call alone, also through a call of the server itself', async () => {
    await using server = await createTestServer(moduleOf([ResponseCaching]));
    const [one, other] = [await server.connect('2025-11-25'), await server.connect('2025-11-25')];
    for (const client of [one, one, other]) await client.callTool({ name: 'basket' });
    expect(runs).toHaveLength(3);
    for (const client of [one, other]) await client.callTool({ name: 'total' });
    expect(runs.filter((each) => each === 'total')).toHaveLength(2);
  });

  test('what is kept behind a session handle is read anew by each call, also by one that opens the session itself', async () => {
    @Injectable()
    class Desk {
      constructor(private readonly handles: SessionHandles) {}
      @Tool() async write(text: string, @SessionHandle() session: HeldSession) {
        await session.set('text', text);
      }
      @ReadOnly() @Tool() async taken(@SessionHandle() session: HeldSession) {
        return session.get<string>('text');
      }
      @ReadOnly() @Tool() async opened(session_id: string, ctx: Context) {
        return (await this.handles.open(session_id, ctx)).get<string>('text');
      }
    }
    @McpModule({
      name: 'desk',
      version: '1.0.0',
      handlers: [Desk],
      components: sessionTools(),
      middleware: [ResponseCaching],
    })
    class DeskModule {}
    const app = createApp(DeskModule);
    const { session_id } = (await app.callTool('create_session')).structuredContent as { session_id: string };
    for (const text of ['one', 'two']) {
      await app.callTool('write', { session_id, text });
      for (const name of ['taken', 'opened'])
        expect(await app.callTool(name, { session_id })).toMatchObject({ content: [{ text }] });
    }
    await app.close();
  });

  test('what a decorator has taken out of the request is for that call alone', async () => {
    const { app } = create();
    for (const _ of [1, 2]) await app.callTool('guarded');
    expect(runs).toHaveLength(2);
  });

  test('what has sent progress is not kept; where nobody asked for progress, it is', async () => {
    await using server = await createTestServer(moduleOf([ResponseCaching]));
    const client = await server.connect('2025-11-25');
    const progress: unknown[] = [];
    for (const _ of [1, 2])
      await client.callTool({ name: 'slowly' }, undefined, { onprogress: (each) => progress.push(each) });
    expect([runs.length, progress.length]).toEqual([2, 2]);
    for (const _ of [1, 2]) await client.callTool({ name: 'slowly' });
    expect(runs).toHaveLength(3);
  });

  test('a change of the list of tools, and a resource that is said to have changed, make what is kept of them void', async () => {
    const { app } = create();
    const all = async () => {
      await app.callTool('mood');
      for (const uri of ['shop://hours', 'shop://item/1', 'shop://item/2']) await app.readResource(uri);
    };
    await all();
    app.updated('shop://item/1');
    await all();
    expect(runs).toEqual(['mood', '9 to 5', 'item 1', 'item 2', 'item 1']);
    app.disable({ names: ['stock'] });
    await all();
    expect(runs.slice(5)).toEqual(['mood']);
  });

  test('what clients may not keep is not kept, and what they may keep is told with the time that is left', async () => {
    const { app, clock, module } = create();
    const read = async (uri: string) => (await app.readResource(uri)) as unknown as { ttlMs: number };
    for (const _ of [1, 2]) await read('shop://never');
    expect(runs).toEqual(['never', 'never']);
    expect((await read('shop://minute')).ttlMs).toBe(60_000);
    clock.advance(20_000);
    expect(await read('shop://minute')).toMatchObject({ ttlMs: 40_000, cacheScope: 'public' });
    clock.advance(40_000);
    expect((await read('shop://minute')).ttlMs).toBe(60_000);
    expect(runs).toEqual(['never', 'never', 'minute', 'minute']);
    await using server = await createTestServer(module);
    const legacy = await server.connect('2025-11-25');
    await legacy.readResource({ uri: 'shop://minute' });
    expect(await legacy.readResource({ uri: 'shop://minute' })).not.toHaveProperty('ttlMs');
  });

  test('lists are kept where it is asked for, until they change; then what middleware makes of them costs nothing more', async () => {
    let made = 0;
    @Middleware()
    class Busy implements MiddlewareHooks {
      async onListTools(_: Call, next: Next<never, ListToolsResult>) {
        made++;
        const { tools } = await next();
        return { tools: tools.filter(({ name }) => name !== 'order') };
      }
    }
    const { module } = create({ cacheLists: true }, { behind: [Busy] });
    await using server = await createTestServer(module);
    const client = await server.connect();
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    const first = await names();
    expect(await names()).toEqual(first);
    expect([made, first.includes('order'), first.includes('price')]).toEqual([1, false, true]);
    server.app.add(tool({ name: 'late', run: () => 'late' }));
    expect(await names()).toContain('late');
    expect(made).toBe(2);
  });

  test('a cache that keeps no lists leaves them as they are', async () => {
    const { module } = create({});
    await using server = await createTestServer(module);
    const client = await server.connect();
    expect(await client.listTools()).toMatchObject({ cacheScope: 'public' });
  });

  test('the empty list is an answer', async () => {
    @Middleware()
    class Busy implements MiddlewareHooks {
      onListPrompts() {
        runs.push('listed');
        return { prompts: [] };
      }
    }
    const { app } = create({ cacheLists: { ttlSeconds: 5 } }, { behind: [Busy] });
    await using server = await createTestServer(moduleOf([use(ResponseCaching, { cacheLists: true }), Busy]));
    await app.close();
    const client = await server.connect('2025-11-25');
    for (const _ of [1, 2]) expect((await client.listPrompts()).prompts).toEqual([]);
    expect(runs).toEqual(['listed']);
  });

  test('what stands in front of the cache runs for every call, what stands behind it for none that is answered', async () => {
    const seen: string[] = [];
    class Seen implements MiddlewareHooks {
      constructor(readonly name: string) {}
      onCallTool(_: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
        seen.push(this.name);
        return next();
      }
    }
    const module = moduleOf([new Seen('front'), use(ResponseCaching), new Seen('behind')]);
    const app = createApp(module);
    for (const _ of [1, 2]) await app.callTool('price', { item: 'tea' });
    expect(seen).toEqual(['front', 'behind', 'front']);
  });

  test('a tool that has been replaced is another tool, and what nobody offers is not answered', async () => {
    const { app } = create();
    await app.start();
    await app.callTool('mood');
    app.remove({ names: ['mood'] });
    await expect(app.callTool('mood')).rejects.toThrow("Unknown tool: 'mood'");
    app.add(tool({ name: 'mood', caching: { ttlSeconds: 5 }, run: () => run('other mood') }));
    for (const _ of [1, 2]) await app.callTool('mood');
    expect(runs).toEqual(['mood', 'other mood']);
  });

  test('what a caller no longer sees is not answered, however lately it was', async () => {
    let hidden = false;
    @Middleware()
    class Hiding implements MiddlewareHooks {
      visible(component: { readonly name: string }) {
        return !(hidden && component.name === 'price');
      }
    }
    const { app } = create({}, { behind: [Hiding] });
    await app.callTool('price', { item: 'tea' });
    hidden = true;
    await expect(app.callTool('price', { item: 'tea' })).rejects.toThrow("Unknown tool: 'price'");
    hidden = false;
    await app.callTool('price', { item: 'tea' });
    expect(runs).toHaveLength(1);
  });

  test('what a user keeps, and what stands behind a handle, is for one call alone; what the server keeps is not', async () => {
    const ask = tool({
      name: 'ask',
      caching: {},
      input: jsonSchema<{ scope: 'user' | 'server' }>({
        type: 'object',
        properties: { scope: { type: 'string' } },
      }),
      run: async ({ scope }, ctx: Context) => run(`${scope} ${await ctx.getState<string>('x', { scope })}`),
    });
    const { app } = create({});
    await app.start();
    app.add(ask);
    for (const scope of ['user', 'user', 'server', 'server'])
      await app.callTool('ask', { scope }, { principal: ada });
    expect(runs).toHaveLength(3);
  });
});
