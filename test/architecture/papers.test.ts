import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

test('each decision has a number of its own, in its name, its title and the list of them', () => {
  const folder = join(ROOT, 'docs/adr');
  const list = readFileSync(join(folder, 'README.md'), 'utf8');
  const names = readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .sort();
  names.forEach((name, index) => {
    const title = readFileSync(join(folder, name), 'utf8').split('\n')[0]?.replace(/^# /, '');
    const number = index + 1;
    expect(title).toMatch(new RegExp(`^${number}\\. `));
    expect(name).toMatch(new RegExp(`^${String(number).padStart(4, '0')}-`));
    expect(list).toMatch(new RegExp(`^${number}\\. \\[.*\\]\\(${name}\\)$`, 'm'));
  });
});
