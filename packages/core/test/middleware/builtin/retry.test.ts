import {
  Context,
  createApp,
  Inject,
  Injectable,
  McpModule,
  Prompt,
  Resource,
  Tool,
  ToolError,
  Unavailable,
  use,
  type MiddlewareListing,
} from '@tenon/core';
import { Retry, Timeout, type RetryOptions } from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';

/** What handlers throw, run by run; then they go well. */
let failures: unknown[] = [];
let runs = 0;
let clock = new ManualClock();

const attempt = (): string => {
  runs++;
  if (failures.length > 0) throw failures.shift();
  return `run ${runs}`;
};

@Injectable({ lifetime: 'request' })
class PerRequest {
  static count = 0;
  readonly made = ++PerRequest.count;
}

class Handlers {
  @Tool({ annotations: { readOnlyHint: true } }) reads() {
    return attempt();
  }
  @Tool({ annotations: { idempotentHint: true } }) puts(scoped: PerRequest) {
    return `${attempt()}, instance ${scoped.made}`;
  }
  @Tool() writes() {
    return attempt();
  }
  @Tool({ annotations: { readOnlyHint: true } }) async keeps(ctx: Context) {
    await ctx.once('step', () => 1);
    return attempt();
  }
  @Resource('data://it') read() {
    return attempt();
  }
  @Prompt() plan() {
    return attempt();
  }
}

function create(options: RetryOptions = {}, ...outside: MiddlewareListing[]) {
  const retry = use(Retry, { jitter: false, ...options });
  class Status {
    constructor(@Inject(retry.token) readonly retry: Retry) {}
    @Tool() status() {
      return this.retry.statistics();
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Handlers, Status],
    providers: [PerRequest],
    middleware: [...outside, retry],
  })
  class Root {}
  const app = createApp(Root, { clock, logger: new RecordingLogger() });
  const statistics = async () => (await app.callTool('status')).structuredContent;
  return { app, statistics };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass until something is settled: how long it took, and what came of it. */
async function passing(calling: Promise<unknown>, stepMs = 100) {
  let settled: unknown;
  void calling.then(
    (value) => (settled = value),
    (error: unknown) => (settled = error),
  );
  const began = clock.now();
  for (await turn(); settled === undefined; await turn()) clock.advance(stepMs);
  const text = (settled as { content?: { text: string }[] }).content?.[0]?.text;
  return { tookMs: clock.now() - began, text, settled };
}

const system = (code: string) => Object.assign(new Error(code), { code });

beforeEach(() => {
  clock = new ManualClock();
  runs = 0;
  failures = [];
});

test.each<[string, unknown]>([
  ['what is unavailable', new Unavailable('DB', { retryAfterMs: 500 })],
  ['a connection that was refused', system('ECONNREFUSED')],
  ['a connection that broke', system('ECONNRESET')],
  ['a timeout', new DOMException('late', 'TimeoutError')],
  ['a cause of those', new ToolError('no data', { cause: new Error('x', { cause: system('ETIMEDOUT') }) })],
  ['a failed fetch', new TypeError('fetch failed', { cause: system('UND_ERR_SOCKET') })],
])('%s is tried again', async (_, error) => {
  const { app, statistics } = create();
  failures = [error];
  expect(await passing(app.callTool('reads'))).toMatchObject({ tookMs: 1000, text: 'run 2' });
  expect(await statistics()).toEqual({ retries: 1, recovered: 1, exhausted: 0 });
  await app.close();
});

test.each<[string, unknown]>([
  ['a mistake of the model', new ToolError('no')],
  ['a bug', new TypeError('x is undefined')],
  ['a file that is not there', system('ENOENT')],
  ['what a client has cancelled', new DOMException('gone', 'AbortError')],
])('%s is not', async (_, error) => {
  const { app, statistics } = create();
  failures = [error];
  expect(await passing(app.callTool('reads'))).toMatchObject({ tookMs: 0 });
  expect(runs).toBe(1);
  expect(await statistics()).toEqual({ retries: 0, recovered: 0, exhausted: 0 });
  await app.close();
});

test('it waits longer each time, up to a limit, and gives up at last', async () => {
  const { app, statistics } = create({ maxRetries: 5, baseDelayMs: 1000, maxDelayMs: 5000 });
  failures = Array.from({ length: 6 }, () => system('ECONNRESET'));
  const { tookMs, settled } = await passing(app.callTool('reads'));
  expect([tookMs, runs]).toEqual([1000 + 2000 + 4000 + 5000 + 5000, 6]);
  expect(settled).toMatchObject({ isError: true });
  expect(await statistics()).toEqual({ retries: 5, recovered: 0, exhausted: 1 });
  await app.close();
});

test('it waits as long as what is unavailable asks for, and no longer than it may', async () => {
  const { app } = create({ maxDelayMs: 10_000 });
  failures = [new Error('x', { cause: new Unavailable('DB', { retryAfterMs: 7000 }) })];
  expect(await passing(app.callTool('reads'))).toMatchObject({ tookMs: 7000, text: 'run 2' });
  failures = [new Unavailable('DB', { retryAfterMs: 11_000 })];
  expect(await passing(app.callTool('reads'))).toMatchObject({
    tookMs: 0,
    settled: { code: -32603, message: 'DB: try again in 11 s' },
  });
  await app.close();
});

test('by chance it waits up to half as long', async () => {
  const chance = jest.spyOn(Math, 'random');
  const { app } = create({ jitter: true });
  for (const [drawn, tookMs] of [
    [0, 1000],
    [0.5, 750],
    [0.999, 550],
  ] as const) {
    chance.mockReturnValueOnce(drawn);
    failures = [system('ECONNRESET')];
    expect((await passing(app.callTool('reads'), 50)).tookMs).toBe(tookMs);
  }
  chance.mockRestore();
  await app.close();
});

