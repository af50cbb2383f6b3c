import { createApp, Context, Lifespan, McpModule, token, Tool, type App } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { http, mcp } from '../src/index.js';

const DB = token<object>('Db');
let events: string[] = [];
let release: () => void = () => undefined;

@Lifespan(DB)
class OpensDb {
  *open() {
    yield {};
    events.push('db closed');
  }
}

class Tools {
  @Tool() async heeds(stream: boolean, ctx: Context) {
    if (stream) await ctx.info('at work');
    events.push('at work');
    await new Promise((_resolve, reject) => {
      ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error));
    }).finally(() => events.push('ended'));
  }
  @Tool() echo() {
    // Nothing to say.
  }
  @Tool() async silent() {
    events.push('at work');
    await new Promise<void>(() => undefined);
  }
  @Tool() async ignores(ctx: Context) {
    await ctx.info('at work');
    events.push('at work');
    await new Promise<void>((resolve) => (release = resolve));
    return 'late';
  }
}

@McpModule({ name: 'test', version: '1', lifespans: [OpensDb], handlers: [Tools] })
class Root {}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/logLevel': 'info',
};
const call = (name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name, arguments: args, _meta: META },
});

function post(
  url: string,
  body: { method: string; params: { name?: string; _meta?: object } },
  headers: object = {},
) {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': body.method,
      'mcp-name': body.params.name ?? '',
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function session(url: string): Promise<object> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
    }),
  });
  return {
    'mcp-session-id': response.headers.get('mcp-session-id'),
    'mcp-protocol-version': '2025-11-25',
  };
}

const atWork = async (count = 1): Promise<void> => {
  while (events.filter((event) => event === 'at work').length < count) await new Promise(setImmediate);
};

let app: App;
beforeEach(() => {
  events = [];
});

describe('close() of an app with calls under way', () => {
  const serve = async (): Promise<string> => {
    app = createApp(Root, { logger: new RecordingLogger() });
    return (await app.serve(http({ port: 0 }))).url ?? '';
  };

  test.each(['2025-11-25', '2026-07-28'])(
    'ends their streams with an error within a second in %s',
    async (version) => {
      const url = await serve();
      const body = call('heeds', { stream: true });
      const legacy = { ...body, params: { ...body.params, _meta: {} } };
      const response = await (version === '2025-11-25'
        ? post(url, legacy, await session(url))
        : post(url, body));
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const begun = Date.now();
      await app.close();
      expect(Date.now() - begun).toBeLessThan(1000);
      expect(events).toEqual(['at work', 'ended', 'db closed']);
      const last = (await response.text()).trim().split('\n\n').at(-1) ?? '';
      expect(JSON.parse(last.split('data: ')[1] ?? '')).toMatchObject({ id: 7, error: { code: -32603 } });
    },
  );

  test('answers those without a stream with 503 and Retry-After', async () => {
    const url = await serve();
    const answer = post(url, call('heeds', { stream: false }));
    await atWork();
    await app.close();
    const response = await answer;
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32603 } });
  });

  test.each(['2025-11-25', '2026-07-28'])(
    'answers for those that do not heed their signal, after their time, in %s',
    async (version) => {
      const clock = new ManualClock();
      app = createApp(Root, { logger: new RecordingLogger(), clock });
      const url = (await app.serve(http({ port: 0 }))).url ?? '';
      const headers = version === '2025-11-25' ? await session(url) : undefined;
      const send = (name: string, id: number) => {
        const body = { ...call(name), id };
        return post(url, headers ? { ...body, params: { ...body.params, _meta: {} } } : body, headers);
      };
      const stream = await send('ignores', 1);
      const plain = send('silent', 2);
      await atWork(2);
      const closing = app.close();
      clock.advance(5100);
      await closing;
      expect(events).toEqual(['at work', 'at work', 'db closed']);
      const last = (await stream.text()).trim().split('data: ').at(-1) ?? '';
      expect(JSON.parse(last)).toMatchObject({ id: 1, error: { message: 'The server is closing' } });
      const answer = await plain;
      expect([answer.status, await answer.json()]).toMatchObject([
        503,
        { id: 2, error: { message: 'The server is closing' } },
      ]);
      release();
    },
  );

  test('refuses with 503 what comes before all have ended', async () => {
    const url = await serve();
    const slow = post(url, call('ignores'));
    await atWork();
    const closing = app.close();
    const refused = await post(url, call('ignores'));
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ id: 7, error: { message: 'The server is closing' } });
    release();
    await closing;
    expect(await (await slow).text()).toContain('late');
  });
});

test('one of several ways to an app is closed alone: what came by it is cancelled, and the others serve on', async () => {
  app = createApp(Root, { logger: new RecordingLogger() });
  const served = await app.serve(http({ port: 0 }));
  const other = (await app.serve(http({ port: 0 }))).url ?? '';
  const url = served.url ?? '';
  const stream = await post(url, call('heeds', { stream: true }));
  const legacy = { ...call('heeds', { stream: true }) };
  const resumed = await post(url, { ...legacy, params: { ...legacy.params, _meta: {} } }, await session(url));
  const plain = post(url, call('heeds', { stream: false })).catch(() => 'cut off');
  await atWork(3);
  await served.close();
  while (events.filter((event) => event === 'ended').length < 3) await new Promise(setImmediate);
  for (const each of [stream, resumed]) await each.text().catch(() => undefined);
  expect(await plain).toBe('cut off');
  expect(await (await post(other, call('echo'))).json()).toMatchObject({ result: { content: [] } });
  expect(events).not.toContain('db closed');
  await app.close();
});

test('a Fastify with an app in it closes within a second, with calls under way', async () => {
  app = createApp(Root, { logger: new RecordingLogger() });
  const fastify = Fastify();
  fastify.register(mcp(app));
  const url = `${await fastify.listen({ port: 0 })}/mcp`;
  const answer = post(url, call('heeds', { stream: false }));
  await atWork();
  const begun = Date.now();
  await fastify.close();
  expect(Date.now() - begun).toBeLessThan(1000);
  expect(events).toEqual(['at work', 'ended', 'db closed']);
  expect((await answer).status).toBe(503);
});

test('a Fastify closes although a handler never ends, and its caller is told', async () => {
  const clock = new ManualClock();
  app = createApp(Root, { logger: new RecordingLogger(), clock });
  const fastify = Fastify();
  fastify.register(mcp(app));
  const url = `${await fastify.listen({ port: 0 })}/mcp`;
  const answer = post(url, call('silent'));
  await atWork();
  const closing = fastify.close();
  await new Promise(setImmediate);
  clock.advance(5100);
  await closing;
  expect((await answer).status).toBe(503);
});

test('an app closed before its Fastify answers 503', async () => {
  app = createApp(Root, { logger: new RecordingLogger(), clock: new ManualClock() });
  const fastify = Fastify();
  fastify.register(mcp(app));
  await fastify.ready();
  await app.close();
  const { method, params } = call('heeds');
  const answer = await fastify.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      host: 'localhost',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      'mcp-name': params.name,
    },
    payload: call('heeds'),
  });
  expect(answer.statusCode).toBe(503);
  await fastify.close();
});
