import { Context, createApp, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { mcp, type McpPluginOptions } from '../../src/index.js';

class Tools {
  @Tool() length(text: string) {
    return text.length;
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

let fastify: FastifyInstance;
let logger: RecordingLogger;
function embed(options: McpPluginOptions = {}, prefix = '/mcp'): void {
  logger = new RecordingLogger();
  fastify.register(mcp(createApp(TestModule, { logger }), options), { prefix });
}
beforeEach(() => {
  fastify = Fastify();
});
afterEach(() => fastify.close());

function call(
  url: string,
  text: string,
  { name = 'length', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return fastify.inject({
    method: 'POST',
    url,
    headers: {
      host: 'localhost',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': name,
      ...headers,
    },
    payload: {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: name === 'length' ? { text } : {}, _meta },
    },
  });
}

test('limits of both sides are their own', async () => {
  const around = Fastify({ bodyLimit: 100 });
  await fastify.close();
  fastify = around;
  fastify.post('/theirs', (request) => request.body);
  embed({ bodyLimit: 10_000 });
  expect((await call('/mcp', 'x'.repeat(5000))).json()).toMatchObject({
    result: { content: [{ text: '5000' }] },
  });
  const tooLarge = await call('/mcp', 'x'.repeat(20_000));
  expect([tooLarge.statusCode, tooLarge.json()]).toMatchObject([
    413,
    { jsonrpc: '2.0', error: { code: -32600 } },
  ]);
  const theirs = await fastify.inject({ method: 'POST', url: '/theirs', payload: { a: 'x'.repeat(200) } });
  expect([theirs.statusCode, theirs.json()]).toMatchObject([413, { code: 'FST_ERR_CTP_BODY_TOO_LARGE' }]);
});

test('parsers, validators, serializers and error handlers of both sides are their own', async () => {
  fastify.setErrorHandler((error, _request, reply) => reply.code(418).send(`theirs: ${String(error)}`));
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, `theirs: ${String(body)}`);
  });
  fastify.addHook('preSerialization', (_request, _reply, payload, done) => {
    done(null, { theirs: payload });
  });
  fastify.post('/theirs', (request) => ({ body: request.body }));
  fastify.post('/text', () => {
    throw new Error('broken');
  });
  embed();
  expect((await call('/mcp', 'abc')).json()).toMatchObject({ result: { content: [{ text: '3' }] } });
  const unreadable = await fastify.inject({
    method: 'POST',
    url: '/mcp',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    payload: '{',
  });
  expect(unreadable.json()).toMatchObject({ error: { code: -32700 } });
  const theirs = await fastify.inject({ method: 'POST', url: '/theirs', payload: { a: 1 } });
  expect(theirs.json()).toEqual({ theirs: { body: 'theirs: {"a":1}' } });
  const xml = await fastify.inject({
    method: 'POST',
    url: '/theirs',
    headers: { 'content-type': 'text/xml' },
    payload: '<a/>',
  });
  expect(xml.body).toContain('theirs:');
  expect((await fastify.inject({ method: 'POST', url: '/text', payload: {} })).body).toBe(
    'theirs: Error: broken',
  );
});

test('hooks of the Fastify around run for the endpoint too: a rate limit or a log there sees every request', async () => {
  const seen: string[] = [];
  fastify.addHook('onRequest', (request, reply, done) => {
    seen.push(request.url);
    void reply.header('x-theirs', 'yes');
    done();
  });
  embed();
  const answer = await call('/mcp', 'abc');
  expect(answer.headers['x-theirs']).toBe('yes');
  expect(seen).toEqual(['/mcp']);
});

test('under the prefix it is served at the prefix itself, with a slash or without, and says so', async () => {
  embed();
  expect((await call('/mcp', 'a')).statusCode).toBe(200);
  expect((await call('/mcp/', 'a')).statusCode).toBe(200);
  expect((await call('/mcp/mcp', 'a')).statusCode).toBe(404);
  expect(logger.lines).toMatchObject([{ level: 'info', message: 'MCP is served at /mcp' }]);
});

test('a path that repeats the prefix is served as it is written, with a warning that says where', async () => {
  embed({ path: '/mcp' });
  expect((await call('/mcp/mcp', 'a')).statusCode).toBe(200);
  expect(logger.lines).toMatchObject([
    { level: 'warn', message: expect.stringMatching(/MCP is served at \/mcp\/mcp: .*Leave out/) },
  ]);
});

describe('what a proxy says of the address', () => {
  class Addresses {
    @Tool() address(ctx: Context) {
      return ctx.http?.address;
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Addresses] })
  class AddressModule {}

  test.each([
    [false, '127.0.0.1'],
    [true, '203.0.113.7'],
  ])('where the Fastify around has trustProxy %s it is %s', async (trustProxy, address) => {
    await fastify.close();
    fastify = Fastify({ trustProxy });
    fastify.register(mcp(createApp(AddressModule, { logger: new RecordingLogger() })), { prefix: '/mcp' });
    const answer = await call('/mcp', '', { name: 'address', headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(answer.json()).toMatchObject({ result: { content: [{ text: address }] } });
  });
});

test('two apps live side by side in one Fastify', async () => {
  embed({}, '/one');
  embed({}, '/two');
  expect((await call('/one', 'a')).statusCode).toBe(200);
  expect((await call('/two', 'ab')).json()).toMatchObject({ result: { content: [{ text: '2' }] } });
});
