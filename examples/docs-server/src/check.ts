import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GARDEN = `# Garden

Flowers and beds.

## Roses

Cut roses in spring.

\`\`\`sh
# not a heading
\`\`\`

## Tulips

Plant tulips in autumn, away from roses.
`;

const folder = await mkdtemp(join(tmpdir(), 'docs-'));
try {
  await writeFile(join(folder, 'garden.md'), GARDEN);
  await writeFile(join(folder, 'kitchen.md'), '# Kitchen\n\nSoup is made of water.\n');
  await eachWay(new URL('./main.js', import.meta.url), check, { args: [folder] });
} finally {
  await rm(folder, { recursive: true });
}

async function check(client: CheckingClient): Promise<void> {
  const { result: found, progress } = await client.callWithProgress('search_docs', { query: 'roses' });
  const { searched, hits } = found.structuredContent as {
    searched: number;
    hits: { id: string; score: number }[];
  };
  assert.equal(searched, 4);
  assert.deepEqual(
    hits.map((hit) => hit.id),
    ['garden.md#roses', 'garden.md#tulips'],
    'the section with the word in its title comes first',
  );
  assert.match(textOf(found), /Cut roses in spring/);
  assert.deepEqual(progress, [
    { progress: 0, total: 1, message: 'searching 4 sections' },
    { progress: 1, total: 1, message: '2 found' },
  ]);

  const one = await client.callTool('search_docs', { query: 'roses', limit: 1 });
  assert.equal((one.structuredContent as { hits: unknown[] }).hits.length, 1);
  const none = await client.callTool('search_docs', { query: 'submarine' });
  assert.deepEqual((none.structuredContent as { hits: unknown[] }).hits, []);

  const section = await client.callTool('read_section', { id: 'garden.md#roses' });
  assert.match(textOf(section), /# not a heading/);
  const unknown = await client.callTool('read_section', { id: 'garden.md#rose-tulips' });
  assert.equal(unknown.isError, true);
  assert.match(textOf(unknown), /garden\.md#tulips/);
  const wrong = await client.callTool('search_docs', { query: '', limit: 0 });
  assert.equal(wrong.isError, true);
}
