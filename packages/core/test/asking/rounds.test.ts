import {
  Context,
  createApp,
  McpModule,
  MemoryStore,
  AtomicStore,
  Principal,
  Session,
  Tool,
  type MiddlewareHooks,
  type ModuleOptions,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { Connection } from '../../src/transports/connection.js';

interface Answer {
  readonly result?: {
    readonly resultType: string;
    readonly requestState?: string;
    readonly inputRequests?: Record<string, unknown>;
    readonly content?: readonly { readonly text: string }[];
    readonly isError?: boolean;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};

/** A server and the raw calls of a 2026-07-28 client. */
async function serve(
  handler: new () => object,
  options: Partial<ModuleOptions> & { principal?: Principal; clock?: ManualClock } = {},
) {
  const { principal, clock = new ManualClock(), ...module } = options;
  @McpModule({ name: 't', version: '1', handlers: [handler as never], ...module })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger, clock });
  const endpoint = await app.start();
  let id = 0;
  const call = (params: object, on: Principal | undefined = principal) =>
    new Promise<Answer>((resolve) => {
      const connection = new Connection(
        endpoint,
        (text) => {
          const message = JSON.parse(text) as Answer & { id?: number };
          if (message.id !== undefined) resolve(message);
        },
        new Session('session', on),
      );
      connection.receive(
        JSON.stringify({
          jsonrpc: '2.0',
          id: ++id,
          method: 'tools/call',
          params: { ...params, _meta: META },
        }),
      );
    });
  return { app, call, clock, logger };
}

/** What a client sends back: an answer to every question, and the state as it came. */
function retry(name: string, answer: Answer, value: unknown, args: object = {}) {
  return {
    name,
    arguments: args,
    requestState: answer.result?.requestState,
    inputResponses: Object.fromEntries(
      Object.keys(answer.result?.inputRequests ?? {}).map((key) => [
        key,
        { action: 'accept', content: { value } },
      ]),
    ),
  };
}

class Asker {
  @Tool() async ask(ctx: Context, what = 'Name?') {
    return ctx.requestElicitation({ prompt: what, responseType: String });
  }

  @Tool() async other(ctx: Context) {
    return ctx.requestElicitation({ prompt: 'Name?', responseType: String });
  }
}

// verifies 2026:51 2026:52
test('a state that was changed, or given for another tool, other arguments or another caller, is refused', async () => {
  const alice = new Principal({ issuer: 'i', subject: 'alice' });
  const bob = new Principal({ issuer: 'i', subject: 'bob' });
  const { app, call } = await serve(Asker, { principal: alice });
  const first = await call({ name: 'ask', arguments: {} });
  expect(first.result?.resultType).toBe('input_required');
  const again = retry('ask', first, 'Ada');
  const state = again.requestState ?? '';
  const flipped = `${state.slice(0, 20)}${state[20] === 'A' ? 'B' : 'A'}${state.slice(21)}`;
  for (const wrong of [
    { ...again, requestState: flipped },
    { ...again, requestState: 'garbage' },
    { ...again, requestState: 7 },
    { ...again, name: 'other' },
    { ...again, arguments: { what: 'Password?' } },
  ])
    expect((await call(wrong)).error).toMatchObject({
      code: -32602,
      message: expect.stringContaining('requestState') as string,
    });
  expect((await call(again, bob)).error?.code).toBe(-32602);
  expect((await call(again)).result?.content?.[0]?.text).toBe('Ada');
  await app.close();
});

// verifies 2026:52
test('a state is good for ten minutes', async () => {
  const { app, call, clock } = await serve(Asker);
  const first = await call({ name: 'ask', arguments: {} });
  clock.advance(10 * 60_000 - 1);
  expect((await call(retry('ask', first, 'Ada'))).result?.content?.[0]?.text).toBe('Ada');
  clock.advance(1);
  expect((await call(retry('ask', first, 'Ada'))).error).toMatchObject({
    code: -32602,
    message: expect.stringContaining('expired') as string,
  });
  await app.close();
});

test('another process opens a state only with the same secret; an older secret still opens', async () => {
  const secrets = ['a'.repeat(32), 'b'.repeat(32)];
  const one = await serve(Asker, { secrets: [secrets[0] ?? ''] });
  const first = await one.call({ name: 'ask', arguments: {} });
  const rotated = await serve(Asker, { secrets: [secrets[1] ?? '', secrets[0] ?? ''] });
  expect((await rotated.call(retry('ask', first, 'Ada'))).result?.content?.[0]?.text).toBe('Ada');
  const stranger = await serve(Asker);
  expect((await stranger.call(retry('ask', first, 'Ada'))).error?.code).toBe(-32602);
  for (const { app } of [one, rotated, stranger]) await app.close();
});

