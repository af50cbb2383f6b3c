import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Requirement {
  readonly line: string;
  readonly force: string;
  readonly page: string;
  readonly what: string;
  readonly whose: string;
}

/** The rows of the table. */
const requirements = readFileSync(join(__dirname, 'requirements.md'), 'utf8')
  .split('\n')
  .filter((row) => /^\| 20\d\d:\d/.test(row))
  .map((row): Requirement => {
    const [line = '', force = '', page = '', what = '', whose = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { line, force, page, what, whose };
  });

/** Every test file, with its lines. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  // A file that is gone stays tracked until the next commit.
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
  .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n') }));

const citations = files.flatMap(({ path, lines }) =>
  lines.flatMap((text, i) => {
    const [, cited] = /^\s*\/\/ verifies (.+)$/.exec(text) ?? [];
    return (cited?.split(' ') ?? []).map((line) => ({
      line,
      at: `${path}:${i + 1}`,
      next: lines[i + 1] ?? '',
    }));
  }),
);

test('the table has every line once, with whose it is and, if it is for later, why', () => {
  const expected = [
    ...Array.from({ length: 90 }, (_, i) => `2026:${i + 1}`),
    ...Array.from({ length: 42 }, (_, i) => `2025:${i + 1}`),
  ];
  expect(requirements.map(({ line }) => line)).toEqual(expected);
  for (const { line, force, page, what, whose } of requirements) {
    expect([line, force]).toEqual([line, expect.stringMatching(/^[MS]$/)]);
    expect([line, page]).toEqual([line, expect.stringMatching(/^[a-z/-]+$/)]);
    expect([line, what.length > 10]).toEqual([line, true]);
    expect([line, whose]).toEqual([line, expect.stringMatching(/^(here|author|(auth|tasks): .+)$/)]);
  }
});

test('each line that is kept here is verified by a test', () => {
  const cited = new Set(citations.map(({ line }) => line));
  expect(requirements.filter(({ line, whose }) => whose === 'here' && !cited.has(line))).toEqual([]);
});

test('each test that cites a line cites one there is, and stands below its citation', () => {
  const known = new Set(requirements.map(({ line }) => line));
  expect(citations.filter(({ line }) => !known.has(line))).toEqual([]);
  expect(citations.filter(({ next }) => !/^\s*(test|describe)(\.each)?[(<[]/.test(next))).toEqual([]);
});