test('tools are tried again only if they may be called twice; resources and prompts are', async () => {
  const { app } = create();
  for (const [calling, text] of [
    [() => app.callTool('puts'), 'run 2, instance 1'],
    [() => app.readResource('data://it'), undefined],
    [() => app.getPrompt('plan'), undefined],
  ] as const) {
    runs = 0;
    failures = [system('ECONNRESET')];
    expect(await passing(calling())).toMatchObject({ tookMs: 1000, text });
    expect(runs).toBe(2);
  }
  runs = 0;
  failures = [system('ECONNRESET')];
  expect(await passing(app.callTool('writes'))).toMatchObject({ tookMs: 0, settled: { isError: true } });
  expect(runs).toBe(1);
  await app.close();
});

test.each(['all', ['writes']] as const)(
  'a tool that says nothing is, if it is said here: %j',
  async (tools) => {
    const { app } = create({ tools });
    failures = [system('ECONNRESET')];
    expect(await passing(app.callTool('writes'))).toMatchObject({ text: 'run 2' });
    await app.close();
  },
);

test('what is worth another try can be decided by the author', async () => {
  const { app } = create({ retryOn: (error) => error === 'again' });
  failures = ['again'];
  expect(await passing(app.callTool('reads'))).toMatchObject({ text: 'run 2' });
  failures = [system('ECONNRESET')];
  expect(await passing(app.callTool('reads'))).toMatchObject({ settled: { isError: true } });
  await app.close();
});

test('what has asked the client, or kept a step, is not', async () => {
  const { app } = create();
  failures = [system('ECONNRESET')];
  expect(await passing(app.callTool('keeps'))).toMatchObject({ tookMs: 0, settled: { isError: true } });
  expect(runs).toBe(1);
  await app.close();
});

test('a client that leaves ends the waiting', async () => {
  const { app } = create();
  failures = [system('ECONNRESET'), system('ECONNRESET')];
  const leaving = new AbortController();
  const calling = app.callTool('reads', {}, { signal: leaving.signal }).catch(() => 'gone');
  await turn();
  expect(clock.waiting).toBe(1);
  leaving.abort();
  expect(await calling).toBe('gone');
  expect([clock.waiting, runs]).toEqual([0, 1]);
  await app.close();
});

test('a deadline around it ends the trying', async () => {
  const { app } = create({}, use(Timeout, { timeoutMs: 1500 }));
  failures = Array.from({ length: 10 }, () => system('ECONNRESET'));
  const { settled } = await passing(app.callTool('reads'));
  expect(settled).toMatchObject({ content: [{ text: "Tool 'reads' took longer than 1500 ms" }] });
  await turn();
  expect([runs, clock.waiting]).toEqual([2, 0]);
  await app.close();
});

test('a deadline inside it bounds each try, and what that ends is not tried again', async () => {
  let lastsMs = 900;
  class Slow {
    @Tool({ annotations: { readOnlyHint: true } }) async slow(signal: AbortSignal) {
      runs++;
      await new Promise((resolve) => {
        clock.setTimer(lastsMs, () => resolve(undefined));
        signal.addEventListener('abort', resolve);
      });
      throw system('ECONNRESET');
    }
  }
  const retry = use(Retry, { jitter: false, maxRetries: 2 });
  const middleware = [retry, use(Timeout, { timeoutMs: 1000 })];
  @McpModule({ name: 't', version: '1', handlers: [Slow], middleware })
  class Root {}
  const app = createApp(Root, { clock, logger: new RecordingLogger() });
  const { tookMs, text } = await passing(app.callTool('slow'));
  expect([tookMs, runs, text]).toEqual([
    900 + 1000 + 900 + 2000 + 900,
    3,
    expect.stringMatching(/^Error calling tool 'slow' \(ref/),
  ]);
  lastsMs = 5000;
  runs = 0;
  expect((await passing(app.callTool('slow'))).text).toBe("Tool 'slow' took longer than 1000 ms");
  expect(runs).toBe(1);
  expect((app.get(retry.token) as Retry).statistics()).toEqual({ retries: 2, recovered: 0, exhausted: 1 });
  await app.close();
});

test('a closing server does not wait for it', async () => {
  const { app } = create({ baseDelayMs: 60_000 });
  failures = [system('ECONNRESET')];
  const calling = app.callTool('reads').catch((error: unknown) => error);
  await turn();
  await app.close();
  expect(await calling).toMatchObject({ message: 'The server is closing' });
  expect(runs).toBe(1);
});

test('made by hand it does the same', async () => {
  const app = createApp(
    (() => {
      @McpModule({
        name: 't',
        version: '1',
        handlers: [Handlers],
        providers: [PerRequest],
        middleware: [new Retry({ jitter: false }, clock)],
      })
      class Root {}
      return Root;
    })(),
    { logger: new RecordingLogger() },
  );
  failures = [system('ECONNRESET')];
  expect(await passing(app.callTool('reads'))).toMatchObject({ text: 'run 2' });
  await app.close();
});

test('options it does not know are told', () => {
  for (const [options, name] of [
    [{ maxRetries: -1 }, 'maxRetries'],
    [{ tools: 'every' }, 'tools'],
    [{ backoffMultiplier: 0.5 }, 'backoffMultiplier'],
  ] as const) {
    expect(() => create(options as never)).toThrow(name);
    expect(() => new Retry(options as never)).toThrow(name);
  }
});
