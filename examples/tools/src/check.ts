import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const site = createServer((request, response) => {
  response.statusCode = request.url === '/weather' ? 200 : 404;
  response.end('{"sky":"clear"}');
}).listen(0, '127.0.0.1');
await once(site, 'listening');
const siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
try {
  await eachWay(new URL('./main.js', import.meta.url), check);
} finally {
  site.close();
}

async function check(client: CheckingClient): Promise<void> {
  const [calculate, , , search] = await client.listTools();
  assert.equal(calculate?.description, 'Performs a mathematical operation.');
  assert.deepEqual(calculate?.inputSchema.properties, {
    operation: { type: 'string', description: 'add, subtract, multiply or divide' },
    a: { type: 'number', description: 'The first number.' },
    b: { type: 'number', description: 'The second number.' },
  });
  assert.deepEqual(search?.inputSchema.properties, {
    query: { type: 'string', minLength: 1, maxLength: 100, description: 'Words to look for.' },
    limit: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 10,
      description: 'How many products at most.',
    },
  });
  assert.equal(search?.annotations?.readOnlyHint, true);

  const sum = await client.callTool('calculate', { operation: 'add', a: 2, b: 3 });
  assert.equal(textOf(sum), '5');
  assert.deepEqual(sum.structuredContent, { result: 5 });
  for (const operation of ['divide', 'root']) {
    const none = await client.callTool('calculate', { operation, a: 1, b: 0 });
    assert.deepEqual(none.structuredContent, { result: null });
  }

  assert.equal(textOf(await client.callTool('slug', { title: 'Tea for Two' })), '{"slug":"tea-for-two"}');
  const weather = await client.callTool('fetchJson', { url: `${siteUrl}/weather` });
  assert.deepEqual(weather.structuredContent, { sky: 'clear' });
  const lost = await client.callTool('fetchJson', { url: `${siteUrl}/lost` });
  assert.equal(lost.isError, true);
  assert.equal(textOf(lost), `${siteUrl}/lost answers 404: try another address`);
  assert.match(textOf(await client.callTool('fetchJson', { url: 'kettle' })), /url/);

  const found = async (args: object) => textOf(await client.callTool('search', { ...args }));
  assert.equal(await found({ query: 'tea' }), '["tea pot","tea cup","tea towel"]');
  assert.equal(await found({ query: 'tea', limit: 1 }), '["tea pot"]');
  assert.match(await found({}), /query/);
  assert.match(await found({ query: 'tea', limit: 0 }), /limit.* 1/);
  assert.match(await found({ query: 'tea', sort: 'price' }), /sort/);
  await assert.rejects(client.callTool('steep'), { code: -32602 });
}
