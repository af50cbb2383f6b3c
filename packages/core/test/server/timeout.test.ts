import { createApp, Injectable, McpModule, Tool, tool } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';

const closed: string[] = [];

@Injectable({ lifetime: 'request' })
class Connection {
  onClose() {
    closed.push('connection');
  }
}

class Slow {
  @Tool({ timeoutMs: 1000 }) async slow(signal: AbortSignal, connection: Connection) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    closed.push(`heard ${(signal.reason as Error).name}`);
    return String(connection);
  }

  @Tool({ timeoutMs: 1000 }) quick() {
    return 'done';
  }
}

@McpModule({ name: 'x', version: '1', handlers: [Slow], providers: [Connection] })
class SlowModule {}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a tool whose time is up has failed, is told so by its signal, and keeps its scope until it heeds it', async () => {
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const app = createApp(SlowModule, { clock, logger });
  closed.length = 0;
  const calling = app.callTool('slow');
  await turn();
  clock.advance(1100);
  expect(await calling).toEqual({
    isError: true,
    content: [{ type: 'text', text: "Tool 'slow' took longer than 1000 ms" }],
  });
  expect(logger.lines).toMatchObject([{ level: 'warn', message: "Tool 'slow' took longer than 1000 ms" }]);
  await turn();
  expect(closed).toEqual(['heard TimeoutError', 'connection']);
  await app.close();
});

test('what is done in time leaves no timer behind', async () => {
  const clock = new ManualClock();
  const app = createApp(SlowModule, { clock, logger: new RecordingLogger() });
  expect((await app.callTool('quick')).content).toEqual([{ type: 'text', text: 'done' }]);
  app.add(tool({ name: 'later', timeoutMs: 500, run: async () => Promise.resolve('later') }));
  expect((await app.callTool('later')).content).toEqual([{ type: 'text', text: 'later' }]);
  await turn();
  expect(clock.waiting).toBe(0);
  await app.close();
});
