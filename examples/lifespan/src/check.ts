import { eachWay, overHttp, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const main = new URL('./main.js', import.meta.url);
const api = createServer((request, response) => {
  response.end(JSON.stringify({ path: request.url, authorization: request.headers.authorization }));
}).listen(0, '127.0.0.1');
await once(api, 'listening');
const API_BASE_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
const env = { DATABASE_URL: 'memory://reports', API_BASE_URL, API_KEY: 'secret' };
try {
  await eachWay(main, check, { env });
  await checkOnce();
  await checkFailure();
} finally {
  api.close();
}

async function check(client: CheckingClient): Promise<void> {
  const found = await client.callTool('queryDatabase', { sql: 'SELECT name FROM users' });
  assert.deepEqual(found.structuredContent, { connection: 1, rows: [{ name: 'Ada' }, { name: 'Grace' }] });
  const answer = await client.callTool('apiRequest', { endpoint: '/reports' });
  assert.deepEqual(answer.structuredContent, { path: '/reports', authorization: 'Bearer secret' });
}

/** Three clients, two of them at once: they share one connection, which is closed when the last call is over. */
async function checkOnce(): Promise<void> {
  const log = await overHttp(
    main,
    async ({ connect }) => {
      await Promise.all([connect('2025-11-25').then(check), connect('2026-07-28').then(check)]);
      await check(await connect('2026-07-28'));
    },
    { env },
  );
  const told = log.flatMap((line) => /Server initialized|Queried|Server shutdown complete/.exec(line) ?? []);
  assert.deepEqual(told, [
    'Server initialized',
    ...['Queried', 'Queried', 'Queried'],
    'Server shutdown complete',
  ]);
}

/** What cannot be opened ends the program before it listens. */
async function checkFailure(): Promise<void> {
  const withoutDatabase = overHttp(main, () => assert.fail('It serves'), {
    env: { DATABASE_URL: undefined },
  });
  await assert.rejects(
    withoutDatabase,
    /did not start:.*Connections could not be opened: DATABASE_URL is not set/s,
  );
}
