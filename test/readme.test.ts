import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
// Inside the repository, so that `tenon` and `@tenon/tsconfig` are found as in a project that has installed them.
const PROJECT = join(ROOT, 'node_modules/.cache/readme');

/** The code of the only block between two markers of the README. */
function block(marker: string): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, between = ''] = new RegExp(`<!-- ${marker} -->(.*?)<!-- /${marker} -->`, 's').exec(readme) ?? [];
  const blocks = [...between.matchAll(/```\w+\n(.*?)```/gs)].map(([, code = '']) => code);
  expect(blocks).toHaveLength(1);
  return blocks[0] ?? '';
}

beforeAll(async () => {
  await rm(PROJECT, { recursive: true, force: true });
  await mkdir(join(PROJECT, 'src'), { recursive: true });
  await writeFile(join(PROJECT, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(PROJECT, 'tsconfig.json'), block('tsconfig'));
  await writeFile(join(PROJECT, 'src/main.ts'), block('example'));
});

test('the example fits on a screen', () => {
  expect(block('example').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

test('the example compiles with the settings beside it, and serves its tool', async () => {
  const compiler = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', PROJECT]);

  const client = new Client({ name: 'readme', version: '1.0.0' });
  const args = [join(PROJECT, 'dist/main.js')];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
  try {
    const { tools } = await client.listTools();
    expect(tools).toMatchObject([
      {
        name: 'forecast',
        description: 'Weather forecast for a city.',
        inputSchema: {
          properties: { days: { type: 'integer', description: 'Days ahead.', default: 3 } },
          required: ['city'],
        },
      },
    ]);
    const result = await client.callTool({ name: 'forecast', arguments: { city: 'Bern' } });
    expect(result.content).toEqual([{ type: 'text', text: '3 sunny days in Bern' }]);
  } finally {
    await client.close();
  }
}, 60_000);
