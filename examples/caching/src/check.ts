import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const data = `data of ${client.version}`;
  const runOf = async (name: string, args = {}) =>
    (await client.callTool(name, args)).structuredContent?.run as number;

  for (const name of ['expensiveComputation', 'orderAnalysis']) {
    const first = await runOf(name, { data });
    assert.equal(await runOf(name, { data }), first, `${name} is answered out of the cache`);
    assert.equal(await runOf(name, { data: 'other data' }), await runOf(name, { data: 'other data' }));
    assert.notEqual(await runOf(name, { data: `more ${data}` }), first, 'other arguments, another answer');
  }
  assert.notEqual(await runOf('drawSample'), await runOf('drawSample'), '@NoCache runs each time');

  if (client.version === '2025-11-25') {
    await client.callTool('remember', { data: 'tea' });
    const { structuredContent: tea } = await client.callTool('ownAnalysis');
    await client.callTool('remember', { data: 'coffee' });
    const { structuredContent: coffee } = await client.callTool('ownAnalysis');
    assert.notEqual(tea?.digest, coffee?.digest, 'what has read the session runs each time');
  }

  const read = async () => text(await client.readResource('handbook://methods'));
  const before = await read();
  assert.equal(await read(), before);
  await client.callTool('write', { page: 'methods', text: `Cut once, in ${client.version}.` });
  assert.match(await read(), new RegExp(`Cut once, in ${client.version}`));

  const explain = async () => (await client.getPrompt('explain', { method: 'sawing' })).messages;
  assert.notDeepEqual(await explain(), await explain(), 'prompts are rendered each time');

  await throughTools(client);
});

/** Clients that know only tools have prompts and resources through some. */
async function throughTools(client: CheckingClient): Promise<void> {
  const names = (await client.listTools()).map(({ name }) => name);
  const ready = ['openingHours', 'list_prompts', 'get_prompt', 'list_resources', 'read_resource'];
  assert.deepEqual(names.slice(0, 5), ready);
  assert.equal(textOf(await client.callTool('openingHours')), 'From eight to six');
  const prompt = await client.callTool('get_prompt', { name: 'explain', arguments: { method: 'planing' } });
  assert.match(textOf(prompt), /^Explain planing/);
  const page = await client.callTool('read_resource', { uri: 'handbook://methods' });
  assert.match(textOf(page), /^Cut once/);
  const nothing = await client.callTool('read_resource', { uri: 'cookbook://soups' });
  assert.equal(nothing.isError, true);

  const log = await client.callTool('log');
  assert.equal(Buffer.byteLength(JSON.stringify({ ...log, resultType: undefined, _meta: undefined })), 2000);
  assert.ok(textOf(log).endsWith('[Response truncated due to size limit]'));
}

function text([content]: Awaited<ReturnType<CheckingClient['readResource']>>): string {
  return content && 'text' in content ? content.text : '';
}
