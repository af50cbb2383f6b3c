/**
 * The fixture as a plugin of a web application that was there before, and would spoil every message if it could.
 *
 *     node test/conformance/dist/foreign-app.js --port N
 */
import Fastify from 'fastify';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createApp } from 'tenon';
import { mcp } from 'tenon/http';
import { FixtureModule } from './fixture-module.js';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' } } });

const fastify = Fastify({ bodyLimit: 16 });
fastify.addHook('onRequest', (_request, reply, done) => {
  reply.header('x-powered-by', 'somebody else');
  done();
});
fastify.removeAllContentTypeParsers();
for (const type of ['application/json', 'text/plain', '*'])
  fastify.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => {
    done(null, { parsed: 'by somebody else', length: body.length });
  });
fastify.setReplySerializer((payload) => `<html>${JSON.stringify(payload)}</html>`);
fastify.setErrorHandler((error, _request, reply) => reply.code(418).type('text/html').send(String(error)));
fastify.setNotFoundHandler((_request, reply) => reply.code(410).type('text/html').send('Gone'));

fastify.register(mcp(createApp(FixtureModule), { resumable: { retryMs: 500 } }), { prefix: '/api/tools' });

const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
await fastify.listen({ host: '127.0.0.1', port: Number(values.port) });
await ended;
await fastify.close();
