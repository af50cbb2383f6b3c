import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../packages/core/src/errors/codes.js';
import { AUTHORS_MISTAKES } from './authors-mistakes.js';

const ROOT = join(__dirname, '..');
const PACKAGES = readdirSync(join(ROOT, 'packages'));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('each of the thirty has its row', () => {
  expect(AUTHORS_MISTAKES.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});

test('what does not belong to a later part is shown by a test, under the name the row gives it', () => {
  const missing = AUTHORS_MISTAKES.flatMap(({ number, ends, shown = [] }) => {
    if (ends === 'later') return [];
    if (shown.length === 0) return [`${number}: nothing shows it`];
    return shown.flatMap(([file, name]) => {
      const text = existsSync(join(ROOT, file)) ? read(file) : '';
      return ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`))
        ? []
        : [`${number}: ${file} has no test "${name}"`];
    });
  });
  expect(missing).toEqual([]);
});

test('what is told when an app is created has a code, and the tests of its row name it', () => {
  const missing = AUTHORS_MISTAKES.flatMap(({ number, ends, codes = [], shown = [] }) => {
    if (ends === 'created' && codes.length === 0) return [`${number}: no code`];
    const tests = [...new Set(shown.map(([file]) => file))].map(read).join('\n');
    return codes.flatMap((code) => (code in CODES && tests.includes(code) ? [] : [`${number}: ${code}`]));
  });
  expect(missing).toEqual([]);
});

test('nothing public is deprecated yet', () => {
  // The first thing that is needs a warning at the start, once, with what to use instead.
  const sources = PACKAGES.flatMap((name) => {
    const folder = join(ROOT, 'packages', name, 'src');
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.filter((file) => file.endsWith('.ts')).map((file) => join('packages', name, 'src', file));
  });
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => read(file).includes('@deprecated'))).toEqual([]);
});

test('no package can be imported by a path of its files', () => {
  const open = PACKAGES.flatMap((name) => {
    const { exports: entries = {} } = JSON.parse(read(`packages/${name}/package.json`)) as {
      exports?: Record<string, unknown>;
    };
    return Object.keys(entries).filter((entry) => entry.includes('*') || /\/(src|dist)\//.test(entry));
  });
  expect(open).toEqual([]);
});