test('a state is nothing to a tool that has changed since it was given', async () => {
  class Changed {
    @Tool({ description: 'Asks for something else.' }) async ask(ctx: Context, what = 'Name?') {
      return ctx.requestElicitation({ prompt: what, responseType: String });
    }
  }
  const secrets = ['a'.repeat(32)];
  const [before, same, after] = [
    await serve(Asker, { secrets }),
    await serve(Asker, { secrets }),
    await serve(Changed, { secrets }),
  ];
  const again = retry('ask', await before.call({ name: 'ask', arguments: {} }), 'Ada');
  expect((await same.call(again)).result?.content?.[0]?.text).toBe('Ada');
  expect((await after.call(again)).error?.code).toBe(-32602);
  for (const { app } of [before, same, after]) await app.close();
});

test('an answer that is missing or has no form of one is asked for again', async () => {
  const { app, call } = await serve(Asker);
  const first = await call({ name: 'ask', arguments: {} });
  const [key = ''] = Object.keys(first.result?.inputRequests ?? {});
  for (const inputResponses of [
    undefined,
    {},
    { [key]: 'Ada' },
    { [key]: { action: 'maybe' } },
    { wrong: {} },
  ]) {
    const again = await call({ ...retry('ask', first, ''), inputResponses });
    expect(again.result?.resultType).toBe('input_required');
    expect(Object.keys(again.result?.inputRequests ?? {})).toEqual([key]);
  }
  await app.close();
});

test('a client that knows the key of a question may bring the answer with its first request', async () => {
  class Knowing {
    @Tool() async ask(ctx: Context) {
      const result = await ctx.elicit('Name?', String, { key: 'name' });
      return result.action === 'accept' ? result.data : result.action;
    }
  }
  const { app, call } = await serve(Knowing);
  const inputResponses = { name: { action: 'accept', content: { value: 'Ada' } }, extra: { a: 1 } };
  expect((await call({ name: 'ask', arguments: {}, inputResponses })).result?.content?.[0]?.text).toBe('Ada');
  await app.close();
});

test('a state too long to travel is kept in the store, and its name travels', async () => {
  class Hoarder {
    @Tool() async ask(ctx: Context) {
      const long = await ctx.once('long', () => 'x'.repeat(40_000));
      const result = await ctx.elicit('Name?', String);
      return `${long.length} ${result.action}`;
    }
  }
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  const kept = jest.spyOn(store, 'set');
  const { app, call } = await serve(Hoarder, {
    clock,
    providers: [{ provide: AtomicStore, useValue: store }],
  });
  const first = await call({ name: 'ask', arguments: {} });
  expect(first.result?.requestState?.length).toBeLessThan(1000);
  expect(kept).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(kept.mock.calls)).not.toContain('x'.repeat(20));
  expect((await call(retry('ask', first, 'Ada'))).result?.content?.[0]?.text).toBe('40000 accept');
  await app.close();
});

test('a handler that asks differently each time is told of in the log, and ended the second time', async () => {
  let run = 0;
  class Wanderer {
    @Tool() async ask(ctx: Context) {
      return ctx.elicit(`Question ${++run}?`, String);
    }
  }
  const { app, call, logger } = await serve(Wanderer);
  const first = await call({ name: 'ask', arguments: {} });
  const second = await call(retry('ask', first, 'a'));
  expect(second.result?.resultType).toBe('input_required');
  expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  const third = await call(retry('ask', second, 'b'));
  expect(third.result).toMatchObject({ isError: true });
  expect(third.result?.content?.[0]?.text).toContain('asks something else in each run');
  await app.close();
});

test('after ten rounds a call is given up', async () => {
  class Curious {
    @Tool() async ask(ctx: Context) {
      for (let i = 0; ; i++) await ctx.elicit(`Question ${i}?`, String);
    }
  }
  const { app, call } = await serve(Curious);
  let answer = await call({ name: 'ask', arguments: {} });
  for (let round = 1; round < 10; round++) {
    expect(answer.result?.resultType).toBe('input_required');
    answer = await call(retry('ask', answer, 'x'));
  }
  answer = await call(retry('ask', answer, 'x'));
  expect(answer.result?.isError).toBe(true);
  expect(answer.result?.content?.[0]?.text).toContain('10 rounds');
  await app.close();
});

