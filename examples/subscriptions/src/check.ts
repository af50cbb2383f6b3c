import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const UPDATED = 'notifications/resources/updated';
const LIST_CHANGED = 'notifications/resources/list_changed';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const stop = await client.watch({ uri: 'board://notes', lists: true });
  await client.callTool('pin', { note: 'Feed the cat' });
  assert.equal((await client.hears(UPDATED)).uri, 'board://notes');
  assert.equal(await read(client, 'board://notes'), '["Feed the cat"]');

  const title = `Week of ${client.version}`;
  const uri = textOf(await client.callTool('archive', { title }));
  await client.hears(LIST_CHANGED);
  assert.equal((await client.hears(UPDATED)).uri, 'board://notes');
  assert.ok((await client.listResources()).some((each) => each.uri === uri && each.name === title));
  assert.equal(await read(client, uri), '["Feed the cat"]');

  await client.callTool('discard', { uri });
  await client.hears(LIST_CHANGED);
  await assert.rejects(client.readResource(uri));

  await stop();
  await client.callTool('pin', { note: 'Water the plants' });
  assert.equal(await read(client, 'board://notes'), '["Water the plants"]');
  assert.deepEqual(client.heard(UPDATED), [], 'who no longer watches is not told');
  await client.callTool('archive', { title: 'The rest' });
  await client.callTool('discard', { uri: 'board://archive/The%20rest' });
});

async function read(client: CheckingClient, uri: string): Promise<string> {
  const [content] = await client.readResource(uri);
  return content && 'text' in content ? content.text : '';
}
