import { Context, createApp, McpModule, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from 'fastify';
import { mcp, type McpPluginOptions } from '../src/index.js';

class Tools {
  @Tool() async says(ctx: Context) {
    await ctx.info('hello');
    return 'done';
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const PAGE = 'https://app.example.com';
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

let app: App;
let fastify: FastifyInstance;
function serve(options: McpPluginOptions, around?: (fastify: FastifyInstance) => void): void {
  app = createApp(TestModule, { logger: new RecordingLogger() });
  fastify = Fastify();
  around?.(fastify);
  fastify.register(mcp(app, { allowedOrigins: [PAGE], ...options }), { prefix: '/mcp' });
}
afterEach(() => fastify.close());

function post(headers: Record<string, string>, payload: object | string = INITIALIZE) {
  return fastify.inject({
    method: 'POST',
    url: '/mcp',
    headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
    payload,
  });
}

const asks = (origin: string, wanted: string) =>
  fastify.inject({
    method: 'OPTIONS',
    url: '/mcp',
    headers: {
      host: 'localhost',
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': wanted,
    },
  });

/** What a browser would go by. */
const grants = ({ headers }: { headers: Record<string, unknown> }) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(access-control-|vary)/.test(name)));

test('by default nothing is granted, not even to pages that may call', async () => {
  serve({});
  expect(grants(await post({ origin: PAGE }))).toEqual({});
  expect(grants(await asks(PAGE, 'content-type'))).toEqual({});
});

test('pages that may call may read what they are answered, the id of the session too', async () => {
  serve({ cors: true });
  const answer = await post({ origin: PAGE });
  expect(answer.statusCode).toBe(200);
  expect(grants(answer)).toEqual({
    'access-control-allow-origin': PAGE,
    'access-control-expose-headers': 'mcp-session-id, retry-after, www-authenticate',
    vary: 'Origin',
  });
  expect(grants(await post({}))).toEqual({});
});

test('a browser is told what a page may send: the headers of the protocol, and those of your own', async () => {
  serve({ cors: { headers: ['X-Api-Key'] } });
  const protocol =
    'authorization, content-type, last-event-id, mcp-method, mcp-name, mcp-param-city, mcp-protocol-version, mcp-session-id';
  const answer = await asks(PAGE, `${protocol}, x-api-key, x-other, mcp-param-a b`);
  expect([answer.statusCode, answer.body]).toEqual([204, '']);
  expect(grants(answer)).toMatchObject({
    'access-control-allow-origin': PAGE,
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': `${protocol}, x-api-key`,
    vary: 'Origin',
  });
});

test.each(['https://evil.example', 'null', 'http://app.example.com'])(
  '%s is granted nothing',
  async (origin) => {
    serve({ cors: true });
    for (const answer of [await post({ origin }), await asks(origin, 'content-type')]) {
      expect(answer.statusCode).toBe(403);
      expect(grants(answer)).toEqual({});
    }
  },
);

test('refusals and streams can be read as well', async () => {
  serve({ cors: true });
  const tooLarge = await post({ origin: PAGE }, 'x'.repeat(1024 * 1024 + 1));
  expect([tooLarge.statusCode, tooLarge.headers['access-control-allow-origin']]).toEqual([413, PAGE]);
  const unknown = await post(
    { origin: PAGE, 'mcp-session-id': 'nobody' },
    { jsonrpc: '2.0', id: 1, method: 'ping' },
  );
  expect([unknown.statusCode, unknown.headers['access-control-allow-origin']]).toEqual([404, PAGE]);
  const { headers } = await post({});
  const stream = await post(
    { origin: PAGE, 'mcp-session-id': String(headers['mcp-session-id']) },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'says' } },
  );
  expect(stream.headers['content-type']).toBe('text/event-stream');
  expect(stream.headers['access-control-allow-origin']).toBe(PAGE);
});

test('all origins may be let in, by name', async () => {
  serve({ cors: true, allowedOrigins: ['*'] });
  const answer = await post({ origin: 'https://any.example' });
  expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([
    200,
    'https://any.example',
  ]);
});

describe('in a Fastify with CORS of its own', () => {
  /** What @fastify/cors does: a hook for all that is registered after it, and an answer to every OPTIONS. */
  const cors: FastifyPluginCallback = (instance, _options, done) => {
    instance.addHook('onRequest', async (request, reply) => {
      void reply
        .header('access-control-allow-origin', request.headers.origin ?? '*')
        .header('vary', 'Origin');
      if (request.method === 'OPTIONS')
        return reply.code(204).header('access-control-allow-headers', 'x-theirs').send();
    });
    instance.options('*', (_request, reply) => reply.code(404).send());
    done();
  };
  Object.assign(cors, { [Symbol.for('skip-override')]: true });

  test('theirs holds where ours is off, also on streams', async () => {
    serve({}, (instance) => instance.register(cors));
    const begun = await post({ origin: PAGE });
    expect(grants(begun)).toEqual({ 'access-control-allow-origin': PAGE, vary: 'Origin' });
    const stream = await post(
      { origin: PAGE, 'mcp-session-id': String(begun.headers['mcp-session-id']) },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'says' } },
    );
    expect(grants(stream)).toEqual({ 'access-control-allow-origin': PAGE, vary: 'Origin' });
    expect((await asks(PAGE, 'content-type')).headers['access-control-allow-headers']).toBe('x-theirs');
  });

  test('where both are on nothing is said twice', async () => {
    serve({ cors: true }, (instance) => instance.register(cors));
    const answer = await post({ origin: PAGE });
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE);
    expect(answer.headers.vary).toBe('Origin');
    expect((await asks(PAGE, 'content-type')).statusCode).toBe(204);
  });

  test('ours stays inside: other routes are not granted anything', async () => {
    serve({ cors: true }, (instance) => instance.get('/other', () => 'theirs'));
    const other = await fastify.inject({ url: '/other', headers: { host: 'localhost', origin: PAGE } });
    expect(grants(other)).toEqual({});
  });
});
