// One process of a fleet: `node fleet-server.mjs <port of Redis>`. Writes its address, and serves until it is ended.
import { createApp, McpModule, tool, use } from '@tenon/core';
import { RateLimit } from '@tenon/core/middleware';
import { http } from '@tenon/http';
import { RedisStore } from '@tenon/storage/redis';

const storage = new RedisStore({ host: '127.0.0.1', port: Number(process.argv[2]) });
const components = [
  tool({ name: 'who', run: () => process.pid }),
  tool({
    name: 'keep',
    run: async (_args, ctx) => {
      const kept = await ctx.getState('by', { scope: 'server', default: [] });
      await ctx.setState('by', [...kept, process.pid], { scope: 'server' });
      return { by: [...kept, process.pid] };
    },
  }),
  tool({
    name: 'asks',
    run: async (_args, ctx) => {
      const begun = await ctx.once('begun', () => process.pid);
      const { action, data } = await ctx.elicit('Your name?', String);
      return { begun, ended: process.pid, answer: action === 'accept' ? data : action };
    },
  }),
  tool({ name: 'limited', run: () => 'let through' }),
];
const limit = use(RateLimit, {
  maxRequests: 5,
  windowSeconds: 3600,
  weight: ({ params }) => (params.name === 'limited' ? 1 : 0),
  shared: { name: 'limited', store: storage },
});

class Fleet {}
McpModule({
  name: 'fleet',
  version: '1.0.0',
  storage,
  secrets: ['the same secret in every process of it'],
  components,
  middleware: [limit],
})(Fleet);

const { url } = await createApp(Fleet).serve(http({ port: 0 }));
process.stdout.write(`${url}\n`);
