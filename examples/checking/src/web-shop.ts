import assert from 'node:assert/strict';
import type { CheckingClient } from './checking-client.js';
import { overHttp } from './over-http.js';
import { overStdio } from './over-stdio.js';
import { textOf } from './text-of.js';

/**
 * Checks a shop whose web routes and tools are of one application: one order is there, which a tool pays and a route shows.
 *
 * `web` is the whole application, `alone` its server over stdio. Returns the lines of the application's log.
 */
export async function checkWebShop(of: {
  readonly web: URL;
  readonly alone: URL;
  /** Asks more of the application, once it is there. */
  readonly more?: (get: (path: string) => Promise<unknown>) => Promise<void>;
}): Promise<readonly string[]> {
  const log = await overHttp(of.web, async ({ url, connect }) => {
    const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, url))).json();
    await of.more?.(get);
    assert.deepEqual(await get('/orders/17'), { id: '17', paid: false });
    await checkTools(await connect('2025-11-25'));
    await checkTools(await connect('2026-07-28'));
    const paid = { id: '17', paid: true };
    assert.deepEqual(await get('/orders/17'), paid, 'the routes and the tools share one Orders');
    assert.equal((await fetch(new URL('/orders/18', url))).status, 404);
  });
  await overStdio(of.alone, checkTools);
  return log;
}

async function checkTools(client: CheckingClient): Promise<void> {
  assert.equal(client.server?.name, 'shop');
  const paid = await client.callTool('payOrder', { id: '17' });
  assert.deepEqual(paid.structuredContent, { id: '17', paid: true });
  assert.equal(textOf(await client.callTool('payOrder', { id: '18' })), 'There is no order 18');
}
