import { createApp, Lifespan, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { mcp } from '../../src/index.js';

class Tools {
  @Tool() hello(name: string) {
    return `Hello, ${name}!`;
  }
}

const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    name: 'hello',
    arguments: { name: 'Ada' },
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
};
const HEADERS = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'hello',
  host: 'localhost',
};

test('an app is served under the prefix of a Fastify that has routes, parsers and an error handler of its own', async () => {
  const opened: string[] = [];
  class Db {}
  @Lifespan(Db)
  class Connections {
    *open() {
      opened.push('open');
      yield new Db();
      opened.push('close');
    }
  }
  @McpModule({ name: 'test', handlers: [Tools], lifespans: [Connections] })
  class TestModule {}
  const fastify = Fastify({ bodyLimit: 10 });
  fastify.setErrorHandler((_error, _request, reply) => reply.code(418).send('mine'));
  fastify.addContentTypeParser('application/json', (_request, _payload, done) => {
    done(new Error('never reached'));
  });
  fastify.get('/', () => ({ hello: 'world' }));
  fastify.register(mcp(createApp(TestModule, { logger: new RecordingLogger() })), { prefix: '/mcp' });

  const answer = await fastify.inject({ method: 'POST', url: '/mcp', headers: HEADERS, payload: CALL });
  expect(answer.json()).toMatchObject({ result: { content: [{ text: 'Hello, Ada!' }] } });
  expect(
    (
      await fastify.inject({
        method: 'POST',
        url: '/mcp',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        payload: '{',
      })
    ).json(),
  ).toMatchObject({
    error: { code: -32700 },
  });
  expect((await fastify.inject('/')).json()).toEqual({ hello: 'world' });
  const refused = await fastify.inject({ method: 'POST', url: '/', payload: { more: 'than ten bytes' } });
  expect(refused.body).toBe('mine');
  expect(opened).toEqual(['open']);
  await fastify.close();
  expect(opened).toEqual(['open', 'close']);
});

test('without a prefix it is served at /mcp', async () => {
  @McpModule({ name: 'test', handlers: [Tools] })
  class TestModule {}
  const fastify = Fastify();
  fastify.register(mcp(createApp(TestModule, { logger: new RecordingLogger() })));
  const answer = await fastify.inject({ method: 'POST', url: '/mcp', headers: HEADERS, payload: CALL });
  expect(answer.statusCode).toBe(200);
  await fastify.close();
});

test('a path that is taken is told, with the way out', async () => {
  @McpModule({ name: 'test', handlers: [Tools] })
  class TestModule {}
  const fastify = Fastify();
  fastify.register(mcp(createApp(TestModule, { logger: new RecordingLogger() })), { prefix: '/mcp' });
  fastify.register(mcp(createApp(TestModule, { logger: new RecordingLogger() })), { prefix: '/mcp' });
  await expect(fastify.ready()).rejects.toMatchObject({
    code: 'ERR_SERVE_PATH_TAKEN',
    fix: expect.stringContaining('prefix') as string,
  });
});

test.each([
  ['401 of a hook', Object.assign(new Error('no token of alice'), { statusCode: 401 }), 401, 'Unauthorized'],
  ['503 of a hook', Object.assign(new Error('too busy'), { statusCode: 503 }), 503, 'Internal error (ref '],
  ['a hook that fails', new Error('postgres://user:secret@db'), 500, 'Internal error (ref '],
])(
  '%s around is a JSON-RPC error with that status and none of its words',
  async (_, thrown, status, message) => {
    @McpModule({ name: 'test', handlers: [Tools] })
    class TestModule {}
    const logger = new RecordingLogger();
    const fastify = Fastify();
    fastify.addHook('onRequest', (_request, reply, done) => {
      reply.header('www-authenticate', 'Bearer');
      done(thrown);
    });
    fastify.register(mcp(createApp(TestModule, { logger })));
    const answer = await fastify.inject({ method: 'POST', url: '/mcp', headers: HEADERS, payload: CALL });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    const { error } = answer.json<{ error: { code: number; message: string } }>();
    expect(error.message).toMatch(message);
    expect(answer.body).not.toMatch(/alice|busy|secret/);
    const errors = logger.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => fields.err)).toEqual(status < 500 ? [] : [thrown]);
    await fastify.close();
  },
);
