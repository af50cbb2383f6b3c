import { Context, createApp, McpModule, OnSession, Tool, type App } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { events, initialize, LOG_LEVEL, META, overHttp, read, type HttpWire } from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

let release: (() => void)[] = [];
let aborted: string[] = [];
let begin: (() => void) | undefined;
let slow = false;

class Tools {
  /** Does not care whether anybody waits. */
  @Tool() async deaf(ctx: Context) {
    await new Promise<void>((resolve) => release.push(resolve));
    await ctx.info('late');
    await ctx.reportProgress(1);
    return 'released';
  }

  @Tool() async telling(ctx: Context) {
    await ctx.info('begun');
    return this.deaf(ctx);
  }

  @Tool() async heeds(ctx: Context) {
    await new Promise<void>((resolve) => {
      ctx.signal.addEventListener('abort', () => {
        aborted.push((ctx.signal.reason as Error).message);
        resolve();
      });
      release.push(resolve);
    });
    return 'done';
  }

  @OnSession() async slowly() {
    if (slow) await new Promise<void>((resolve) => (begin = resolve));
  }
}

@McpModule({ name: 'cancelling', version: '1', handlers: [Tools], logLevel: 'trace' })
class CancellingModule {}

let app: App;
let logger: RecordingLogger;

beforeEach(() => {
  release = [];
  aborted = [];
  slow = false;
  logger = new RecordingLogger();
  app = createApp(CancellingModule, { logger, clock: new ManualClock() });
});
afterEach(async () => {
  for (const each of release) each();
  await app.close();
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise(setImmediate);
}

const turns = async () => {
  for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
};

describe('over HTTP, in 2025-11-25', () => {
  let wire: HttpWire;
  beforeEach(async () => {
    wire = await overHttp(app);
  });
  const session = () => wire.session();

  // verifies 2025:23
  test.each([0, 'a', 7])(
    'the exchange of a cancelled request ends at once, without an answer: id %p',
    async (id) => {
      const own = await session();
      const answer = own.ask('tools/call', { name: 'deaf' }, { id });
      await until(() => release.length === 1);
      expect(await own.notify('notifications/cancelled', { requestId: id, reason: 'enough' })).toBe(202);
      const { status, headers, messages } = await answer;
      expect([status, headers.get('content-type'), messages]).toEqual([200, 'text/event-stream', []]);
      expect(logger.lines).toContainEqual(
        expect.objectContaining({ fields: expect.objectContaining({ cancelled: id, reason: 'enough' }) }),
      );
    },
  );

  // verifies 2025:23
  test('a stream that has begun ends with what was told, and its id is free for the next request', async () => {
    const own = await session();
    const response = await own.begin('tools/call', { name: 'telling' }, { id: 1 });
    await own.notify('notifications/cancelled', { requestId: 1 });
    const { messages } = await read(response);
    expect(messages.map(({ method }) => method)).toEqual(['notifications/message']);
    expect((await own.ask('ping', {}, { id: 1 })).message).toMatchObject({ id: 1, result: {} });
  });

  // verifies 2025:14
  test('leaving cancels nothing', async () => {
    const own = await session();
    const leaving = new AbortController();
    const left = own.begin('tools/call', { name: 'heeds' }, { signal: leaving.signal });
    await until(() => release.length === 1);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await turns();
    expect(aborted).toEqual([]);
  });

  test('the end of a session cancels what is under way in it, and ends its exchange', async () => {
    const own = await session();
    const [deaf, heeds] = [
      own.ask('tools/call', { name: 'deaf' }, { id: 1 }),
      own.ask('tools/call', { name: 'heeds' }, { id: 2 }),
    ];
    await until(() => release.length === 2);
    expect((await fetch(wire.url, { method: 'DELETE', headers: own.headers })).status).toBe(204);
    expect([(await deaf).messages, (await heeds).messages]).toEqual([[], []]);
    expect(aborted).toEqual(['The session has ended']);
  });

  // verifies 2025:23
  test('what cancels nothing is let pass', async () => {
    const own = await session();
    await own.ask('ping', {}, { id: 1 });
    for (const params of [{ requestId: 1 }, { requestId: 'x' }, { requestId: null }, { requestId: {} }, {}])
      expect(await own.notify('notifications/cancelled', params)).toBe(202);
    expect((await own.ask('ping', {}, { id: 1 })).status).toBe(200);
  });

  test('a second request of an id under way is refused, and the first is answered', async () => {
    const own = await session();
    const first = own.ask('tools/call', { name: 'deaf' }, { id: 1 });
    await until(() => release.length === 1);
    const second = await own.ask('ping', {}, { id: 1 });
    expect([second.status, second.message.error?.code]).toEqual([400, -32600]);
    release[0]?.();
    expect((await first).message.result.content).toMatchObject([{ text: 'released' }]);
  });
});

describe('over HTTP, in 2026-07-28', () => {
  let wire: HttpWire;
  beforeEach(async () => {
    wire = await overHttp(app);
  });

  // verifies 2026:31 2026:59
  test('leaving cancels, before there is a stream and after', async () => {
    for (const meta of [{}, { [LOG_LEVEL]: 'info' }]) {
      const leaving = new AbortController();
      const left = wire.begin('tools/call', { name: 'heeds' }, { meta, signal: leaving.signal });
      await until(() => release.length > 0);
      leaving.abort();
      await expect(left).rejects.toThrow();
      await until(() => aborted.length > 0);
      expect(aborted).toEqual(['The client has disconnected']);
      [release, aborted] = [[], []];
    }
  });

  // verifies 2026:31
  test('the end of an exchange that was answered cancels nothing', async () => {
    for (const meta of [{}, { [LOG_LEVEL]: 'info' }]) {
      const answer = wire.modern('tools/call', { name: 'heeds' }, { meta });
      await until(() => release.length > 0);
      for (const each of release.splice(0)) each();
      expect((await answer).message.result.content).toMatchObject([{ text: 'done' }]);
      await turns();
      expect(aborted).toEqual([]);
    }
  });

  // verifies 2026:31
  test('a handler that goes on after its client has left tells nobody', async () => {
    const leaving = new AbortController();
    const sending = { meta: { [LOG_LEVEL]: 'info', progressToken: 'p' }, signal: leaving.signal };
    const response = await wire.begin('tools/call', { name: 'telling' }, sending);
    const reading = events(response);
    expect((await reading.next()).value).toMatchObject({ method: 'notifications/message' });
    leaving.abort();
    await expect(reading.next()).rejects.toThrow();
    await turns();
    release[0]?.();
    await turns();
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  // verifies 2026:59
  test('a notification cancels nothing here, and is let pass: requests have nothing in common', async () => {
    const answer = wire.modern('tools/call', { name: 'deaf' }, { id: 5 });
    await until(() => release.length === 1);
    const notification = {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 5, _meta: META },
    };
    const { status, text } = await wire.send(notification, { 'mcp-protocol-version': '2026-07-28' });
    expect([status, text]).toEqual([202, '']);
    release[0]?.();
    expect((await answer).message.result.content).toMatchObject([{ text: 'released' }]);
  });

  // verifies 2026:8
  test('one id may be under way many times: each request is answered on its own', async () => {
    const answers = [1, 2, 3].map(() => wire.modern('tools/call', { name: 'deaf' }, { id: 1 }));
    await until(() => release.length === 3);
    for (const each of release) each();
    for (const { message } of await Promise.all(answers)) expect(message.id).toBe(1);
  });
});

describe('over stdio', () => {
  let lines: LineWire;
  beforeEach(async () => {
    lines = await overLines(app);
  });

  const cancel = (requestId: unknown, modern: boolean) => {
    lines.write({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId, ...(modern && { _meta: META }) },
    });
  };

  // verifies 2026:43 2026:59
  test.each([0, 'a'])(
    '2026-07-28: the request %p is cancelled by a notification, and nothing of it follows',
    async (id) => {
      const meta = { ...META, [LOG_LEVEL]: 'debug', progressToken: 'p' };
      lines.write({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'heeds', _meta: meta } });
      lines.write({
        jsonrpc: '2.0',
        id: 'other',
        method: 'tools/call',
        params: { name: 'deaf', _meta: meta },
      });
      await until(() => release.length === 2);
      cancel(id, true);
      cancel('other', true);
      expect(aborted).toEqual(['The request was cancelled']);
      for (const each of release) each();
      await lines.modern('tools/list', {}, { id: 'later' });
      expect(lines.messages.map((message) => message.id)).toEqual(['later']);
    },
  );

  // verifies 2026:59
  test('what cancels nothing is let pass: unknown, answered, malformed', async () => {
    await lines.modern('tools/list', {}, { id: 1 });
    for (const requestId of [1, 'x', null, {}, undefined]) cancel(requestId, true);
    await lines.modern('tools/list', {}, { id: 2 });
    expect(lines.messages.map(({ id }) => id)).toEqual([1, 2]);
  });

  // verifies 2025:23
  test('initialize cannot be cancelled', async () => {
    slow = true;
    lines.write(initialize('2025-11-25', {}, 'begin'));
    await until(() => begin !== undefined);
    cancel('begin', false);
    begin?.();
    expect((await lines.answer('begin')).result.protocolVersion).toBe('2025-11-25');
  });

  // verifies 2026:44
  test('a client that leaves is not kept waiting by its subscription, nor by what it has cancelled', async () => {
    const listen = { toolsListChanged: true };
    lines.write({
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: { notifications: listen, _meta: META },
    });
    lines.write({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'deaf', _meta: META } });
    await until(() => release.length === 1);
    cancel(2, true);
    lines.end();
    // The clock stands still: what waited for a deadline would wait for ever.
    await lines.ended;
    expect(lines.messages.map(({ method, id }) => method ?? id)).toEqual([
      'notifications/subscriptions/acknowledged',
    ]);
  });
});
