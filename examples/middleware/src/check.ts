import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const main = new URL('./main.js', import.meta.url);
const allowed = { env: { ALLOWED_USERS: 'alice,check' } };
await eachWay(main, whoeverIsAllowed, allowed);
await eachWay(main, whoeverIsNot);
const log = await overHttp(
  main,
  async ({ connect }) => {
    const client = await connect('2026-07-28');
    await client.callTool('find', { title: 'Emma' });
    await client.readResource('library://hours');
  },
  allowed,
);
const said = log.flatMap((line) => /"msg":"((?:Message|Tool|Resource): [^"]+)"/.exec(line)?.[1] ?? []);
assert.deepEqual(said.slice(-4), [
  'Message: tools/call',
  'Tool: find',
  'Message: resources/read',
  'Resource: library://hours',
]);

async function whoeverIsAllowed(client: CheckingClient): Promise<void> {
  assert.equal(await say(client, 'find', { title: 'Emma' }), 'Emma stands on shelf 4');
  assert.equal(await say(client, 'reserve', { title: 'Emma' }), 'EMMA is reserved');

  const tools = await client.listTools();
  assert.deepEqual(
    tools.map(({ name, description }) => [name, description]),
    [
      ['find', 'Looks for a book.'],
      ['reserve', 'Reserves a book. (beta)'],
      ['takeStock', 'Counts all books by hand.'],
    ],
  );
  await assert.rejects(client.callTool('sell', { title: 'Emma' }), /Unknown tool: 'sell'/);

  const late = await client.callTool('takeStock');
  assert.equal(late.isError, true);
  assert.equal(textOf(late), "Tool 'takeStock' took longer than 200 ms");
}

async function whoeverIsNot(client: CheckingClient): Promise<void> {
  const refused = await client.callTool('find', { title: 'Emma' });
  assert.equal(refused.isError, true);
  assert.equal(textOf(refused), "User 'check' not authorized");
  const [hours] = await client.readResource('library://hours');
  assert.equal(hours && 'text' in hours && hours.text, 'Ten to six');
}

async function say(client: CheckingClient, tool: string, args = {}): Promise<string> {
  return textOf(await client.callTool(tool, args));
}
