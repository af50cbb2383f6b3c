import { eachWay } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  await eachWay(fileURLToPath(new URL('./main.js', import.meta.url)), [folder], async (client) => {
    const progress: { progress: number; total: number; message: string }[] = [];
    const found = await client.callTool('search_docs', { query: 'roses' }, progress);
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
    assert.match(JSON.stringify(found.content), /Cut roses in spring/);
    assert.deepEqual(
      progress.map((each) => [each.progress, each.total, each.message]),
      [
        [0, 1, 'searching 4 sections'],
        [1, 1, '2 found'],
      ],
    );

    const one = await client.callTool('search_docs', { query: 'roses', limit: 1 });
    assert.equal((one.structuredContent as { hits: unknown[] }).hits.length, 1);
    const none = await client.callTool('search_docs', { query: 'submarine' });
    assert.deepEqual((none.structuredContent as { hits: unknown[] }).hits, []);

    const section = await client.callTool('read_section', { id: 'garden.md#roses' });
    assert.match(JSON.stringify(section.content), /# not a heading/);
    const unknown = await client.callTool('read_section', { id: 'garden.md#rose-tulips' });
    assert.equal(unknown.isError, true);
    assert.match(JSON.stringify(unknown.content), /garden\.md#tulips/);
    const wrong = await client.callTool('search_docs', { query: '', limit: 0 });
    assert.equal(wrong.isError, true);
  });
} finally {
  await rm(folder, { recursive: true });
}
