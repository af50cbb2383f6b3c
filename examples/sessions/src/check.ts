import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const main = new URL('./main.js', import.meta.url);
await eachWay(main, async (client) => {
  assert.equal(await add(client, 'bread'), '["bread"]');
  const second = await add(client, 'milk');
  assert.equal(second, client.version === '2025-11-25' ? '["bread","milk"]' : '["milk"]');
});

const log = await overHttp(main, async ({ connect }) => {
  const [one, two] = await Promise.all([connect('2025-11-25'), connect('2025-11-25')]);
  await add(one, 'bread');
  assert.equal(await add(two, 'cheese'), '["cheese"]', 'each session has a basket of its own');
  assert.equal(await add(one, 'milk'), '["bread","milk"]');
  // Says so to the server, which closes what lives as long as the session.
  await one.close();
  assert.equal(await add(two, 'wine'), '["cheese","wine"]');
});
const told = log.flatMap((line) => {
  const { msg, items } = JSON.parse(line.startsWith('{') ? line : '{}') as { msg?: string; items?: unknown };
  return msg === undefined ? [] : [items === undefined ? msg : `${msg}: ${JSON.stringify(items)}`];
});
assert.deepEqual(told, [
  'Somebody enters',
  'Somebody enters',
  'A basket is left behind: ["bread","milk"]',
  'A basket is left behind: ["cheese","wine"]',
]);

async function add(client: CheckingClient, item: string): Promise<string> {
  return textOf(await client.callTool('add', { item }));
}
