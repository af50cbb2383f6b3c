import {
  createApp,
  Inject,
  McpModule,
  Prompt,
  Resource,
  SystemClock,
  Tool,
  use,
  type LogLevel,
  type MiddlewareListing,
} from '@tenon/core';
import { DetailedTiming, Timing } from '@tenon/core/middleware';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

const clock = new ManualClock();

class Slow {
  @Tool() slow(ms: number) {
    clock.advance(ms);
    return 'done';
  }
  @Tool() fails() {
    clock.advance(2.5);
    throw new RangeError('too far');
  }
  @Resource('file://{name}') read(name: string) {
    clock.advance(1.005);
    return name;
  }
  @Prompt() plan() {
    return 'plan';
  }
}

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', handlers: [Slow], middleware })
  class Root {}
  const logger = new RecordingLogger();
  return { logger, Root, app: createApp(Root, { clock, logger }) };
}

const own = (logger: RecordingLogger) =>
  logger.lines.flatMap(({ level, message }) =>
    / (completed|failed) /.test(message) ? [`${level} ${message}`] : [],
  );

test('each request has a line that says how long it took', async () => {
  const { app, logger } = create(Timing);
  await app.callTool('slow', { ms: 12.346 });
  await app.callTool('fails');
  await app.listTools();
  expect(own(logger)).toEqual([
    'info Request tools/call completed in 12.35ms',
    'info Request tools/call failed after 2.50ms: too far',
    'info Request tools/list completed in 0.00ms',
  ]);
  await app.close();
});

test('in detail it says which tool, resource, prompt or list', async () => {
  const { app, logger } = create(DetailedTiming);
  await app.callTool('slow', { ms: 1 });
  await app.callTool('fails');
  await app.readResource('file://a.txt');
  await app.getPrompt('plan');
  await app.listTools();
  await app.listResources();
  await app.listResourceTemplates();
  await app.listPrompts();
  expect(own(logger)).toEqual([
    "info Tool 'slow' completed in 1.00ms",
    "info Tool 'fails' failed after 2.50ms: too far",
    "info Resource 'file://a.txt' completed in 1.00ms",
    "info Prompt 'plan' completed in 0.00ms",
    'info List tools completed in 0.00ms',
    'info List resources completed in 0.00ms',
    'info List resource templates completed in 0.00ms',
    'info List prompts completed in 0.00ms',
  ]);
  await app.close();
});

test('handlers can read what has been measured', async () => {
  const timing = use(Timing, { level: 'debug' });
  class Status {
    constructor(@Inject(timing.token) readonly timing: Timing) {}
    @Tool() status() {
      return this.timing.statistics();
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Slow, Status], middleware: [timing, DetailedTiming] })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { clock, logger });
  await app.callTool('slow', { ms: 10 });
  await app.callTool('slow', { ms: 30 });
  await app.callTool('fails');
  const { structuredContent } = await app.callTool('status');
  expect(structuredContent).toEqual({
    'tools/call': { count: 3, failed: 1, meanMs: 42.5 / 3, maxMs: 30 },
  });
  expect(app.get(DetailedTiming).statistics()).toMatchObject({
    "Tool 'slow'": { count: 2, failed: 0, meanMs: 20, maxMs: 30 },
    "Tool 'fails'": { count: 1, failed: 1 },
  });
  expect(own(logger)[1]).toBe('debug Request tools/call completed in 10.00ms');
  await app.close();
});

test('what strangers make up is measured as one, and cut in the log', async () => {
  const { app, Root, logger } = create(Timing, DetailedTiming);
  await app.close();
  await using server = await createTestServer(Root, { clock, logger });
  const client = await server.connect('2025-11-25');
  for (const n of [1, 2, 3]) {
    await client.request({ method: `made/up/${n}` } as never, {} as never).catch(() => undefined);
    await client.callTool({ name: `${n}${'x'.repeat(5000)}` }).catch(() => undefined);
    await client.readResource({ uri: `other://${n}` }).catch(() => undefined);
  }
  const timing = server.app.get(Timing).statistics();
  expect(timing['(unknown)']).toMatchObject({ count: 3, failed: 3 });
  expect(Object.keys(server.app.get(DetailedTiming).statistics())).toEqual([
    'Tool (unknown)',
    'Resource (unknown)',
  ]);
  for (const { message } of logger.lines.filter(({ message: line }) => line.startsWith('Tool')))
    expect(message.length).toBeLessThan(1500);
});

test('of lines the log does not take nothing is put together', async () => {
  class Quiet extends RecordingLogger {
    override isEnabled(level: LogLevel): boolean {
      return level === 'error';
    }
  }
  const { app } = create(Timing, DetailedTiming);
  await app.close();
  @McpModule({ name: 't', version: '1', handlers: [Slow], middleware: [Timing, DetailedTiming] })
  class Root {}
  const logger = new Quiet();
  const quiet = createApp(Root, { clock, logger });
  await quiet.callTool('slow', { ms: 1 });
  await quiet.callTool('fails');
  expect(own(logger)).toEqual([]);
  expect(quiet.get(Timing).statistics()['tools/call']).toMatchObject({ count: 2 });
  await quiet.close();
});

test("the machine's clock measures in parts of a millisecond, and never backwards", () => {
  const system = new SystemClock();
  const began = system.elapsed();
  let now = began;
  while (now === began) now = system.elapsed();
  expect(now).toBeGreaterThan(began);
  expect(now - began).toBeLessThan(1);
});

test('made by hand it logs where the message does', async () => {
  const { app, logger } = create(new Timing({}, clock));
  await app.callTool('slow', { ms: 2 });
  expect(own(logger)).toEqual(['info Request tools/call completed in 2.00ms']);
  await app.close();
});

test('options it does not know are told', () => {
  expect(() => create(use(Timing, { level: 'loud' as never }))).toThrow('level');
  expect(() => new DetailedTiming({ level: 'loud' as never })).toThrow('level');
});
