import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inbox = await mkdtemp(join(tmpdir(), 'inbox-'));
try {
  await writeFile(join(inbox, 'pears.txt'), 'Conference\nWilliams\nNashi\n');
  await eachWay(new URL('./main.js', import.meta.url), check, { env: { INBOX: inbox } });
} finally {
  await rm(inbox, { recursive: true });
}

async function check(client: CheckingClient): Promise<void> {
  const { result, progress } = await client.callWithProgress('batchImport', { filePath: 'pears.txt' });
  assert.deepEqual(result.structuredContent, { imported: 3, total: 3 });
  assert.deepEqual(progress, [
    { progress: 1, total: 3, message: 'Importing item 1/3' },
    { progress: 2, total: 3, message: 'Importing item 2/3' },
    { progress: 3, total: 3, message: 'Importing item 3/3' },
  ]);

  const silent = await client.callTool('batchImport', { filePath: 'pears.txt' });
  assert.deepEqual(
    silent.structuredContent,
    result.structuredContent,
    'who has not asked gets the same result',
  );
  const { progress: none } = await client.callWithProgress('batchImport', { filePath: 'plums.txt' });
  assert.deepEqual(none, [], 'and nothing is left over from that call');

  for (const filePath of ['plums.txt', '../secret.txt'])
    assert.match(textOf(await client.callTool('batchImport', { filePath })), /inbox/);
}
