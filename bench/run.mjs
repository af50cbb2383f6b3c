import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureCaching } from './measure/caching.mjs';
import { measureStarts } from './measure/cold-start.mjs';
import { measureSessions } from './measure/idle-sessions.mjs';
import { installPeers } from './measure/install.mjs';
import { measureMiddleware } from './measure/middleware.mjs';
import { callPlans, flatnessPlans, listPlans, SESSIONS, SIZES } from './measure/plan.mjs';
import { report } from './measure/report.mjs';
import { measureRounds } from './measure/rounds.mjs';
import { measureSchemas } from './measure/schemas.mjs';
import { selectHellos, selectServers } from './measure/servers.mjs';
import { checkTargets } from './measure/targets.mjs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'string' } },
});
const size = values.quick ? SIZES.quick : SIZES.full;
const wanted = values.only?.split(',');
// The bare server is what all others are compared with.
const only = wanted && ['bare', ...wanted];

/** What needs no server, by the word that asks for it. */
const INSIDE = {
  schema: async () => ({ schemas: await step('schemas', () => measureSchemas(size)) }),
  middleware: async () => ({
    middleware: await step('middleware', () => [...measureMiddleware(), ...measureCaching()]),
  }),
};

const results = wanted?.every((each) => each in INSIDE) ? {} : await measureServers();
for (const [word, measure] of Object.entries(INSIDE))
  if (!wanted || wanted.includes(word)) Object.assign(results, await measure());
const checks = checkTargets(results);
process.stdout.write(`\n${report({ ...results, checks })}\n`);
if (values.json) writeFileSync(values.json, JSON.stringify({ ...results, checks }, undefined, 2));
if (checks.some(({ ok }) => !ok)) process.exitCode = 1;

async function measureServers() {
  installPeers();
  return {
    calls: await step('tools/call', () => measureRounds(callPlans(only, size), size)),
    lists: await step('tools/list', () => measureRounds(listPlans(only, size), size)),
    flat: await step('number of tools', () => measureRounds(flatnessPlans(only, size), size)),
    sessions: await step('idle sessions', idleSessions),
    stdio: await step('start over stdio', () => measureStarts(selectHellos(only), 'stdio', size.stdioStarts)),
    http: await step('start over HTTP', () => measureStarts(selectServers(only), 'http', size.httpStarts)),
  };
}

async function idleSessions() {
  const rows = [];
  for (const server of selectServers(only).filter(({ sessions }) => sessions)) {
    const count = server.own ? SESSIONS : size.peerSessions;
    if (count > 0) rows.push(await measureSessions(server, count));
  }
  return rows;
}

async function step(name, measure) {
  const began = performance.now();
  process.stderr.write(`${name} … `);
  const result = await measure();
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  return result;
}