test('a handler that does not end after it has asked is answered for without it', async () => {
  class Hanging {
    @Tool() async ask(ctx: Context) {
      await ctx.elicit('Name?', String).catch(() => new Promise(() => undefined));
    }
  }
  const { app, call, clock } = await serve(Hanging);
  const answering = call({ name: 'ask', arguments: {} });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1100);
  expect((await answering).result?.resultType).toBe('input_required');
  // The server waits for it as it waits for every handler, and not for ever.
  const closing = app.close();
  clock.advance(5100);
  await closing;
});

// verifies 2026:52
test('a durable step runs once, however often and wherever its round is repeated', async () => {
  let charged = 0;
  class Till {
    @Tool() async pay(ctx: Context) {
      await ctx.elicit('Sure?', String);
      const receipt = await ctx.once('charge', () => ++charged, { durable: true });
      const { action } = await ctx.elicit('A receipt?', String);
      return `${receipt} ${action}`;
    }
  }
  const { app, call } = await serve(Till);
  const first = await call({ name: 'pay', arguments: {} });
  const sure = retry('pay', first, 'yes');
  const [one, two] = await Promise.all([call(sure), call(sure)]);
  expect(charged).toBe(1);
  const [good] = [one, two].filter((each) => each.result?.resultType === 'input_required');
  expect((await call(retry('pay', good as Answer, 'yes'))).result?.content?.[0]?.text).toBe('1 accept');
  expect(charged).toBe(1);
  await app.close();
});

test.each([false, true])('a step that gives nothing runs once too (durable: %s)', async (durable) => {
  let sent = 0;
  class Sending {
    @Tool() async send(ctx: Context) {
      const given = await ctx.once(
        'mail',
        () => {
          sent++;
        },
        { durable },
      );
      await ctx.elicit('Has it come?', Boolean);
      return `${sent} sent, ${given} given`;
    }
  }
  const { app, call } = await serve(Sending);
  const first = await call({ name: 'send', arguments: {} });
  const again = await call(retry('send', first, true));
  expect(again.result?.content?.[0]?.text).toBe('1 sent, undefined given');
  await app.close();
});

test('a durable step that gives nothing is known to be done where its round is repeated', async () => {
  let sent = 0;
  class Sending {
    @Tool() async send(ctx: Context) {
      await ctx.elicit('Sure?', Boolean);
      await ctx.once(
        'mail',
        () => {
          sent++;
        },
        { durable: true },
      );
      return `${sent} sent`;
    }
  }
  const { app, call } = await serve(Sending);
  const sure = retry('send', await call({ name: 'send', arguments: {} }), true);
  for (const round of [sure, sure]) expect((await call(round)).result?.content?.[0]?.text).toBe('1 sent');
  await app.close();
});

test('notifications of earlier runs are not sent again', async () => {
  class Teller {
    @Tool() async tell(ctx: Context) {
      await ctx.info('one');
      await ctx.elicit('Go on?', String);
      await ctx.info('two');
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Teller] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  const endpoint = await app.start();
  const heard: { method?: string; params?: { data: string }; result?: Answer['result'] }[] = [];
  const connection = new Connection(endpoint, (text) => void heard.push(JSON.parse(text) as never));
  const send = async (params: object) => {
    const _meta = { ...META, 'io.modelcontextprotocol/logLevel': 'info' };
    connection.receive(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...params, _meta } }),
    );
    await connection.idle();
  };
  await send({ name: 'tell', arguments: {} });
  const asked = heard.find(({ result }) => result) as Answer;
  await send(retry('tell', asked, 'yes'));
  expect(heard.flatMap(({ params }) => (params ? [params.data] : []))).toEqual(['one', 'two']);
  await app.close();
});

test('a question where nothing can wait for it is a mistake of the author', async () => {
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Asker],
    expose: 'errors',
    middleware: [
      {
        onListTools: async (call, next) => {
          await call.context.elicit('Which?', String);
          return next();
        },
      } satisfies MiddlewareHooks,
    ],
  })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  const heard: Answer[] = [];
  const connection = new Connection(await app.start(), (text) => void heard.push(JSON.parse(text) as Answer));
  connection.receive(
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } }),
  );
  await connection.idle();
  expect(heard[0]?.error?.message).toMatch(/ERR_ASK_PLACE.*tools\/list/);
  await app.close();
});
