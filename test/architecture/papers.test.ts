import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What a generator has against the committed page. */
function complaints(tool: string): string {
  const { stderr } = spawnSync(process.execPath, [join(ROOT, 'tools', tool), '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return stderr;
}

test('ARCHITECTURE.md draws the stair as the rules have it, and every file with its caption', () => {
  expect(complaints('docs-tree.mjs')).toBe('');
});

test('docs/errors.md is the table of codes', () => {
  expect(complaints('docs-errors.mjs')).toBe('');
});

test('api.txt is the public surface, and each name of it is documented', () => {
  expect(complaints('docs-api.mjs')).toBe('');
}, 60_000);

test('the lockfile has the binaries of every platform, and no addresses', () => {
  expect(complaints('check-lock.mjs')).toBe('');
});
