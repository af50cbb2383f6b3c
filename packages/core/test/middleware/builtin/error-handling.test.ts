import {
  createApp,
  Inject,
  McpModule,
  Prompt,
  ProtocolError,
  Resource,
  Tool,
  ToolError,
  Unavailable,
  use,
  type MiddlewareListing,
  type ModuleOptions,
} from '@tenon/core';
import { ErrorHandling, SERVER_CODES } from '@tenon/core/middleware';
import { createTestServer, RecordingLogger } from '@tenon/testing';

let thrown: unknown;

class Failing {
  @Tool() fail(): string {
    throw thrown;
  }
  @Resource('fail://now') read(): string {
    throw thrown;
  }
  @Prompt() plan(): string {
    throw thrown;
  }
  @Tool() fine() {
    return 'fine';
  }
}

function create(listed: MiddlewareListing = ErrorHandling, options: Partial<ModuleOptions> = {}) {
  @McpModule({ name: 't', version: '1', handlers: [Failing], middleware: [listed], ...options })
  class Root {}
  const logger = new RecordingLogger();
  return { logger, app: createApp(Root, { logger }), Root };
}

const answerOf = (calling: Promise<unknown>): Promise<unknown> =>
  calling.catch((error: unknown) => {
    const { code, message } = error as ProtocolError;
    return [code, message.replace(/\(ref .*\)/, '(ref)')];
  });

const system = (code: string) => Object.assign(new Error(`${code}: hunter2`), { code });
class ForbiddenError extends Error {}
class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

test.each<[unknown, number, string]>([
  [new TypeError('hunter2'), -32602, 'Invalid params'],
  [new RangeError('hunter2'), -32602, 'Invalid params'],
  [Object.assign(new Error('hunter2'), { name: 'ValidationError' }), -32602, 'Invalid params'],
  [system('ENOENT'), SERVER_CODES.notFound, 'Not found'],
  [new NotFoundError('hunter2'), SERVER_CODES.notFound, 'Not found'],
  [system('EACCES'), SERVER_CODES.forbidden, 'Permission denied'],
  [new ForbiddenError('hunter2'), SERVER_CODES.forbidden, 'Permission denied'],
  [new DOMException('hunter2', 'TimeoutError'), SERVER_CODES.timeout, 'Request timeout'],
  [new DOMException('hunter2', 'AbortError'), SERVER_CODES.timeout, 'Request timeout'],
  [system('ETIMEDOUT'), SERVER_CODES.timeout, 'Request timeout'],
  [
    new Error('hunter2', { cause: new Error('b', { cause: system('ENOENT') }) }),
    SERVER_CODES.notFound,
    'Not found',
  ],
  [
    new TypeError('hunter2', { cause: system('UND_ERR_CONNECT_TIMEOUT') }),
    SERVER_CODES.timeout,
    'Request timeout',
  ],
])('%p is answered with the code of its type, and its text stays in the log', async (error, code, text) => {
  const { app, logger } = create();
  thrown = error;
  expect(await answerOf(app.callTool('fail'))).toEqual([code, `${text} (ref)`]);
  expect(await answerOf(app.getPrompt('plan'))).toEqual([code, `${text} (ref)`]);
  const { message } = error as Error;
  expect(logger.lines.map((line) => line.message)).toContainEqual(expect.stringContaining(message));
  expect(logger.lines.map(({ fields }) => fields.err)).toContain(error);
  await app.close();
});

test('what a resource does not find is the answer of its revision', async () => {
  const { app, Root } = create();
  thrown = system('ENOENT');
  await app.close();
  await using server = await createTestServer(Root, { logger: new RecordingLogger() });
  const [older, newer] = [await server.connect('2025-11-25'), await server.connect('2026-07-28')];
  await expect(older.readResource({ uri: 'fail://now' })).rejects.toMatchObject({ code: -32002 });
  await expect(newer.readResource({ uri: 'fail://now' })).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(/Resource not found \(ref/),
  });
});

test('what speaks for itself is answered as it is', async () => {
  const { app } = create();
  thrown = new ToolError('Not today');
  expect(await app.callTool('fail')).toEqual({
    isError: true,
    content: [{ type: 'text', text: 'Not today' }],
  });
  thrown = new ProtocolError(4711, 'My own');
  expect(await answerOf(app.callTool('fail'))).toEqual([4711, 'My own']);
  thrown = new Unavailable('DB_DOWN', { retryAfterMs: 2000, cause: new TypeError('x') });
  expect(await answerOf(app.callTool('fail'))).toEqual([-32603, 'DB_DOWN: try again in 2 s']);
  await app.close();
});

test.each([
  ['an error of no type in the table', new Error('hunter2')],
  ['a connection that could not be made', new TypeError('fetch failed', { cause: system('ECONNREFUSED') })],
  ['what is no error', 'hunter2'],
])('%s is masked as without it', async (_, error) => {
  const { app } = create();
  thrown = error;
  const { content, isError } = await app.callTool('fail');
  expect([isError, content]).toEqual([
    true,
    [{ type: 'text', text: expect.stringMatching(/^Error calling tool 'fail' \(ref \w+\)$/) }],
  ]);
  expect(await answerOf(app.readResource('fail://now'))).toEqual([-32603, 'Internal error (ref)']);
  await app.close();
});

test("the module's own word lets clients read the text", async () => {
  const { app } = create(ErrorHandling, { expose: 'errors' });
  thrown = new RangeError('limit is 10');
  expect(await answerOf(app.callTool('fail'))).toEqual([-32602, 'Invalid params: limit is 10 (ref)']);
  await app.close();
});

