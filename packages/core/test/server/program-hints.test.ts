import { createApp, McpModule, Tool, token } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { run, type Runnable } from '../../src/server/run.js';

const { argv } = process;
let printed: string;

beforeEach(() => {
  printed = '';
  // What run() leaves behind would end a process that hangs, which is this one.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  process.argv = ['node', 'main.js'];
  // What a server over stdio does to stdout would outlive this test.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  process.argv = argv;
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function runnable(logger: RecordingLogger, served: object = {}): Runnable {
  return {
    info: { name: 'weather', version: '1' },
    start: () => Promise.resolve({ logger }),
    writeContract: () => Promise.reject(new Error('not asked for')),
    serve: () => Promise.resolve({ ended: Promise.resolve(), close: () => Promise.resolve(), ...served }),
    close: () => Promise.resolve(),
  };
}

async function from(terminal: boolean, served: object = {}): Promise<void> {
  const { isTTY } = process.stdin;
  Object.defineProperty(process.stdin, 'isTTY', { value: terminal, configurable: true });
  try {
    await run(runnable(new RecordingLogger(), served));
  } finally {
    Object.defineProperty(process.stdin, 'isTTY', { value: isTTY, configurable: true });
  }
}

test('a stdio server that is started from a terminal says what it waits for', async () => {
  await from(true);
  expect(printed).toMatch('weather speaks MCP over stdin and stdout, and waits for a client');
  expect(printed).toMatch('--transport http --port 8000');
});

test('a stdio server that a client has started says nothing', async () => {
  await from(false);
  expect(printed).toBe('');
});

test('components that nothing describes are named when a server runs, the first ten of them', async () => {
  const logger = new RecordingLogger();
  const names = Array.from({ length: 12 }, (_, i) => `Tools.m${i}()`);
  await run(runnable(logger), {}, { undescribed: names });
  const [line] = logger.lines;
  expect(line?.level).toBe('warn');
  expect(line?.message).toMatch('Tools.m9() and 2 more');
  expect(line?.message).toMatch('"removeComments": false');
});

test('a server that runs says in one line where it keeps things', async () => {
  printed = '';
  await run(runnable(new RecordingLogger()), {}, { stores: { line: 'Storage: RedisStore' } });
  expect(printed).toBe('weather: Storage: RedisStore\n');
});

test('a promise that fails while nobody waits for it is logged while a server runs, not after', async () => {
  const logger = new RecordingLogger();
  const before = process.listenerCount('unhandledRejection');
  let during = 0;
  const app = runnable(logger);
  const counted: Runnable = {
    ...app,
    serve: (transport) => {
      during = process.listenerCount('unhandledRejection');
      return app.serve(transport);
    },
  };
  await run(counted);
  expect(during).toBe(before + 1);
  expect(process.listenerCount('unhandledRejection')).toBe(before);
  const refused = { ...app, serve: () => Promise.reject(new Error('no such address')) };
  await expect(run(refused)).rejects.toThrow('no such address');
  expect(process.listenerCount('unhandledRejection')).toBe(before);
});

test('what an app holds is not there before it has started, and the cure is told', async () => {
  const LIMIT = token<number>('LIMIT');
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Tools],
    providers: [{ provide: LIMIT, useValue: 5 }],
  })
  class Root {}
  const app = createApp(Root);
  expect(() => app.get(LIMIT)).toThrow(
    expect.objectContaining({
      code: 'ERR_APP_NOT_STARTED',
      message: expect.stringMatching(/app\.get\(LIMIT\) was used before the app had started/) as string,
      fix: expect.stringMatching(/app\.start\(\)/) as string,
    }),
  );
  await app.start();
  expect(app.get(LIMIT)).toBe(5);
  await app.close();
});
