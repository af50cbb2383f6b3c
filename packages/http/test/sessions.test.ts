import { createApp, Ids, McpModule, Tool, type App, type MiddlewareHooks } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { http, type SessionLimits } from '../src/index.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

class CountingIds extends Ids {
  #last = 0;
  secret() {
    return `id-${++this.#last}`;
  }
  reference() {
    return 'ref';
  }
}

const clock = new ManualClock();
let app: App;
let url: string;

async function serve(sessions: SessionLimits, hooks?: MiddlewareHooks): Promise<void> {
  @McpModule({ name: 'test', version: '1', handlers: [Tools], middleware: hooks ? [hooks] : [] })
  class Root {}
  app = createApp(Root, { clock, ids: new CountingIds(), logger: new RecordingLogger() });
  url = (await app.serve(http({ port: 0, sessions }))).url ?? '';
}
afterEach(() => app.close());

/** Holds every `initialize` until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  let waiting = 0;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const hooks: MiddlewareHooks = {
    onInitialize: async (_call, next) => {
      waiting++;
      await opened;
      return next();
    },
  };
  const full = async (count: number): Promise<void> => {
    while (waiting < count) await new Promise(setImmediate);
  };
  return { hooks, open, full };
}

const post = (body: object, headers: object = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...body }),
  });
const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } };
const initialize = (changed: object = {}) =>
  post({ id: 1, method: 'initialize', params: { ...params, ...changed } });
const ping = (session: string) => post({ id: 2, method: 'ping' }, { 'mcp-session-id': session });
const sessionOf = (response: Response): string | null => response.headers.get('mcp-session-id');

test.each([{ maxPerCaller: 2 }, { max: 2 }])(
  'clients let in at the same time are never more than %p allows',
  async (limits) => {
    const { hooks, open, full } = gate();
    await serve(limits, hooks);
    const answers = Array.from({ length: 6 }, () => initialize());
    await full(2);
    const refused = await Promise.race(answers);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
    open();
    const responses = await Promise.all(answers);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 503, 503, 503, 503]);
    expect(responses.map(sessionOf).filter(Boolean)).toHaveLength(2);
  },
);

test('an initialize that fails gives its place back', async () => {
  await serve({ max: 1 });
  expect((await initialize({ clientInfo: undefined })).status).toBe(200);
  const opened = await initialize();
  expect(sessionOf(opened)).not.toBeNull();
  expect((await initialize()).status).toBe(503);
});

test('an initialize that middleware refuses gives its place back', async () => {
  let refuse = true;
  await serve(
    { max: 1 },
    {
      onInitialize: async (_call, next) => {
        if (refuse) throw new Error('not now');
        return next();
      },
    },
  );
  expect(sessionOf(await initialize())).toBeNull();
  refuse = false;
  expect(sessionOf(await initialize())).not.toBeNull();
});

test('an initialize that wants no answer takes no place', async () => {
  await serve({ max: 1 });
  expect((await post({ method: 'initialize', params })).status).toBe(400);
  expect(sessionOf(await initialize())).not.toBeNull();
});

test('a session is of no use before its client is let in', async () => {
  const { hooks, open, full } = gate();
  await serve({}, hooks);
  const answer = initialize();
  await full(1);
  expect((await ping('id-1')).status).toBe(404);
  open();
  expect(sessionOf(await answer)).toBe('id-1');
  expect((await ping('id-1')).status).toBe(200);
});

test('a quiet session ends after its time, a used one does not', async () => {
  await serve({ idleMs: 60_000 });
  const [quiet, used] = [sessionOf(await initialize()) ?? '', sessionOf(await initialize()) ?? ''];
  clock.advance(40_000);
  expect((await ping(used)).status).toBe(200);
  clock.advance(40_000);
  expect((await ping(quiet)).status).toBe(404);
  expect((await ping(used)).status).toBe(200);
});

test.each([-3_600_000, 3_600_000])(
  'a clock that is set by %i ms ends no session early or late',
  async (set) => {
    await serve({ idleMs: 60_000 });
    const [quiet, used] = [sessionOf(await initialize()) ?? '', sessionOf(await initialize()) ?? ''];
    clock.advance(40_000);
    expect((await ping(used)).status).toBe(200);
    clock.set(set);
    clock.advance(40_000);
    expect((await ping(quiet)).status).toBe(404);
    expect((await ping(used)).status).toBe(200);
  },
);

test('unless told otherwise a session may be quiet for half an hour', async () => {
  await serve({});
  const session = sessionOf(await initialize()) ?? '';
  clock.advance(29 * 60_000);
  expect((await ping(session)).status).toBe(200);
  clock.advance(33 * 60_000);
  expect((await ping(session)).status).toBe(404);
});

test('a session that is ended makes room for another', async () => {
  await serve({ maxPerCaller: 1 });
  const session = sessionOf(await initialize()) ?? '';
  expect((await initialize()).status).toBe(503);
  await fetch(url, { method: 'DELETE', headers: { 'mcp-session-id': session } });
  expect((await initialize()).status).toBe(200);
});

test('a second initialize in a session is refused and does not end it', async () => {
  await serve({});
  const session = sessionOf(await initialize()) ?? '';
  const again = await post({ id: 3, method: 'initialize', params }, { 'mcp-session-id': session });
  expect(await again.json()).toMatchObject({ id: 3, error: { code: -32600 } });
  expect((await ping(session)).status).toBe(200);
});

test('an initialize that takes long does not end as idle, and is quiet only from its answer on', async () => {
  const { hooks, open, full } = gate();
  await serve({ idleMs: 60_000 }, hooks);
  const answer = initialize();
  await full(1);
  clock.advance(120_000);
  open();
  const session = sessionOf(await answer) ?? '';
  clock.advance(40_000);
  expect((await ping(session)).status).toBe(200);
});

test('a log message during initialize begins a stream that names the session first', async () => {
  await serve(
    {},
    {
      onInitialize: async (call, next) => {
        await call.context.info('welcome');
        return next();
      },
    },
  );
  const response = await initialize();
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(await response.text()).toMatch(/welcome[\s\S]*protocolVersion/);
  expect((await ping(sessionOf(response) ?? '')).status).toBe(200);
});
