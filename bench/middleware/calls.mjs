// A program: prints the microseconds of CPU of one tools/call inside the process, behind various middleware, as JSON.
import { createApp, McpModule, tool, use } from 'tenon';
import { ErrorHandling, Logging, RateLimit, ResponseCaching, Timing } from 'tenon/middleware';
import { median } from '../measure/median.mjs';
import { Sender } from './sender.mjs';

const CALLS = 20_000;
const ROUNDS = 31;

const limit = use(RateLimit, { maxRequests: 1_000_000_000, windowSeconds: 1 });
const cache = use(ResponseCaching, { cacheTools: true });

/** What stands before the call: nothing, a hook of another method, hooks of its own; then what comes ready-made. */
const VARIANTS = {
  none: [],
  another: [{ onListTools: async (_call, next) => await next() }],
  own: [{ onCallTool: async (_call, next) => await next() }],
  visible: [{ visible: () => true }],
  errors: [ErrorHandling],
  timing: [Timing],
  logging: [Logging],
  limit: [limit],
  cache: [cache],
  ready: [ErrorHandling, Timing, Logging, limit, cache],
};

const input = { type: 'object', properties: { nth: { type: 'integer' } }, required: ['nth'] };

async function open(middleware) {
  class Measured {}
  McpModule({
    name: 'measured',
    version: '1.0.0',
    // It waits, as most tools do: so does everything around it, and what is measured is the hook alone.
    components: [tool({ name: 'ping', input, run: async () => 'pong' })],
    middleware,
  })(Measured);
  const app = createApp(Measured);
  return { app, endpoint: await app.start() };
}

let asked = 0;

/** Nobody asks the same twice, so a cache has never kept the answer. */
function ask({ endpoint }) {
  const params = { name: 'ping', arguments: { nth: ++asked } };
  return endpoint.dispatch({ jsonrpc: '2.0', id: asked, method: 'tools/call', params }, new Sender());
}

async function measure(opened) {
  const began = process.cpuUsage();
  for (let n = 0; n < CALLS; n++) await ask(opened);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / CALLS;
}

const names = Object.keys(VARIANTS);
const opened = await Promise.all(names.map((name) => open(VARIANTS[name])));
const heard = await ask(opened[0]);
if (heard.value?.content?.[0]?.text !== 'pong') throw new Error(`The tool answered ${JSON.stringify(heard)}`);
for (const each of opened) await measure(each);
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const times = [];
  const order = [...opened.keys()];
  // What one has left behind is collected in the next one's time: so the order turns.
  for (const at of round % 2 === 0 ? order : order.toReversed()) times[at] = await measure(opened[at]);
  rounds.push(times);
}
for (const { app } of opened) await app.close();
// Against the round's own call without middleware, so that drift of the machine hits both alike.
const added = (at) => median(rounds.map((times) => times[at] - times[0]));
process.stdout.write(
  JSON.stringify({
    none: median(rounds.map(([none]) => none)),
    ...Object.fromEntries(names.slice(1).map((name, at) => [name, added(at + 1)])),
  }),
);
