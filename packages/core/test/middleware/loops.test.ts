import { createApp, McpModule, Middleware, Tool, type App, type Call, type Constructor } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

let app: App;

function create(...middleware: (new () => object)[]) {
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
    @Tool() async countdown(from: number): Promise<string> {
      if (from === 0) return 'done';
      const { content } = await app.callTool('countdown', { from: from - 1 });
      return (content as { text: string }[])[0]?.text ?? '';
    }
    @Tool() async forever() {
      await Promise.resolve();
      return app.callTool('forever');
    }
    @Tool() async waits() {
      await released;
      return 'released';
    }
    @Tool() async again(left: number) {
      // Started here, and over only after this call is.
      if (left > 0) setImmediate(() => void app.callTool('again', { left: left - 1 }).then(() => calls++));
      await Promise.resolve();
      return 'later';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: middleware as never })
  class Root {}
  const logger = new RecordingLogger();
  app = createApp(Root as Constructor, { logger });
  return logger;
}

let calls = 0;
let release: () => void;
let released: Promise<void>;
beforeEach(() => {
  released = new Promise((resolve) => (release = resolve));
});
afterEach(() => app.close());

const loops = (logger: RecordingLogger) =>
  logger.lines
    .map((line) => line.fields.err as { code?: string; message: string; fix: string })
    .filter((err) => err.code === 'ERR_CALL_LOOP');

test('a middleware that answers by a call of its own is told by its name', async () => {
  @Middleware()
  class Loops {
    async onCallTool(call: Call) {
      await Promise.resolve();
      return app.callTool(String(call.params.name));
    }
  }
  const logger = create(Loops);
  expect((await app.callTool('ping')).isError).toBe(true);
  const [told, another] = loops(logger);
  expect(another).toBeUndefined();
  expect(told?.message).toMatch("tools/call 'ping' stands inside itself");
  expect(told?.message).toMatch('Loops.onCallTool');
  expect(told?.fix).toMatch('next()');
});

test('a middleware that calls again through its context is told by its name', async () => {
  @Middleware()
  class Again {
    onCallTool(call: Call) {
      return call.context.callTool(String(call.params.name));
    }
  }
  const logger = create(Again);
  expect(JSON.stringify(await app.callTool('ping'))).toMatch('goes in circles');
  expect(loops(logger)[0]?.message).toMatch('Again.onCallTool');
});

test('a middleware that lists while a list is answered is told as well', async () => {
  @Middleware()
  class Lists {
    async onListTools() {
      return { tools: await app.listTools() };
    }
  }
  const logger = create(Lists);
  await expect(app.listTools()).rejects.toThrow('Internal error');
  expect(loops(logger)[0]?.message).toMatch('Lists.onListTools');
});

test('a handler that calls itself without an end is told by its name', async () => {
  const logger = create();
  expect((await app.callTool('forever')).isError).toBe(true);
  expect(loops(logger)[0]?.message).toMatch('Tools.forever');
});

test('a handler that calls itself and comes to an end is none of our business', async () => {
  const logger = create();
  expect((await app.callTool('countdown', { from: 20 })).content).toEqual([{ type: 'text', text: 'done' }]);
  expect(loops(logger)).toEqual([]);
});

test('calls beside each other, and calls that start one another, stand inside nothing', async () => {
  const logger = create();
  calls = 0;
  const waiting = Array.from({ length: 200 }, () => app.callTool('waits'));
  await app.callTool('again', { left: 200 });
  while (calls < 200) await new Promise((resolve) => setImmediate(resolve));
  release();
  await Promise.all(waiting);
  expect(loops(logger)).toEqual([]);
});
