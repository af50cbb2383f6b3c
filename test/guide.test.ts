import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const GUIDE = join(ROOT, 'docs/guide');

/** The code in a page that says which file it is from: `<!-- examples/…/file.ts -->` above the block. */
const quoted = readdirSync(GUIDE).flatMap((page) => {
  const text = readFileSync(join(GUIDE, page), 'utf8');
  const blocks = text.matchAll(/<!-- (examples\/\S+) -->\n+```ts\n(.*?)```/gs);
  return [...blocks].map(([, file = '', code = '']) => ({ page, file, code }));
});

/** Where the pages lead, inside the repository. */
const links = readdirSync(GUIDE).flatMap((page) => {
  const text = readFileSync(join(GUIDE, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => ({ page, to }));
});

/** Code without its indentation, which is another in the middle of a page. */
const flat = (code: string): string => code.replace(/^[ \t]+/gm, '');

test('pages quote code, so that what they say is compiled and run', () => {
  expect(quoted.length).toBeGreaterThan(4);
});

test.each(quoted)('$page quotes $file as it is', ({ file, code }) => {
  expect(flat(readFileSync(join(ROOT, file), 'utf8'))).toContain(flat(code));
});

test.each(links)('$page leads to $to', ({ to }) => {
  expect(existsSync(join(GUIDE, to))).toBe(true);
});
