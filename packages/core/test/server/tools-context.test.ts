import { Context, createApp, Logger, McpModule, Principal, Tool } from '@tenon/core';
import type { LoggingLevel } from '@tenon/core';
import { createTestServer, RecordingLogger, type TestVersion } from '@tenon/testing';

let aborted: string[] = [];
let reached = (): void => undefined;
let release = (): void => undefined;

class Tools {
  @Tool() async counts(ctx: Context) {
    for (const step of [1, 2, 2, 1, 3]) await ctx.reportProgress(step, 3, `step ${step}`);
    return 'done';
  }
  @Tool() async logs(ctx: Context) {
    await ctx.debug('debug');
    await ctx.info({ at: 'info' });
    await ctx.warning('warning');
    await ctx.error('error');
    return 'done';
  }
  @Tool() async waits(ctx: Context, signal: AbortSignal) {
    const done = new Promise<void>((resolve) => (release = resolve));
    signal.addEventListener('abort', () => {
      aborted.push((signal.reason as Error).message);
    });
    reached();
    await done;
    await ctx.reportProgress(1);
    await ctx.info('too late');
    return `${ctx.signal === signal}`;
  }
  @Tool() about(ctx: Context, log: Logger, principal: Principal) {
    log.info('called');
    const { client, version, era, method, sessionId } = ctx;
    return {
      name: client.info?.name,
      version,
      era,
      method,
      session: typeof sessionId,
      principal: (principal as Principal | undefined)?.key ?? null,
      request: typeof ctx.requestId,
    };
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

beforeEach(() => {
  aborted = [];
});

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  test('progress is sent as far as it grows, to who asked for it', async () => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const seen: unknown[] = [];
    const onprogress = (progress: unknown): void => void seen.push(progress);
    await client.callTool(
      { name: 'counts' },
      ...((version === '2025-11-25' ? [undefined, { onprogress }] : [{ onprogress }]) as unknown as []),
    );
    expect(seen).toEqual([1, 2, 3].map((step) => ({ progress: step, total: 3, message: `step ${step}` })));
  });

  test('a cancelled call aborts its signal with the reason, and is not answered', async () => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const waiting = new Promise<void>((resolve) => (reached = resolve));
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const call = client.callTool(
      { name: 'waits' },
      ...((version === '2025-11-25' ? [undefined, options] : [options]) as unknown as []),
    );
    const failed = call.catch((error: unknown) => error);
    await waiting;
    controller.abort('enough');
    expect(await failed).toBeInstanceOf(Error);
    await new Promise((resolve) => setImmediate(resolve));
    expect(aborted).toHaveLength(1);
    expect(aborted[0]).toMatch('enough');
    const errors: unknown[] = [];
    client.onerror = (error) => errors.push(error);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
  });

  test('a handler knows who calls, how, and in which era', async () => {
    const logger = new RecordingLogger();
    await using server = await createTestServer(Root, { logger });
    const principal = new Principal({ issuer: 'i', subject: 'alice' });
    const client = await server.connect(version, { principal });
    const { structuredContent } = await client.callTool({ name: 'about' });
    expect(structuredContent).toEqual({
      name: 'test',
      version,
      era: version === '2025-11-25' ? 'legacy' : 'modern',
      method: 'tools/call',
      session: version === '2025-11-25' ? 'string' : 'undefined',
      principal: principal.key,
      request: 'number',
    });
    expect(logger.lines[0]).toMatchObject({
      level: 'info',
      message: 'called',
      fields: { method: 'tools/call' },
    });
    expect(logger.lines[0]?.fields.requestId).toBeDefined();
  });
});

test('on 2025-11-25 a session hears from "info" on, or from the level it has set', async () => {
  await using server = await createTestServer(Root);
  const client = await server.connect('2025-11-25');
  const levels: string[] = [];
  client.fallbackNotificationHandler = async ({ params }) => void levels.push(String(params?.level));
  await client.callTool({ name: 'logs' });
  expect(levels.splice(0)).toEqual(['info', 'warning', 'error']);
  await client.setLoggingLevel('error');
  await client.callTool({ name: 'logs' });
  expect(levels.splice(0)).toEqual(['error']);
  await client.setLoggingLevel('debug');
  await client.callTool({ name: 'logs' });
  expect(levels).toEqual(['debug', 'info', 'warning', 'error']);
  await expect(client.setLoggingLevel('loud' as LoggingLevel)).rejects.toMatchObject({ code: -32602 });
});

test('on 2026-07-28 a message hears the level it names, and nothing without one', async () => {
  await using server = await createTestServer(Root);
  const client = await server.connect('2026-07-28');
  const levels: string[] = [];
  client.setNotificationHandler('notifications/message', ({ params }) => void levels.push(params.level));
  await client.callTool({ name: 'logs' });
  expect(levels.splice(0)).toEqual([]);
  await client.callTool({ name: 'logs', _meta: { 'io.modelcontextprotocol/logLevel': 'warning' } });
  expect(levels).toEqual(['warning', 'error']);
});

test('a call inside the process hears what belongs to it', async () => {
  const app = createApp(Root, { logger: new RecordingLogger() });
  const heard: string[] = [];
  await app.callTool('logs', {}, { onNotification: (method) => heard.push(method) });
  expect(heard).toEqual(Array(4).fill('notifications/message'));
  expect((await app.callTool('about')).structuredContent).toMatchObject({
    request: 'string',
    principal: null,
  });
  await app.close();
});

test('a call inside the process can be cancelled by its signal', async () => {
  const app = createApp(Root);
  const controller = new AbortController();
  const waiting = new Promise<void>((resolve) => (reached = resolve));
  const call = app.callTool('waits', {}, { signal: controller.signal });
  await waiting;
  controller.abort('enough');
  release();
  await expect(call).rejects.toMatchObject({ code: -32603 });
  expect(aborted).toEqual(['enough']);
  await app.close();
});

test('what is logged for a client and JSON cannot carry does not fail the call', async () => {
  class Logs {
    @Tool() async logs(ctx: Context) {
      await ctx.info({ big: 1n });
      return 'done';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Logs] })
  class Module {}
  await using server = await createTestServer(Module, { logger: new RecordingLogger() });
  const client = await server.connect('2025-11-25');
  expect((await client.callTool({ name: 'logs' })).isError).toBeUndefined();
});

test.each([NaN, Infinity])('progress of %p is never sent', async (progress) => {
  class Reports {
    @Tool() async reports(ctx: Context) {
      await ctx.reportProgress(progress);
      await ctx.reportProgress(1);
      return 'done';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Reports] })
  class Module {}
  await using server = await createTestServer(Module);
  const client = await server.connect('2025-11-25');
  const errors: unknown[] = [];
  const seen: unknown[] = [];
  client.onerror = (error) => errors.push(error);
  await client.callTool({ name: 'reports' }, undefined, { onprogress: (each) => void seen.push(each) });
  expect(errors).toEqual([]);
  expect(seen).toEqual([{ progress: 1 }]);
});
