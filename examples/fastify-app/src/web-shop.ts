import Fastify, { type FastifyInstance } from 'fastify';
import { createApp } from 'tenon';
import { mcp } from 'tenon/http';
import { AppModule } from './app.module.js';
import { Orders } from './orders.js';

/** A web application that was there before; MCP is one more plugin of it. */
export function createWebShop(): FastifyInstance {
  const app = createApp(AppModule);
  const fastify = Fastify();
  // Lifespans open when Fastify gets ready, and close with it: nothing else is to be passed on.
  fastify.register(mcp(app), { prefix: '/mcp' });
  fastify.get('/', () => ({ message: 'Hello World' }));
  fastify.get<{ Params: { id: string } }>('/orders/:id', ({ params }, reply) => {
    const order = app.get(Orders).find(params.id);
    return order ?? reply.code(404).send({ error: 'No such order' });
  });
  return fastify;
}
