import { createApp, McpModule, Middleware, Tool } from '@tenon/core';
import type { Call, Constructor, MiddlewareHooks } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import type { MessageCall } from '../../src/middleware/call.js';
import { compose, type MiddlewareEntry } from '../../src/middleware/compose.js';
import { hooksFor, OPERATIONS } from '../../src/middleware/hooks.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() async breaks() {
    await Promise.resolve();
    throw new Error('broken');
  }
}

function module(...middleware: MiddlewareHooks[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware })
  class Root {}
  return Root;
}

function entry(hooks: MiddlewareHooks): MiddlewareEntry {
  return { label: 'M', hooks: new Set(Object.keys(hooks)) as never, instance: () => hooks as never };
}

test('without a hook for a method the chain is the end itself', () => {
  const end = () => ({});
  expect(
    compose([entry({ onListTools: (_call, next) => next() })], hooksFor('tools/call', 'request'), end),
  ).toBe(end);
  expect(compose([], hooksFor('tools/call', 'request'), end)).toBe(end);
});

test('a chain in which nothing waits gives its result at once', () => {
  const result = { content: [] };
  const chain = compose([entry({ onCallTool: () => result })], ['onCallTool'], () => ({}));
  expect(chain({ method: 'tools/call' } as MessageCall)).toBe(result);
});

test('every operation has a hook of its own, behind the general ones', () => {
  for (const [method, { hook }] of OPERATIONS)
    expect(hooksFor(method, 'request')).toEqual(['onMessage', 'onRequest', hook]);
  expect(hooksFor('nowhere/to', 'request')).toEqual(['onMessage', 'onRequest']);
  expect(hooksFor('notifications/x', 'notification')).toEqual(['onMessage', 'onNotification']);
});

test('next() a second time is refused with the hook it was called in', async () => {
  const logger = new RecordingLogger();
  const twice: MiddlewareHooks = {
    onCallTool: async (_call, next) => {
      await next();
      return next();
    },
  };
  const app = createApp(module(twice), { logger });
  expect((await app.callTool('ping')).isError).toBe(true);
  const err = logger.lines[0]?.fields.err as { code: string; fix: string; message: string };
  expect(err.code).toBe('ERR_MIDDLEWARE_NEXT_TWICE');
  expect(err.message).toMatch('Object.onCallTool');
  expect(err.fix).toMatch('once');
  await app.close();
});

test('next() may be called again once it has failed', async () => {
  let tried = 0;
  const retries: MiddlewareHooks = { onCallTool: (_call, next) => next().catch(() => next()) };
  const fails: MiddlewareHooks = {
    onCallTool: (_call, next) => {
      if (tried++ === 0) throw new Error('not yet');
      return next();
    },
  };
  const app = createApp(module(retries, fails));
  expect((await app.callTool('ping')).content).toEqual([{ type: 'text', text: 'pong' }]);
  expect(tried).toBe(2);
  await app.close();
});

test.each([undefined, null, 'text', 4, [], { text: 'pong' }])(
  '%p is no result, and the hook is named',
  async (value) => {
    const logger = new RecordingLogger();
    const app = createApp(module({ onCallTool: () => value as never }), { logger });
    expect((await app.callTool('ping')).isError).toBe(true);
    const err = logger.lines[0]?.fields.err as { code: string; fix: string; message: string };
    expect(err.code).toBe('ERR_MIDDLEWARE_RESULT');
    expect(err.message).toMatch('onCallTool');
    expect(err.fix).toMatch('return');
    await app.close();
  },
);

test.each([
  ['tools/list', []],
  ['prompts/get', { content: 'hi' }],
])('before %s a result of another shape is told, whichever hook gave it', async (method, value) => {
  const logger = new RecordingLogger();
  const app = createApp(module({ onRequest: () => value }), { logger });
  await expect(method === 'tools/list' ? app.listTools() : app.getPrompt('x')).rejects.toThrow('Internal');
  expect((logger.lines[0]?.fields.err as Error).message).toMatch(
    /Object\.onRequest returned .+, which is no/,
  );
  await app.close();
});

test('a result that is of another type of the protocol passes as it is', async () => {
  const app = createApp(module({ onCallTool: () => ({ resultType: 'task', taskId: '1' }) as never }));
  expect(await app.callTool('ping')).toMatchObject({ resultType: 'task' });
  await app.close();
});

test('a forgotten return before next() is told, and what fails behind it does not end the process', async () => {
  const logger = new RecordingLogger();
  const forgets: MiddlewareHooks = {
    onCallTool: (_call, next) => {
      void next();
      return undefined as never;
    },
  };
  const app = createApp(module(forgets), { logger });
  expect((await app.callTool('breaks')).isError).toBe(true);
  expect((logger.lines[0]?.fields.err as { code: string }).code).toBe('ERR_MIDDLEWARE_RESULT');
  // A rejection nobody has handled fails this test.
  await new Promise((resolve) => setImmediate(resolve));
  await app.close();
});

test('a throw at once behind next() is a rejection for the hook that called it', async () => {
  const seen: unknown[] = [];
  const chain = compose(
    [
      entry({
        onMessage: (_call, next) => {
          const going = next();
          return going.catch((error: unknown) => {
            seen.push(error);
            return {};
          });
        },
      }),
    ],
    ['onMessage'],
    () => {
      throw new Error('at once');
    },
  );
  expect(await chain({ method: 'x' } as MessageCall)).toEqual({});
  expect(seen).toEqual([expect.objectContaining({ message: 'at once' })]);
});

test('hooks that keep to the rules by themselves are not looked after, in their class and in no other', async () => {
  @Middleware({ unchecked: true })
  class Own implements MiddlewareHooks {
    onCallTool(): never {
      return { nothing: true } as never;
    }
  }
  class Further extends Own {}
  @Middleware()
  class Other extends Own {}
  expect(await createApp(module(new Own())).callTool('ping')).toEqual({ nothing: true });
  for (const other of [new Further(), new Other()]) {
    const app = createApp(module(other), { logger: new RecordingLogger() });
    expect((await app.callTool('ping')).isError).toBe(true);
  }
});

test.each([
  [
    'a copy of the call',
    (call: Call) => ({ ...call, params: {} }) as Call,
    'an object with method, params, context',
  ],
  ['the parameters', ({ params }: Call) => params as Call, 'an object with name, arguments'],
  ['nothing', () => null as never, 'null'],
])('next() that is handed %s is refused with the hook and what to hand on', async (_, handed, seen) => {
  const logger = new RecordingLogger();
  const app = createApp(module({ onCallTool: (call, next) => next(handed(call)) }), { logger });
  expect((await app.callTool('ping')).isError).toBe(true);
  const err = logger.lines[0]?.fields.err as { code: string; message: string };
  expect(err.code).toBe('ERR_MIDDLEWARE_CALL');
  expect(err.message).toContain(`next() in Object.onCallTool was handed ${seen}`);
});
