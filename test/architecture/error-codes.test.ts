import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../../packages/core/src/errors/codes.js';

const ROOT = join(__dirname, '../..');
const codes = Object.keys(CODES);
const packages = readdirSync(join(ROOT, 'packages'));

/** The text of all files below some folders. */
function texts(folders: readonly string[], named: RegExp): string {
  return folders
    .map((folder) => join(ROOT, folder))
    .flatMap((folder) => files(folder))
    .filter((path) => named.test(path) && !path.endsWith('errors/codes.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  } catch {
    return [];
  }
}

test('each code is thrown somewhere', () => {
  const sources = texts(
    packages.map((name) => `packages/${name}/src`),
    /\.ts$/,
  );
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test('each code is provoked by a test', () => {
  const tests = texts(['test', ...packages.map((name) => `packages/${name}/test`)], /\.test\.ts$/);
  expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests))).toEqual([]);
});
