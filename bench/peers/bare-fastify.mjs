import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { listening, port } from './tools.mjs';

// The runner asks the server under test once for each route and writes down what it said.
const routes = process.env.ANSWERS ? JSON.parse(readFileSync(process.env.ANSWERS, 'utf8')) : [];
const app = fastify();

for (const { path, kind, headers, body } of routes) {
  if (kind === 'call') sum(path, headers, body);
  else list(path, headers, body);
}

// What an ordinary route does: numbers out of the parsed body, an object for Fastify to serialise.
function sum(path, headers, body) {
  app.post(path, (request, reply) => {
    const { id, params } = request.body;
    const text = String(params.arguments.a + params.arguments.b);
    const content = [{ type: 'text', text }];
    reply.headers(headers).send({ ...body, id, result: { ...body.result, content } });
  });
}

// A list does not change: whoever cares for cost makes its text once and writes the id in between.
function list(path, headers, body) {
  const [before, after] = JSON.stringify({ ...body, id: 0 }).split('"id":0');
  app.post(path, (request, reply) => {
    reply
      .headers(headers)
      .type('application/json; charset=utf-8')
      .send(`${before}"id":${JSON.stringify(request.body.id)}${after}`);
  });
}

await app.listen({ port, host: '127.0.0.1' });
listening();
