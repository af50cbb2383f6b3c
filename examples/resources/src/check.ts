import { eachWay, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

await eachWay(new URL('./main.js', import.meta.url), check, { env: { API_KEY: 'secret' } });

async function check(client: CheckingClient): Promise<void> {
  const resources = await client.listResources();
  assert.deepEqual(
    resources.map(({ uri, name, mimeType }) => [uri, name, mimeType]),
    [
      ['data://config', 'config', undefined],
      ['info://status', 'serverStatus', undefined],
      ['resource://motto', 'motto', 'text/markdown'],
      ['x-pictures://dot', 'dot', 'image/gif'],
      ['handbook://pages', 'handbook', 'application/json'],
    ],
  );
  assert.equal(resources[0]?.description, 'The configuration of the application.');
  assert.deepEqual(
    (await client.listResourceTemplates()).map(({ uriTemplate }) => uriTemplate),
    [
      'user://{userId}/profile',
      'org://{orgId}/team/{teamId}/members',
      'org://{orgId}/newcomers{?count}',
      'handbook://pages/{path*}',
    ],
  );

  assert.deepEqual(await client.readResource('data://config'), [
    {
      uri: 'data://config',
      mimeType: 'application/json',
      text: '{"version":"1.0.0","features":["auth","api","cache"]}',
    },
  ]);
  const status = async () => (await json(client, 'info://status')) as Record<string, unknown>;
  const first = await status();
  assert.deepEqual([first.status, first.apiConfigured], ['healthy', true]);
  await wait(5);
  assert.notEqual((await status()).timestamp, first.timestamp, 'the method runs for each read');
  assert.deepEqual(await client.readResource('resource://motto'), [
    { uri: 'resource://motto', mimeType: 'text/markdown', text: '**No nails.**' },
  ]);
  const [dot] = await client.readResource('x-pictures://dot');
  assert.equal(dot && 'blob' in dot && Buffer.from(dot.blob, 'base64').toString('latin1', 0, 6), 'GIF89a');

  const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };
  const john = { name: 'John Doe', email: 'john@example.com' };
  assert.deepEqual(await json(client, 'user://42/profile'), { id: '42', ...ada });
  assert.deepEqual(await json(client, 'user://John%20Doe/profile'), { id: 'John Doe', ...john });
  assert.deepEqual(await json(client, 'org://acme/team/engines/members'), [ada, john]);
  assert.deepEqual(await json(client, 'org://acme/newcomers'), ['John Doe']);
  assert.deepEqual(await json(client, 'org://acme/newcomers?count=2'), ['Ada Lovelace', 'John Doe']);
  await assert.rejects(client.readResource('org://acme/newcomers?count=all'), /count/);

  const pages = (await json(client, 'handbook://pages')) as { uri: string; mimeType: string }[];
  assert.deepEqual(
    pages.map(({ uri, mimeType }) => [uri, mimeType]),
    [
      ['handbook://pages/leave.md', 'text/markdown'],
      ['handbook://pages/visitors/door.txt', 'text/plain'],
    ],
  );
  const [door] = await client.readResource('handbook://pages/visitors/door.txt');
  assert.equal(door && 'text' in door && door.text, 'Ring twice.\n');

  const notFound = client.version === '2025-11-25' ? -32002 : -32602;
  await assert.rejects(
    client.readResource('user://7/profile'),
    (error: { code?: unknown; message: string }) => {
      assert.equal(error.code, notFound);
      assert.match(error.message, /Nobody here has the id '7'/);
      return true;
    },
  );
  for (const uri of [
    'user://a/b/profile',
    'data://config/',
    'data://nothing',
    'handbook://pages/../check.ts',
  ])
    await assert.rejects(client.readResource(uri), (error: { code?: unknown; message: string }) => {
      assert.equal(error.code, notFound);
      assert.ok(error.message.includes(uri));
      return true;
    });
}

async function json(client: CheckingClient, uri: string): Promise<unknown> {
  const [content] = await client.readResource(uri);
  assert.ok(content && 'text' in content);
  return JSON.parse(content.text);
}
