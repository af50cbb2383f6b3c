import { overHttp, overStdio, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await overHttp(new URL('./main.js', import.meta.url), async ({ url, connect }) => {
  const get = async (path: string) => (await fetch(new URL(path, url))).json();
  assert.deepEqual(await get('/orders/17'), { id: '17', paid: false });
  await check(await connect('2025-11-25'));
  await check(await connect('2026-07-28'));
  assert.deepEqual(
    await get('/orders/17'),
    { id: '17', paid: true },
    'the routes and the tools share one Orders',
  );
  assert.equal((await fetch(new URL('/orders/18', url))).status, 404);
});
await overStdio(new URL('./stdio.js', import.meta.url), check);

async function check(client: CheckingClient): Promise<void> {
  assert.equal(client.server?.name, 'shop');
  const paid = await client.callTool('payOrder', { id: '17' });
  assert.deepEqual(paid.structuredContent, { id: '17', paid: true });
  assert.equal(textOf(await client.callTool('payOrder', { id: '18' })), 'There is no order 18');
}
