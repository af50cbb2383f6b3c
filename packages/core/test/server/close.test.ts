import {
  Context,
  createApp,
  Inject,
  inMemory,
  Injectable,
  Lifespan,
  McpModule,
  token,
  Tool,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { LocalExchange } from '../../src/server/local-exchange.js';

const DB = token<{ open: boolean }>('Db');
let events: string[] = [];
let release: (() => void)[] = [];

@Lifespan(DB)
class OpensDb {
  *open() {
    const db = { open: true };
    yield db;
    db.open = false;
    events.push('db closed');
  }
}

/** Settles when the signal aborts, a little later, as a query that is cancelled does. */
const heeding = ({ signal }: Context) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => setImmediate(() => reject(signal.reason as Error)));
  });

@Injectable()
class Tools {
  @Tool() async heeds(ctx: Context) {
    try {
      return await heeding(ctx);
    } finally {
      events.push(`heeds ends, db ${ctx.lifespan(DB).open ? 'open' : 'closed'}`);
    }
  }
  @Tool() async finishes(ctx: Context) {
    await heeding(ctx).catch(() => undefined);
    return 'finished';
  }
  @Tool() async ignores() {
    await new Promise<void>((resolve) => release.push(resolve));
    events.push('ignores ends');
    return 'late';
  }
  @Tool() async waits() {
    await new Promise<void>((resolve) => release.push(resolve));
  }
  @Tool() now() {
    return 'now';
  }
}

@McpModule({ name: 't', version: '1', lifespans: [OpensDb], handlers: [Tools] })
class Root {}

const clock = new ManualClock();
const logger = new RecordingLogger();
const create = () => createApp(Root, { clock, logger });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  events = [];
  release = [];
  logger.lines.length = 0;
});

test('close() cancels what is under way and waits for it before anything is closed', async () => {
  const app = create();
  const call = app.callTool('heeds').catch((error: unknown) => error);
  await settle();
  await app.close();
  expect(events).toEqual(['heeds ends, db open', 'db closed']);
  expect(await call).toMatchObject({ name: 'ProtocolError', code: -32603, message: 'The server is closing' });
  expect(logger.lines).toEqual([]);
});

test('a handler that has its result all the same gives it', async () => {
  const app = create();
  const call = app.callTool('finishes');
  await settle();
  await app.close();
  expect(await call).toMatchObject({ content: [{ text: 'finished' }] });
});

test('a handler that does not heed its signal is waited for five seconds, then named in the log', async () => {
  const app = create();
  const call = app.callTool('ignores').catch((error: unknown) => error);
  await settle();
  const closing = app.close();
  clock.advance(4900);
  await settle();
  expect(events).toEqual([]);
  clock.advance(200);
  await closing;
  expect(events).toEqual(['db closed']);
  expect(logger.lines).toEqual([
    expect.objectContaining({ level: 'warn', fields: { running: ['tools/call ignores'] } }),
  ]);
  for (const go of release) go();
  await call;
});

test('only those that are still at work are named, in whatever order the others ended', async () => {
  const app = create();
  const calls = [1, 2, 3, 4].map(() => app.callTool('waits'));
  calls.push(app.callTool('ignores'));
  await settle();
  for (const ended of [1, 0, 3]) release[ended]?.();
  await settle();
  const closing = app.close();
  clock.advance(5100);
  await closing;
  expect(logger.lines[0]?.fields.running).toHaveLength(2);
  expect(logger.lines[0]?.fields.running).toEqual(
    expect.arrayContaining(['tools/call waits', 'tools/call ignores']),
  );
  for (const go of release) go();
  await Promise.allSettled(calls);
});

test('a message that names nothing is named by its method, a resource by its address', async () => {
  const waits = () => new Promise<never>(() => undefined);
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Tools],
    lifespans: [OpensDb],
    middleware: [{ onRequest: waits }],
  })
  class Waits {}
  const app = createApp(Waits, { clock, logger });
  const { dispatch } = await app.start();
  const exchange = () => new LocalExchange({});
  for (const [method, params] of [
    ['tools/list', {}],
    ['resources/read', { uri: `file:///${'x'.repeat(5000)}` }],
  ] as const)
    void dispatch({ jsonrpc: '2.0', id: 1, method, params }, exchange());
  const closing = app.close();
  clock.advance(5100);
  await closing;
  const running = logger.lines[0]?.fields.running as string[];
  expect(running).toEqual(['tools/list', expect.stringMatching(/^resources\/read file:\/\/\/x+$/)]);
  expect(running[1]?.length).toBeLessThan(200);
});

test('messages that come while it closes are refused, and reach no handler', async () => {
  const app = create();
  const transport = inMemory();
  await app.serve(transport);
  const answers: { id: unknown; error?: object }[] = [];
  transport.client.onmessage = (message: never) => void answers.push(message);
  const call = (id: number, name: string) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: {
      name,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  await transport.client.send(call(1, 'ignores'));
  await settle();
  const closing = app.close();
  await transport.client.send(call(2, 'ignores'));
  await transport.client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: {} });
  await settle();
  expect(answers).toEqual([
    expect.objectContaining({
      id: 2,
      error: expect.objectContaining({ code: -32603, message: 'The server is closing' }),
    }),
  ]);
  expect(release).toHaveLength(1);
  for (const go of release) go();
  await closing;
  expect(answers.map(({ id }) => id)).toEqual([2, 1]);
});

