import { Context, createApp, currentContext, McpModule, Principal, Tool, type App } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, WAYS } from './connect.js';

class Settings {
  /** Keeps a setting. */
  @Tool() async set_config(key: string, value: string, ctx: Context) {
    await ctx.setState(key, value);
    return { status: 'saved', key };
  }

  /** Gives a setting. */
  @Tool() async get_config(key: string, ctx: Context) {
    const value = await ctx.getState(key);
    return value === undefined ? { error: `Key '${key}' not found` } : { key, value };
  }

  @Tool() async falsy(ctx: Context) {
    const kept = [];
    for (const value of [0, '', false, null]) {
      await ctx.setState('v', value, { scope: 'server' });
      kept.push(await ctx.getState('v', { scope: 'server', default: 'none' }));
    }
    await ctx.deleteState('v', { scope: 'server' });
    return [...kept, await ctx.getState('v', { scope: 'server', default: 'none' })];
  }

  @Tool() async request(ctx: Context) {
    const before = await ctx.getState('mine', { scope: 'request', default: 'nothing' });
    await ctx.setState('mine', () => 1, { scope: 'request' });
    return [before, typeof (await ctx.getState('mine', { scope: 'request' }))];
  }

  @Tool() async unkeepable(ctx: Context) {
    await ctx.setState('f', () => 1, { scope: 'server' });
  }

  @Tool() async share(value: string, ctx: Context) {
    await ctx.setState('shared', value, { scope: 'server' });
  }

  @Tool() async shared(ctx: Context) {
    return (await ctx.getState<string>('shared', { scope: 'server' })) ?? 'nothing';
  }

  @Tool() async deep(n: number) {
    await delay(n % 7);
    return new Promise<string>((resolve) => {
      setImmediate(() => resolve(below(n)));
    });
  }
}

async function below(n: number): Promise<string> {
  await delay(n % 5);
  const { requestId, params } = currentContext() as Context & { params: { arguments: { n: number } } };
  return `${n} ${params.arguments.n} ${requestId !== undefined}`;
}

@McpModule({ name: 'state', version: '1.0.0', handlers: [Settings], currentContext: true })
class StateModule {}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  const logger = new RecordingLogger();
  beforeEach(() => {
    app = createApp(StateModule, { logger });
  });
  afterEach(() => app.close());

  async function client() {
    const { client: connected, call } = await connect(app, way);
    const text = async (name: string, args = {}) =>
      ((await call(name, args)).content[0] as { text: string } | undefined)?.text;
    return { text, close: () => connected.close() };
  }

  test('what a session keeps is there for its next calls, and for nobody else', async () => {
    const one = await client();
    const two = await client();
    const kept = await one.text('set_config', { key: 'a', value: '1' });
    if (way.version === '2026-07-28') {
      expect(kept).toMatch(/^ERR_STATE_NO_SESSION: .*no sessions.*Authenticate.*handles.*create_session/s);
      expect(logger.lines).toContainEqual(
        expect.objectContaining({
          level: 'warn',
          message: expect.stringMatching(/"a".*@SessionHandle\(\)/s),
        }),
      );
    } else {
      expect(kept).toBe('{"status":"saved","key":"a"}');
      expect(await one.text('get_config', { key: 'a' })).toBe('{"key":"a","value":"1"}');
      expect(await two.text('get_config', { key: 'a' })).toBe(`{"error":"Key 'a' not found"}`);
    }
    await one.close();
    await two.close();
  });

  test('values that count as false are kept as they are; what is deleted is gone', async () => {
    const { text, close } = await client();
    expect(await text('falsy')).toBe('[0,"",false,null,"none"]');
    await close();
  });

  test('what is kept for the request ends with it, and may be anything', async () => {
    const { text, close } = await client();
    for (let i = 0; i < 2; i++) expect(await text('request')).toBe('["nothing","function"]');
    expect(await text('unkeepable')).toMatch(/^Error calling tool 'unkeepable' \(ref/);
    const logged = (logger.lines.at(-1)?.fields as { err: Error }).err;
    expect(logged).toMatchObject({ code: 'ERR_STATE_VALUE' });
    expect(logged.message).toMatch(/cannot keep a function.*scope: 'request'/s);
    await close();
  });

  test('what is kept for the server is there for everybody', async () => {
    const one = await client();
    const two = await client();
    await one.text('share', { value: 'x' });
    expect(await two.text('shared')).toBe('x');
    await one.close();
    await two.close();
  });

  test('200 calls at once each find their own Context, however deep', async () => {
    const clients = [await client(), await client()];
    const texts = await Promise.all(
      Array.from({ length: 200 }, (_, n) => clients[n % 2]?.text('deep', { n })),
    );
    expect(texts).toEqual(Array.from({ length: 200 }, (_, n) => `${n} ${n} true`));
    for (const { close } of clients) await close();
  });
});

test('on the revision without sessions, state belongs to the authenticated caller', async () => {
  await using server = await createTestServer(StateModule);
  const alice = new Principal({ issuer: 'i', subject: 'alice' });
  const bob = new Principal({ issuer: 'i', subject: 'bob' });
  const of = (principal: Principal) => server.connect('2026-07-28', { principal });
  await (await of(alice)).callTool({ name: 'set_config', arguments: { key: 'a', value: '1' } });
  const get = async (principal: Principal) =>
    (await (await of(principal)).callTool({ name: 'get_config', arguments: { key: 'a' } })).structuredContent;
  expect(await get(alice)).toEqual({ key: 'a', value: '1' });
  expect(await get(bob)).toEqual({ error: "Key 'a' not found" });
});

test('outside of any call there is no Context', () => {
  expect(() => currentContext()).toThrow(expect.objectContaining({ code: 'ERR_CONTEXT_NONE' }));
});
