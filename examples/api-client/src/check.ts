import { eachWay, overHttp, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const main = new URL('./main.js', import.meta.url);
const seen: (string | undefined)[] = [];
const backend = createServer((request, response) => {
  seen.push(request.headers.authorization);
  response.statusCode = request.url === '/v1/orders/17' ? 200 : 404;
  response.end('{"id":17,"paid":true}');
}).listen(0, '127.0.0.1');
await once(backend, 'listening');
const API_BASE_URL = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/v1/`;
try {
  await eachWay(main, check, { env: { API_BASE_URL, API_KEY: 'secret' } });
  assert.deepEqual([...new Set(seen)], ['Bearer secret'], 'every request carries the key');
} finally {
  backend.close();
}
const withoutKey = overHttp(main, () => assert.fail('It serves'), { env: { API_BASE_URL } });
await assert.rejects(withoutKey, /Set API_BASE_URL and API_KEY/);

async function check(client: CheckingClient): Promise<void> {
  const fetchData = async (endpoint: string) =>
    (await client.callTool('fetchData', { endpoint })).structuredContent;
  assert.deepEqual(await fetchData('orders/17'), { success: true, data: { id: 17, paid: true } });
  assert.deepEqual(await fetchData('orders/18'), { error: 'HTTP 404' });
  const origin = new URL(API_BASE_URL).origin;
  assert.deepEqual(await fetchData('http://127.0.0.1:1/orders'), {
    error: `http://127.0.0.1:1/orders is not on ${origin}`,
  });
}