test('a call inside the process that comes while it closes is refused', async () => {
  const app = create();
  await app.start();
  const early = app.callTool('now').catch((error: unknown) => error);
  const closing = app.close();
  const late = app.callTool('now').catch((error: unknown) => error);
  await closing;
  expect(await early).toMatchObject({ name: 'ProtocolError', code: -32603 });
  expect(await late).toMatchObject({ code: 'ERR_APP_CLOSED' });
});

test('a transport and a lifespan that both cannot be closed are both told, and the rest is closed', async () => {
  const [stuck, broken] = [new Error('the socket is stuck'), new Error('the connection is gone')];
  const OTHER = token<object>('Other');
  @Lifespan(OTHER)
  class OpensOther {
    *open() {
      yield {};
      throw broken;
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensDb, OpensOther], handlers: [Tools] })
  class Both {}
  const app = createApp(Both, { clock, logger });
  for (const fails of [true, false])
    await app.serve({
      name: 'odd',
      open: () =>
        Promise.resolve({
          close: () => (fails ? Promise.reject(stuck) : Promise.resolve(void events.push('other'))),
        }),
    });
  await expect(app.close()).rejects.toMatchObject({ name: 'AggregateError', errors: [stuck, broken] });
  expect(events).toEqual(['other', 'db closed']);
});

test('a lifespan alone that cannot be closed is told as it is', async () => {
  const broken = new Error('the connection is gone');
  @Lifespan(DB)
  class Breaks {
    *open() {
      yield { open: true };
      throw broken;
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [Breaks], handlers: [Tools] })
  class One {}
  const app = createApp(One, { clock, logger });
  await app.start();
  await expect(app.close()).rejects.toBe(broken);
});

describe('an app that is closed while it opens', () => {
  const SLOW = token<object>('Slow');
  const LAST = token<object>('Last');
  let opened: () => void;
  @Lifespan(DB)
  class First {
    *open() {
      events.push('first opened');
      yield { open: true };
      events.push('first closed');
    }
  }
  @Injectable()
  @Lifespan(SLOW)
  class Slow {
    constructor(@Inject(DB) readonly db: object) {}
    async *open() {
      events.push('slow opening');
      await new Promise<void>((resolve) => (opened = resolve));
      yield {};
      events.push('slow closed');
    }
  }
  @Injectable()
  @Lifespan(LAST)
  class Last {
    constructor(@Inject(SLOW) readonly slow: object) {}
    *open() {
      events.push('last opened');
      yield {};
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [First, Slow, Last], handlers: [Tools] })
  class Opens {}

  test('opens nothing more, and closes in reverse what it has opened', async () => {
    const app = createApp(Opens, { clock, logger });
    const starting = app.start().catch((error: unknown) => error);
    await settle();
    const closing = app.close();
    await settle();
    opened();
    await closing;
    expect(await starting).toMatchObject({ code: 'ERR_APP_CLOSED' });
    expect(events).toEqual(['first opened', 'slow opening', 'slow closed', 'first closed']);
    expect(logger.lines).toEqual([]);
  });

  test('does not wait for ever for one that does not come to its end, and closes that when it does', async () => {
    const app = createApp(Opens, { clock, logger });
    const starting = app.start().catch((error: unknown) => error);
    await settle();
    const closing = app.close();
    await settle();
    clock.advance(5100);
    await closing;
    expect(events).toEqual(['first opened', 'slow opening', 'first closed']);
    expect(logger.lines).toEqual([
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('still opening') }),
    ]);
    opened();
    expect(await starting).toMatchObject({ code: 'ERR_APP_CLOSED' });
    expect(events.at(-1)).toBe('slow closed');
  });
});

test('who has cancelled before is not answered', async () => {
  const app = create();
  const leaving = new AbortController();
  const call = app.callTool('finishes', {}, { signal: leaving.signal }).catch((error: unknown) => error);
  await settle();
  leaving.abort();
  await app.close();
  expect(await call).toMatchObject({ message: 'tools/call was cancelled' });
});

test.each(['traced', 'tracedLater'])(
  'a request scope that closes slowly is waited for (%s)',
  async (name) => {
    @Injectable({ lifetime: 'request' })
    class Trace {
      async onClose() {
        await settle();
        events.push('trace closed');
      }
    }
    class Scoped {
      @Tool() traced(_trace: Trace) {
        return 'done';
      }
      @Tool() async tracedLater(_trace: Trace) {
        await settle();
        return 'done';
      }
    }
    @McpModule({ name: 't', version: '1', lifespans: [OpensDb], providers: [Trace], handlers: [Scoped] })
    class WithTrace {}
    const app = createApp(WithTrace, { clock, logger });
    await app.start();
    const call = app.callTool(name);
    await new Promise((resolve) => setImmediate(resolve));
    await app.close();
    expect(events).toEqual(['trace closed', 'db closed']);
    expect(await call).toMatchObject({ content: [{ text: 'done' }] });
  },
);

test('a handler that waits for the close of its own app is given up in the end', async () => {
  class Ends {
    @Tool() async end() {
      await app.close();
      return 'never sent';
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensDb], handlers: [Ends] })
  class EndsItself {}
  const app = createApp(EndsItself, { clock, logger });
  const call = app.callTool('end').catch((error: unknown) => error);
  await settle();
  clock.advance(5100);
  await app.close();
  expect(events).toEqual(['db closed']);
  await call;
});
