import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  // A file that is gone stays tracked until the next commit.
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));
const sources = tracked.filter((path) => /^packages\/[^/]+\/src\/.+\.ts$/.test(path));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Lines that are neither blank nor comment. */
function codeLines(path: string): number {
  const code = read(path).replace(/\/\*[\s\S]*?\*\//g, '');
  return code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

/** A table grows by its rows, and in two pieces it would be looked up twice. */
const TABLES = ['packages/core/src/errors/codes.ts'];

test('rooms are small: the median file has under 100 lines of code, none over 300', () => {
  const sizes = sources.map((path) => ({ path, lines: codeLines(path) })).sort((a, b) => a.lines - b.lines);
  expect(sizes.filter(({ lines, path }) => lines > 300 && !TABLES.includes(path))).toEqual([]);
  expect(sizes[Math.floor(sizes.length / 2)]?.lines).toBeLessThan(100);
});

test('there is no inner index.ts: a folder is no package', () => {
  expect(sources.filter((path) => basename(path) === 'index.ts' && path.split('/').length > 4)).toEqual([]);
});

test('no file names a registry, or a folder of one machine', () => {
  const host = ['registry', 'npmjs'].join('.');
  const text = tracked.filter((path) => /\.(ts|js|mjs|cjs|json|md|yml)$/.test(path) || path.startsWith('.'));
  const naming = text.filter((path) => {
    const content = read(path);
    return content.includes(host) || /(^|[\s"'(])\/(home|Users|work|root)\//m.test(content);
  });
  expect(naming).toEqual([]);
});

test('a server over stdio loads neither Fastify, class-validator, ajv nor pino', () => {
  const trace = join(ROOT, 'test/architecture/print-loaded.cjs');
  const { stderr: loaded } = spawnSync(
    process.execPath,
    ['--require', trace, join(ROOT, 'bench/server/dist/hello-stdio.js')],
    {
      input: '',
      encoding: 'utf8',
    },
  );
  expect(loaded).toContain('tsyringe');
  expect(loaded).not.toMatch(/node_modules\/(fastify|class-validator|class-transformer|pino|ajv)\//);
});
