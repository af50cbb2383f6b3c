import { Context, Lifespan, McpModule, Principal, token, Tool } from '@tenon/core';
import { createTestServer, RecordingLogger, testContext, type TestVersion } from '../src/index.js';

const A = token<string>('A');
let events: string[] = [];

@Lifespan(A)
class OpensA {
  *open() {
    events.push('open');
    yield 'a';
    events.push('close');
  }
}

class Tools {
  @Tool() async work(ctx: Context) {
    await ctx.reportProgress(1, 2, 'half');
    await ctx.reportProgress(2);
    await ctx.info('done');
    await ctx.error({ code: 1 });
    ctx.logger.warn('careful');
    return `${ctx.principal?.subject ?? 'nobody'} ${ctx.lifespan(A)}`;
  }
}

@McpModule({ name: 't', version: '1', lifespans: [OpensA], handlers: [Tools] })
class Root {}

beforeEach(() => {
  events = [];
});

test('a handler is called directly with a context that keeps what it reports', async () => {
  const principal = new Principal({ issuer: 'i', subject: 'alice' });
  const ctx = testContext({ principal, lifespans: [[A, 'fake']] });
  expect(await new Tools().work(ctx)).toBe('alice fake');
  expect(ctx.progress).toEqual([{ progress: 1, total: 2, message: 'half' }, { progress: 2 }]);
  expect(ctx.logs).toEqual([
    { level: 'info', data: 'done' },
    { level: 'error', data: { code: 1 } },
  ]);
  expect((ctx.logger as RecordingLogger).lines).toEqual([{ level: 'warn', message: 'careful', fields: {} }]);
  expect(ctx.signal.aborted).toBe(false);
});

test('a context names the lifespan that a test has left out', () => {
  expect(() => testContext().lifespan(A)).toThrow('lifespans');
});

test('a context aborts by the signal it is given', () => {
  const controller = new AbortController();
  const ctx = testContext({ signal: controller.signal });
  controller.abort();
  expect(ctx.signal.aborted).toBe(true);
});

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  test('a server is started, called by a client of its revision, and closed in a line each', async () => {
    {
      await using server = await createTestServer(Root, { logger: new RecordingLogger() });
      expect(events).toEqual(['open']);
      const client = await server.connect(version, {
        principal: new Principal({ issuer: 'i', subject: 'bob' }),
      });
      const { content } = await client.callTool({ name: 'work' });
      expect(content).toEqual([{ type: 'text', text: 'bob a' }]);
    }
    expect(events).toEqual(['open', 'close']);
  });
});

test('without a revision a client speaks the newer one', async () => {
  await using server = await createTestServer(Root, {
    logger: new RecordingLogger(),
    override: [{ provide: A, useValue: 'fake' }],
  });
  const client = await server.connect();
  expect((await client.callTool({ name: 'work' })).content).toEqual([{ type: 'text', text: 'nobody fake' }]);
});

test('a server that cannot start rejects, and leaves nothing open', async () => {
  @Lifespan(token('B'))
  class Fails {
    *open(): Generator<unknown, void, unknown> {
      throw new Error('no');
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensA, Fails], handlers: [Tools] })
  class Failing {}
  await expect(createTestServer(Failing)).rejects.toMatchObject({ code: 'ERR_LIFESPAN_FAILED' });
  expect(events).toEqual(['open', 'close']);
});

test('a log keeps the lines of its children with their fields', () => {
  const log = new RecordingLogger();
  log.child({ a: 1 }).child({ b: 2 }).error('line', { c: 3 });
  log.debug('own');
  log.info('own');
  expect(log.lines).toEqual([
    { level: 'error', message: 'line', fields: { a: 1, b: 2, c: 3 } },
    { level: 'debug', message: 'own', fields: {} },
    { level: 'info', message: 'own', fields: {} },
  ]);
});
