import {
  createApp,
  Inject,
  McpModule,
  Resource,
  Tool,
  ToolError,
  Unavailable,
  use,
  type App,
  type MiddlewareListing,
} from '@tenon/core';
import {
  DetailedTiming,
  ErrorHandling,
  Logging,
  Ping,
  RateLimit,
  Retry,
  SERVER_CODES,
  StructuredLogging,
  Timing,
} from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Way } from './connect.js';

const errors = use(ErrorHandling);

let failures: unknown[] = [];

class Tools {
  constructor(@Inject(errors.token) readonly errors: ErrorHandling) {}

  @Tool({ annotations: { readOnlyHint: true } }) ping(secret: string) {
    const failure = failures.shift();
    if (failure) throw failure;
    return `pong ${secret.length}`;
  }
  @Tool() stats() {
    return this.errors.getErrorStats();
  }
  @Resource('data://gone') gone(): string {
    throw Object.assign(new Error('/srv/secret/path'), { code: 'ENOENT' });
  }
}

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1.0.0', handlers: [Tools], middleware: [errors, ...middleware] })
  class Root {}
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  return { clock, logger, app: createApp(Root, { clock, logger }) };
}

const text = ({ content }: { content: unknown[] }) => (content[0] as { text: string } | undefined)?.text;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets the clock of the server go on until something is settled. */
async function passing(clock: ManualClock, waiting: Promise<unknown>): Promise<void> {
  let settled = false;
  void waiting.finally(() => (settled = true));
  for (; !settled; await turn()) clock.advance(100);
}

const args = { secret: 'hunter2' };

describe.each(WAYS)('over $over, in $version', (way: Way) => {
  let app: App | undefined;
  beforeEach(() => {
    failures = [];
  });
  afterEach(() => app?.close());

  test.each(['token_bucket', 'sliding_window'] as const)(
    '%s: one call too many is answered with an error that a program can read',
    async (algorithm) => {
      // Who connects asks more than once, in one era and in the other.
      const weight = ({ method }: { method: string }) => (method === 'tools/call' ? 1 : 0);
      const limit = use(RateLimit, { maxRequests: 2, windowSeconds: 60, algorithm, weight });
      const server = create(limit);
      app = server.app;
      const { client, call } = await connect(app, way);
      for (let time = 0; time < 2; time++) expect(text(await call('ping', args))).toBe('pong 7');
      await expect(call('ping', args)).rejects.toMatchObject({
        code: SERVER_CODES.rateLimited,
        message: expect.stringContaining('Rate limit exceeded: 2 requests in 60 s. Try again in'),
        data: { retryAfterMs: algorithm === 'token_bucket' ? 30_000 : 60_000 },
      });
      await client.listTools();
      server.clock.advance(60_000);
      expect(text(await call('ping', args))).toBe('pong 7');
      await client.close();
    },
  );

  test('an error has the code of its type, its text stays inside, and it is counted', async () => {
    const server = create();
    app = server.app;
    const { client, call } = await connect(app, way);
    failures = [new TypeError('hunter2'), new ToolError('Not today')];
    await expect(call('ping', args)).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(/Invalid params \(ref \w+\)/),
    });
    expect(text(await call('ping', args))).toBe('Not today');
    await expect(client.readResource({ uri: 'data://gone' })).rejects.toMatchObject({
      code: way.version === '2025-11-25' ? -32002 : -32602,
      message: expect.stringMatching(/Resource not found \(ref \w+\)/),
    });
    expect((await call('stats')).structuredContent).toEqual({
      'TypeError:tools/call': 1,
      'ToolError:tools/call': 1,
      'Error:resources/read': 1,
    });
    await client.close();
  });

  test('messages are timed and logged, with their payloads where that is asked for', async () => {
    const server = create(
      Timing,
      DetailedTiming,
      use(StructuredLogging, { includePayloads: true, redact: ['secret'] }),
      use(Logging, { methods: ['tools/call'] }),
    );
    app = server.app;
    const { client, call } = await connect(app, way);
    await call('ping', args);
    const lines = server.logger.lines;
    const said = lines.map(({ message }) => message);
    expect(said).toContain('Request tools/call completed in 0.00ms');
    expect(said).toContain("Tool 'ping' completed in 0.00ms");
    expect(said).toContainEqual(
      expect.stringMatching(/^event=request_success method=tools\/call .*duration_ms=0$/),
    );
    const own = lines.filter(({ fields }) => fields.method === 'tools/call').map(({ fields }) => fields);
    expect(own).toMatchObject([
      { event: 'request_start', type: 'request', name: 'ping', payload: expect.stringContaining('[secret]') },
      { event: 'request_success', duration_ms: 0 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    await client.close();
  });

  test('what the world has broken is tried again', async () => {
    const server = create(use(Retry, { jitter: false, baseDelayMs: 1000 }));
    app = server.app;
    const { client, call } = await connect(app, way);
    failures = [
      new Unavailable('DB', { retryAfterMs: 1 }),
      new Error('x', { cause: { code: 'ECONNRESET' } }),
    ];
    const calling = call('ping', args);
    await passing(server.clock, calling);
    expect(text(await calling)).toBe('pong 7');
    await client.close();
  });

  test('clients with a session are pinged, and answer', async () => {
    const ping = use(Ping, { intervalMs: 60_000 });
    const server = create(ping);
    app = server.app;
    const { client, call } = await connect(app, way);
    await call('ping', args);
    const statistics = () => (server.app.get(ping.token) as Ping).statistics();
    if (way.version === '2026-07-28') {
      server.clock.advance(5000);
      expect(statistics()).toEqual({ sessions: 0, sent: 0, answered: 0, missed: 0 });
    } else {
      const answered = async () => {
        while (statistics().answered < 2) await turn();
      };
      await passing(server.clock, answered());
      expect(statistics()).toMatchObject({ sessions: 1 });
    }
    await client.close();
  });
});
