import { join } from 'node:path';
import { soak } from './soak-run.js';

// verifies 2026:53 2026:59
test('after clients that left, cancelled, did not read and sent garbage, a server holds nothing', async () => {
  const server = join(__dirname, 'dist/soak-server.js');
  const { actions, most, after, problems } = await soak(server, { ms: 4000, clients: 40, seed: 1 });
  expect(problems).toEqual([]);
  expect(after.counts).toEqual({ requests: 0, sessions: 0, streams: 0, listeners: 0, timers: 0 });
  // It held something of each kind meanwhile, and every kind of client was there.
  for (const [name, count] of most) expect([name, count > 0]).toEqual([name, true]);
  expect([most.size, actions.size]).toEqual([5, 11]);
}, 60_000);