test('every error is counted by type and method, those of unknown methods under one name', async () => {
  const errors = use(ErrorHandling);
  class Status {
    constructor(@Inject(errors.token) readonly errors: ErrorHandling) {}
    @Tool() status() {
      return this.errors.getErrorStats();
    }
  }
  const { app, Root } = create(errors, { handlers: [Failing, Status] });
  await app.close();
  await using server = await createTestServer(Root, { logger: new RecordingLogger() });
  const client = await server.connect('2025-11-25');
  const fails = async (error: unknown) => {
    thrown = error;
    await client.callTool({ name: 'fail' }).catch(() => undefined);
  };
  await fails(new TypeError('a'));
  await fails(new TypeError('b'));
  await fails(new ToolError('c'));
  await fails(new ForbiddenError('d'));
  await fails('e');
  await client.readResource({ uri: 'fail://now' }).catch(() => undefined);
  for (const method of ['made/up', 'made/up/too'])
    await client.request({ method } as never, {} as never).catch(() => undefined);
  expect((await client.callTool({ name: 'status' })).structuredContent).toEqual({
    'TypeError:tools/call': 2,
    'ToolError:tools/call': 1,
    'ForbiddenError:tools/call': 1,
    'string:tools/call': 1,
    'string:resources/read': 1,
    'ProtocolError:(unknown)': 2,
  });
});

test('more names than anybody reads count as other', async () => {
  const { app } = create();
  for (let n = 0; n < 600; n++) {
    thrown = Object.assign(new Error('x'), { name: `Error${n}` });
    await app.callTool('fail');
  }
  const stats = Object.entries(app.get(ErrorHandling).getErrorStats());
  expect(stats).toHaveLength(501);
  expect(stats.at(-1)).toEqual(['(other)', 100]);
  await app.close();
});

test('each error is a line of the log, with its stack where that is asked for', async () => {
  const { app, logger } = create(use(ErrorHandling, { includeTraceback: true }));
  thrown = new ToolError('Not today');
  await app.callTool('fail');
  thrown = new TypeError('boom');
  await answerOf(app.callTool('fail'));
  expect(logger.lines).toMatchObject([
    {
      level: 'warn',
      message: 'Error in tools/call: ToolError: Not today',
      fields: { err: { message: 'Not today' } },
    },
    { level: 'error', message: 'Error in tools/call: TypeError: boom', fields: { err: thrown } },
    { level: 'error', message: 'tools/call failed', fields: { err: thrown, reference: expect.any(String) } },
  ]);
  await app.close();
});

test('the callback hears of every error as it was thrown; what it throws changes nothing', async () => {
  const heard: unknown[] = [];
  const failures = [
    () => {
      throw new Error('at once');
    },
    () => Promise.reject(new Error('later')),
    () => undefined,
  ];
  const { app, logger } = create(
    use(ErrorHandling, {
      errorCallback: (error, call) => {
        heard.push([error, call.method]);
        return failures[heard.length - 1]?.();
      },
    }),
  );
  thrown = new TypeError('boom');
  for (let n = 0; n < 3; n++)
    expect(await answerOf(app.callTool('fail'))).toEqual([-32602, 'Invalid params (ref)']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(Array.from({ length: 3 }, () => [thrown, 'tools/call']));
  const own = logger.lines.filter(({ message }) => message === 'ErrorHandling: errorCallback failed');
  expect(own.map(({ fields }) => (fields.err as Error).message)).toEqual(['at once', 'later']);
  await app.close();
});

test('with false what is thrown stays as it was, with a function it is what that gives', async () => {
  thrown = new TypeError('hunter2');
  const plain = create(use(ErrorHandling, { transformErrors: false }));
  expect(await plain.app.callTool('fail')).toMatchObject({ isError: true });
  await plain.app.close();

  const own = create(
    use(ErrorHandling, {
      transformErrors: (error) => {
        if (error === 'break') throw new Error('the function itself');
        return error instanceof TypeError ? new ToolError('Try smaller numbers') : undefined;
      },
    }),
  );
  expect(await own.app.callTool('fail')).toMatchObject({ content: [{ text: 'Try smaller numbers' }] });
  thrown = new RangeError('hunter2');
  expect(await answerOf(own.app.callTool('fail'))).toEqual([-32602, 'Invalid params (ref)']);
  thrown = 'break';
  expect(await own.app.callTool('fail')).toMatchObject({ isError: true });
  expect(own.logger.lines.map(({ message }) => message)).toContain('ErrorHandling: transformErrors failed');
  await own.app.close();
});

test('a call its client has cancelled is no error', async () => {
  class Waits {
    @Tool() wait(signal: AbortSignal) {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    }
  }
  const { app, logger } = create(ErrorHandling, { handlers: [Waits] });
  const leaving = new AbortController();
  const calling = app.callTool('wait', {}, { signal: leaving.signal });
  setImmediate(() => leaving.abort());
  await calling.catch(() => undefined);
  expect(app.get(ErrorHandling).getErrorStats()).toEqual({});
  expect(logger.lines).toEqual([]);
  await app.close();
});

test('what goes well passes as it is', async () => {
  const { app, logger } = create(new ErrorHandling());
  expect((await app.callTool('fine')).content).toEqual([{ type: 'text', text: 'fine' }]);
  expect(logger.lines).toEqual([]);
  await app.close();
});

test('options it does not know are told', () => {
  expect(() => create(use(ErrorHandling, { transform: false } as never))).toThrow('transformErrors');
});
