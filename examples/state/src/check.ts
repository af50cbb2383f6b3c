import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const main = new URL('./main.js', import.meta.url);
await eachWay(main, check);
await overHttp(main, async ({ connect }) => {
  const [one, two] = await Promise.all([connect('2025-11-25'), connect('2025-11-25')]);
  await one.callTool('setConfig', { key: 'colour', value: 'blue' });
  assert.equal(await say(one, 'getConfig', { key: 'colour' }), '{"key":"colour","value":"blue"}');
  assert.equal(await say(two, 'getConfig', { key: 'colour' }), `{"error":"Key 'colour' not found"}`);
  await one.callTool('putUp', { text: 'Tea at four' });
  assert.equal(await say(two, 'notice'), 'check: Tea at four');
  assert.equal(await say(await connect('2026-07-28'), 'notice'), 'check: Tea at four');
});

async function check(client: CheckingClient): Promise<void> {
  const saved = await client.callTool('setConfig', { key: 'colour', value: 'blue' });
  if (client.version === '2025-11-25') {
    assert.deepEqual(saved.structuredContent, { status: 'saved', key: 'colour' });
    const { structuredContent } = await client.callTool('getConfig', { key: 'colour' });
    assert.deepEqual(structuredContent, { key: 'colour', value: 'blue' });
    const missing = await client.callTool('getConfig', { key: 'size' });
    assert.deepEqual(missing.structuredContent, { error: "Key 'size' not found" });
  } else {
    assert.equal(saved.isError, true, 'an anonymous caller has no session on this revision');
    assert.match(
      textOf(saved),
      /^ERR_STATE_NO_SESSION: .*Authenticate, or use tools that take session handles/,
    );
  }

  assert.match(await say(client, 'like', { what: 'tea' }), /^ERR_STATE_NO_USER: .*Authenticate/);

  const { structuredContent: created } = await client.callTool('create_session');
  const { session_id } = created as { session_id: string };
  await client.callTool('note', { session_id, line: 'buy tea' });
  await client.callTool('note', { session_id, line: 'boil water' });
  assert.equal(await say(client, 'notes', { session_id }), '["buy tea","boil water"]');
  assert.match(await say(client, 'notes', { session_id: 'another' }), /^ERR_STATE_HANDLE: .*create_session/);
  await client.callTool('end_session', { session_id });
  assert.match(await say(client, 'notes', { session_id }), /^ERR_STATE_HANDLE: /);

  assert.equal(await say(client, 'notice'), 'Nothing new');
  await client.callTool('putUp', { text: 'Closed on Sunday' });
  assert.equal(await say(client, 'notice'), 'check: Closed on Sunday');
  assert.equal(await say(client, 'takeDown'), 'It is gone');
  assert.equal(await say(client, 'takeDown'), 'There was none');
}

async function say(client: CheckingClient, tool: string, args = {}): Promise<string> {
  return textOf(await client.callTool(tool, args));
}
