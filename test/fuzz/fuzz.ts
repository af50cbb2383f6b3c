/**
 * Bad messages and bad frames against the conformance fixture, over HTTP and stdio.
 *
 *     npm run fuzz -- [--count N] [--seed N] [--transport http|stdio]
 *
 * The server must not end, must answer nothing with a 500, and everything it sends must be JSON-RPC. A seed repeats a run; the
 * message number N of a run is the first of the run with the seed `seed + N`.
 *
 * Exit code 0: all of it held. 1: it did not.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzHttp } from './fuzz-http.js';
import { fuzzStdio } from './fuzz-stdio.js';

const SERVER = fileURLToPath(new URL('../../conformance/dist/server.js', import.meta.url));

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    transport: { type: 'string' },
  },
});
const seed = Number(values.seed);
const transports = values.transport === undefined ? ['http', 'stdio'] : [values.transport];
const count = Math.ceil(Number(values.count) / transports.length);

for (const transport of transports) {
  const begun = performance.now();
  const report = await (transport === 'stdio' ? fuzzStdio : fuzzHttp)(SERVER, { count, seed });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${transport}, seed ${seed}, ${seconds} s: ${report.lines.join('\n  ')}\n`);
  if (report.failures.length > 0) process.exitCode = 1;
}
