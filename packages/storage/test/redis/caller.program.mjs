// One of several processes with a limit in common: `node caller.program.mjs <port> <algorithm> <limit> <requests>`.
import { RateLimit } from '@tenon/core/middleware';
import { RedisStore } from '@tenon/storage/redis';

const [, , port, algorithm, maxRequests, requests] = process.argv;
const store = new RedisStore({ host: '127.0.0.1', port: Number(port) });
const shared = { name: 'api', store };
const limit = new RateLimit({ maxRequests: Number(maxRequests), windowSeconds: 1e6, algorithm, shared });
const call = { method: 'tools/call', params: {}, context: { exchange: {} } };
const failed = [];
const ask = () =>
  limit
    .onRequest(call, () => Promise.resolve({}))
    .catch((error) => {
      if (error.code !== 429) failed.push(error.message);
    });

// A hundred clients, each of which waits for its answer before it asks again.
const client = async () => {
  for (let asked = 0; asked < Number(requests) / 100; asked++) await ask();
};
await Promise.all(Array.from({ length: 100 }, client));
process.stdout.write(JSON.stringify({ ...limit.statistics(), failed }));
await store.close();
