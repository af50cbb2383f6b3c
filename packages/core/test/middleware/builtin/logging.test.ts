import {
  Context,
  createApp,
  McpModule,
  ProtocolError,
  Tool,
  use,
  type LogLevel,
  type MiddlewareListing,
  type Params,
} from '@tenon/core';
import { Logging, StructuredLogging, type LoggingOptions } from '@tenon/core/middleware';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

const clock = new ManualClock();

class Tools {
  @Tool() slow(ms: number) {
    clock.advance(ms);
    return 'done';
  }
  @Tool() fails(how: string) {
    if (how === 'refused') throw new ProtocolError(4711, 'no such page');
    throw new TypeError('x is "undefined"\nevent=request_success');
  }
}

function moduleOf(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware, validation: 'strict' })
  class Root {}
  return Root;
}

class Leveled extends RecordingLogger {
  constructor(readonly least: LogLevel) {
    super();
  }
  override isEnabled(level: LogLevel): boolean {
    const order = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];
    return order.indexOf(level) >= order.indexOf(this.least);
  }
}

/** What is logged of one message. */
async function linesOf(options: LoggingOptions, params: Params, logger = new RecordingLogger()) {
  const app = createApp(moduleOf(use(StructuredLogging, options)), { clock, logger });
  await app.callTool('slow', params).catch(() => undefined);
  await app.close();
  return logger.lines.filter(({ message }) => message.startsWith('request_'));
}

test('in words, a message has a line when it begins and one when it ends', async () => {
  const logger = new RecordingLogger();
  const app = createApp(moduleOf(Logging), { clock, logger });
  await app.callTool('slow', { ms: 1.826 });
  await app.callTool('fails', { how: 'refused' }).catch(() => undefined);
  await app.callTool('fails', { how: 'badly' });
  const lines = logger.lines.map(
    ({ level, message }) => `${level} ${message.replace(/requestId=[\w-]+/, 'requestId=1')}`,
  );
  const call = 'method=tools/call type=request source=client';
  expect(lines.filter((line) => line.includes('event='))).toEqual([
    `info event=request_start ${call} name=slow requestId=1`,
    `info event=request_success ${call} name=slow requestId=1 duration_ms=1.83`,
    `info event=request_start ${call} name=fails requestId=1`,
    `warn event=request_error ${call} name=fails requestId=1 duration_ms=0 error_type=ProtocolError error="no such page"`,
    `info event=request_start ${call} name=fails requestId=1`,
    `error event=request_error ${call} name=fails requestId=1 duration_ms=0 error_type=TypeError error="x is \\"undefined\\"\\nevent=request_success"`,
  ]);
  await app.close();
});

test('structured, the same are fields; parameters are not among them', async () => {
  const [start, end, ...more] = await linesOf({}, { ms: 2 });
  expect(more).toEqual([]);
  const fields = { method: 'tools/call', type: 'request', source: 'client', name: 'slow' };
  expect(start).toEqual({
    level: 'info',
    message: 'request_start',
    fields: { event: 'request_start', ...fields, requestId: expect.any(String) },
  });
  expect(end).toMatchObject({ fields: { event: 'request_success', ...fields, duration_ms: 2 } });
});

test('notifications are logged as such', async () => {
  const logger = new RecordingLogger();
  await using server = await createTestServer(moduleOf(use(StructuredLogging, { level: 'debug' })), {
    clock,
    logger,
  });
  await server.connect('2025-11-25');
  expect(logger.lines).toMatchObject([
    { level: 'debug', fields: { event: 'request_start', method: 'initialize', type: 'request' } },
    { level: 'debug', fields: { event: 'request_success', method: 'initialize' } },
    {
      level: 'debug',
      fields: { event: 'request_start', method: 'notifications/initialized', type: 'notification' },
    },
    { level: 'debug', fields: { event: 'request_success', method: 'notifications/initialized' } },
  ]);
});

test('payloads are there when asked for, cut, with their length and about their tokens', async () => {
  const params = { ms: 0, text: 'x'.repeat(5000) };
  const [start, end] = await linesOf(
    { includePayloads: true, includePayloadLength: true, estimatePayloadTokens: true, maxPayloadLength: 50 },
    params,
  );
  const json = JSON.stringify({ name: 'slow', arguments: params });
  expect(start?.fields).toMatchObject({
    payload: `${json.slice(0, 50)}…`,
    payload_length: json.length,
    payload_tokens: Math.ceil(json.length / 4),
  });
  expect(end?.fields).not.toHaveProperty('payload');
});

