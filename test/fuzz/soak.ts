/**
 * Clients that connect, leave, cancel, read slowly and send garbage, in both eras at once.
 *
 *     npm run soak -- [--seconds N] [--clients N] [--seed N]
 *
 * At the end the server holds nothing: its own counts are 0, and the process has the active resources it had at the start.
 *
 * Exit code 0: so it is. 1: it is not.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { soak } from './soak-run.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});

const { actions, most, before, after, problems } = await soak(
  fileURLToPath(new URL('./soak-server.js', import.meta.url)),
  { ms: Number(values.seconds) * 1000, clients: Number(values.clients), seed: Number(values.seed) },
);
const list = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
process.stdout.write(`done: ${list(actions)}\n`);
process.stdout.write(`at most: ${list(most)}\n`);
process.stdout.write(`at the end: ${list(Object.entries(after.counts))}; ${after.resources.join(' ')}\n`);
process.stdout.write(
  `heap: ${mib(before.heapUsed)} at the start, ${mib(after.heapUsed)} at the end; rss ${mib(after.rss)}\n`,
);
for (const problem of problems) process.stdout.write(`FAILED ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
