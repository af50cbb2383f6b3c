import {
  createApp,
  Injectable,
  McpModule,
  Prompt,
  Resource,
  Tool,
  use,
  type MiddlewareListing,
} from '@tenon/core';
import { Timeout } from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';

const events: string[] = [];

@Injectable({ lifetime: 'request' })
class Connection {
  onClose() {
    events.push('closed');
  }
}

const heeds = async (signal: AbortSignal) => {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  events.push(`heard ${(signal.reason as Error).name}`);
  return 'late';
};

class Slow {
  @Tool() async slow(signal: AbortSignal, connection: Connection) {
    return `${await heeds(signal)} ${typeof connection}`;
  }
  @Tool({ timeoutMs: 5000 }) patient(signal: AbortSignal) {
    return heeds(signal);
  }
  @Tool() quick() {
    return 'done';
  }
  @Resource('slow://one') read(signal: AbortSignal) {
    return heeds(signal);
  }
  @Prompt() plan(signal: AbortSignal) {
    return heeds(signal);
  }
}

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', handlers: [Slow], providers: [Connection], middleware })
  class Root {}
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  return { clock, logger, app: createApp(Root, { clock, logger }) };
}

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  events.length = 0;
});

test('a tool that takes too long has failed; its signal says so, and its scope stays open until it heeds it', async () => {
  const { app, clock, logger } = create(use(Timeout, { timeoutMs: 1000 }));
  const calling = app.callTool('slow');
  await turn();
  clock.advance(1100);
  const text = "Tool 'slow' took longer than 1000 ms";
  expect(await calling).toEqual({ isError: true, content: [{ type: 'text', text }] });
  expect(logger.lines).toMatchObject([{ level: 'warn', message: text }]);
  await turn();
  expect(events).toEqual(['heard TimeoutError', 'closed']);
  await app.close();
});

test('resources and prompts are answered with an error', async () => {
  const { app, clock } = create(use(Timeout, { timeoutMs: 1000 }));
  const reading = app.readResource('slow://one');
  const rendering = app.getPrompt('plan');
  const answers = Promise.allSettled([reading, rendering]);
  await turn();
  clock.advance(1100);
  expect(await answers).toMatchObject([
    { reason: { code: -32603, message: "Resource 'slow://one' took longer than 1000 ms" } },
    { reason: { code: -32603, message: "Prompt 'plan' took longer than 1000 ms" } },
  ]);
  await app.close();
});

test('a tool with a time of its own keeps it', async () => {
  const { app, clock } = create(use(Timeout, { timeoutMs: 1000 }));
  const calling = app.callTool('patient');
  await turn();
  clock.advance(1100);
  await turn();
  expect(events).toEqual([]);
  clock.advance(4000);
  expect(await calling).toMatchObject({ isError: true });
  await app.close();
});

test('of two the shorter one answers, and the scope stays open for as long as the handler is at work', async () => {
  let release: (() => void) | undefined;
  class Deaf {
    @Tool() async deaf(connection: Connection) {
      await new Promise<void>((resolve) => (release = resolve));
      events.push(`ended ${typeof connection}`);
      return 'late';
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Deaf],
    providers: [Connection],
    middleware: [use(Timeout, { timeoutMs: 1000 }), use(Timeout, { timeoutMs: 2000 })],
  })
  class Root {}
  const clock = new ManualClock();
  const app = createApp(Root, { clock, logger: new RecordingLogger() });
  const calling = app.callTool('deaf');
  await turn();
  clock.advance(1100);
  expect(await calling).toMatchObject({ isError: true });
  clock.advance(1100);
  await turn();
  expect(events).toEqual([]);
  release?.();
  await turn();
  expect(events).toEqual(['ended object', 'closed']);
  await app.close();
});

test('what is done in time leaves no timer behind, made by hand as well', async () => {
  const clock = new ManualClock();
  const { app } = create(new Timeout({ timeoutMs: 1000 }, clock));
  expect((await app.callTool('quick')).content).toEqual([{ type: 'text', text: 'done' }]);
  await turn();
  expect(clock.waiting).toBe(0);
  await app.close();
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined])('%p is no time', (timeoutMs) => {
  const wrong = { timeoutMs } as { timeoutMs: number };
  const told = expect.objectContaining({ code: 'ERR_OPTION_VALUE', fix: expect.stringMatching('above 0') });
  expect(caught(() => new Timeout(wrong))).toEqual(told);
  expect(caught(() => create(use(Timeout, wrong)))).toEqual(told);
});

test('a misspelt option is told when the app is created', () => {
  const wrong = { timeoutMs: 1, timeoutMS: 2 };
  expect(caught(() => create(use(Timeout, wrong)))).toMatchObject({
    code: 'ERR_OPTION_UNKNOWN',
    fix: 'Did you mean "timeoutMs"?',
  });
});
