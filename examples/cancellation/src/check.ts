import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const mind = new AbortController();
  const bread = client.callTool('bake', { bread: 'rye' }, { signal: mind.signal });
  const given = assert.rejects(bread, 'the client no longer waits');
  await untilOven(client, 'baking rye');
  mind.abort();
  await given;
  await untilOven(client, 'rye was taken out');

  const late = await client.callTool('bakeQuickly', { bread: 'spelt' });
  assert.equal(late.isError, true);
  assert.match(textOf(late), /50 ms/);
  await untilOven(client, 'spelt was taken out');
});

async function untilOven(client: CheckingClient, state: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (textOf(await client.callTool('lookInside')) === state) return;
    await wait(10);
  }
  assert.fail(`The oven is never: ${state}`);
}