test('what sounds like a credential is struck out, and what the author names', async () => {
  const secrets = {
    Authorization: 'hunter2',
    'proxy-authorization': 'hunter2',
    accessToken: 'hunter2',
    refresh_token: ['hunter2'],
    apiKey: 'hunter2',
    'x-api-key': 'hunter2',
    password: 'hunter2',
    clientSecret: { deep: 'hunter2' },
    SSN: 'hunter2',
  };
  const [start] = await linesOf(
    { includePayloads: true, redact: ['ssn'] },
    { ms: 0, inner: [secrets], ...secrets, kept: 'kept', maxTokens: 7 },
  );
  const payload = String(start?.fields.payload);
  expect(payload).not.toContain('hunter2');
  expect(payload).toMatch(/"Authorization":"\[secret\]".*"kept":"kept","maxTokens":7/);
});

test.each<[string, Params, string | RegExp]>([
  ['a circle', circle(), /^\[no JSON: Converting circular structure/],
  ['a bigint', { big: 10n }, /"big":"10"/],
  ['a toJSON that throws', { bad: { toJSON: () => thrower('never') } }, '[no JSON: never]'],
])('%s does not keep a message from being logged and answered', async (_, args, payload) => {
  const [start, end] = await linesOf(
    { includePayloads: true, includePayloadLength: true, estimatePayloadTokens: true },
    { ms: 0, ...args },
  );
  expect(start?.fields.payload).toEqual(expect.stringMatching(payload));
  expect(end).toBeDefined();
});

function circle(): Params {
  const self: Record<string, unknown> = {};
  self.self = self;
  return self;
}

function thrower(message: string): never {
  throw new Error(message);
}

test('a serializer of the author makes the text, and may fail', async () => {
  const [start] = await linesOf({ includePayloads: true, payloadSerializer: () => 'mine' }, { ms: 0 });
  expect(start?.fields.payload).toBe('mine');
  const failing = { includePayloads: true, payloadSerializer: () => thrower('not today') };
  expect((await linesOf(failing, { ms: 0 }))[0]?.fields.payload).toBe('[payloadSerializer: not today]');
});

test('after the cut nothing is looked at', async () => {
  let looked = 0;
  const counted = Array.from({ length: 10_000 }, () => ({
    get member() {
      looked++;
      return 'x'.repeat(10);
    },
  }));
  await linesOf({ includePayloads: true, maxPayloadLength: 100 }, { ms: 0, counted });
  expect(looked).toBeLessThan(50);
});

test('of what the log does not take nothing is put together', async () => {
  const payloadSerializer = jest.fn(() => 'x');
  const options = { includePayloads: true, payloadSerializer };
  expect(await linesOf(options, { ms: 0 }, new Leveled('warn'))).toEqual([]);
  expect(payloadSerializer).not.toHaveBeenCalled();
  const logger = new Leveled('error');
  const app = createApp(moduleOf(Logging), { clock, logger });
  await app.callTool('fails', { how: 'refused' }).catch(() => undefined);
  await app.callTool('fails', { how: 'badly' });
  expect(logger.lines.map(({ message }) => message.split(' ')[0])).toEqual([
    'event=request_error',
    'tools/call',
  ]);
  const silent = createApp(moduleOf(Logging), { clock, logger: new Leveled('silent') });
  await silent.callTool('slow', { ms: 0 });
  await Promise.all([app.close(), silent.close()]);
});

test('what a handler asks of its own server is logged as coming from it', async () => {
  class Asks {
    @Tool() async asks(ctx: Context) {
      return (await ctx.listTools()).length;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Asks], middleware: [StructuredLogging] })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { clock, logger });
  await app.callTool('asks');
  expect(logger.lines.map(({ message, fields }) => [message, fields.method, fields.source])).toEqual([
    ['request_start', 'tools/call', 'client'],
    ['request_start', 'tools/list', 'server'],
    ['request_success', 'tools/list', 'server'],
    ['request_success', 'tools/call', 'client'],
  ]);
  await app.close();
});

test('only the methods that are named are logged', async () => {
  const logger = new RecordingLogger();
  const app = createApp(moduleOf(use(StructuredLogging, { methods: ['tools/list'] })), { clock, logger });
  await app.callTool('slow', { ms: 0 });
  await app.listTools();
  expect(logger.lines.map(({ fields }) => fields.method)).toEqual(['tools/list', 'tools/list']);
  await app.close();
});

test('names a client makes up are cut, and pass for no other field', async () => {
  const logger = new RecordingLogger();
  const app = createApp(moduleOf(new Logging({}, clock)), { clock, logger });
  await app.callTool('a event=request_error b').catch(() => undefined);
  await app.callTool('x'.repeat(5000)).catch(() => undefined);
  const starts = logger.lines.filter(({ message }) => message.startsWith('event=request_start'));
  expect(starts[0]?.message).toContain('name="a event=request_error b"');
  expect(starts[1]?.message.length).toBeLessThan(400);
  await app.close();
});

test('options it does not know are told', () => {
  expect(() => createApp(moduleOf(use(Logging, { level: 'INFO' as never })))).toThrow('"info"');
  expect(() => new StructuredLogging({ maxPayloadLength: -1 })).toThrow('maxPayloadLength');
});
