// A program: prints the microseconds of CPU of one tools/call inside the process, with its answer kept, looked for, and made, as JSON.
import { createApp, McpModule, tool, use } from 'tenon';
import { ResponseCaching } from 'tenon/middleware';
import { median } from '../measure/median.mjs';
import { Sender } from './sender.mjs';

const CALLS = 5_000;
const ROUNDS = 21;

/** What a tool answers that looks something up: a few hundred bytes. */
const ROWS = Array.from({ length: 5 }, (_, index) => ({ id: index, name: `row ${index}`, tags: ['a', 'b'] }));
const input = {
  type: 'object',
  properties: { query: { type: 'string' }, page: { type: 'integer' } },
  required: ['query'],
};

/** What is measured: the middleware before the tool, and whether each call asks something else. */
const VARIANTS = {
  none: { middleware: [], fresh: true },
  miss: { middleware: [use(ResponseCaching, { cacheTools: true })], fresh: true },
  hit: { middleware: [use(ResponseCaching, { cacheTools: true })], fresh: false },
  unasked: { middleware: [use(ResponseCaching, { cacheTools: { include: [] } })], fresh: true },
};

async function open({ middleware, fresh }) {
  class Measured {}
  McpModule({
    name: 'measured',
    version: '1.0.0',
    components: [tool({ name: 'search', input, run: async () => ({ rows: ROWS }) })],
    middleware,
  })(Measured);
  const app = createApp(Measured);
  return { app, fresh, endpoint: await app.start() };
}

let asked = 0;

function ask({ endpoint, fresh }) {
  const params = { name: 'search', arguments: { query: 'tenon and mortise', page: fresh ? ++asked : 1 } };
  return endpoint.dispatch({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, new Sender());
}

async function measure(opened) {
  const began = process.cpuUsage();
  for (let n = 0; n < CALLS; n++) await ask(opened);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / CALLS;
}

const names = Object.keys(VARIANTS);
const opened = await Promise.all(names.map((name) => open(VARIANTS[name])));
for (const each of opened) {
  const heard = await ask(each);
  if (heard.value?.structuredContent?.rows?.length !== ROWS.length)
    throw new Error(`The tool answered ${JSON.stringify(heard)}`);
  await measure(each);
}
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const times = [];
  const order = [...opened.keys()];
  // What one has left behind is collected in the next one's time: so the order turns.
  for (const at of round % 2 === 0 ? order : order.toReversed()) times[at] = await measure(opened[at]);
  rounds.push(times);
}
for (const { app } of opened) await app.close();
const of = (name) => median(rounds.map((times) => times[names.indexOf(name)]));
process.stdout.write(JSON.stringify(Object.fromEntries(names.map((name) => [name, of(name)]))));
