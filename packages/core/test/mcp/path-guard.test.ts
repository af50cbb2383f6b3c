import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { insideFolder, leavesItsPlace } from '../../src/mcp/path-guard.js';

test.each([
  '..',
  '../x',
  '..\\x',
  'a/../../x',
  'a\\..\\..\\x',
  'a/..\\../x',
  './../x',
  'a//../../x',
  '.. /x',
  'a/b/../../..',
  '/etc/passwd',
  '\\windows',
  '\\\\server\\share',
  '//server/share',
  'C:\\x',
  'c:/x',
  'C:',
  'a\0b',
  'a/b\0',
])('%j leaves its place', (value) => {
  expect(leavesItsPlace(value)).toBe(true);
});

test.each([
  '',
  'a',
  'a/b/c',
  'HEAD~3..HEAD',
  'foo/../bar',
  'a/b/../..',
  '.env',
  '...',
  '..a',
  'a..',
  './a',
  'urn:isbn:1',
  'a:b',
  '%2e%2e/x',
])('%j stays', (value) => {
  expect(leavesItsPlace(value)).toBe(false);
});

test('what stays is inside its folder for every reader of paths', () => {
  const steps = fc.array(fc.constantFrom('..', '.', 'a', '', 'b..'), { maxLength: 10 });
  fc.assert(
    fc.property(steps, (parts) => {
      const value = parts.join('/');
      const joined = posix.normalize(posix.join('/root', value));
      if (!leavesItsPlace(value)) expect(joined === '/root' || /^\/root\//.test(joined)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

describe('a folder', () => {
  let top: string;
  let root: string;

  beforeAll(async () => {
    top = await realpath(await mkdtemp(join(tmpdir(), 'inside-')));
    root = join(top, 'data');
    await mkdir(join(root, 'sub'), { recursive: true });
    await mkdir(join(top, 'data-secret'));
    await writeFile(join(root, 'a.txt'), 'a');
    await writeFile(join(root, 'aux.txt'), 'a device on Windows');
    await writeFile(join(root, 'sub/b c.txt'), 'b');
    await writeFile(join(top, 'data-secret/s.txt'), 'secret');
    await symlink(join(top, 'data-secret'), join(root, 'out'));
    await symlink(join(top, 'data-secret/s.txt'), join(root, 'out.txt'));
    await symlink('../a.txt', join(root, 'sub/in.txt'));
    await symlink('loop', join(root, 'loop'));
    await symlink(root, join(top, 'alias'));
  });
  afterAll(() => rm(top, { recursive: true }));

  test.each([
    ['a.txt', 'a.txt'],
    ['./a.txt', 'a.txt'],
    ['sub/b c.txt', 'sub/b c.txt'],
    ['sub/../a.txt', 'a.txt'],
    ['sub/in.txt', 'a.txt'],
    ['sub', 'sub'],
    ['', '.'],
  ])('has %j in it', async (relative, real) => {
    expect(await insideFolder(root, relative)).toBe(join(root, real));
    expect(await insideFolder(join(top, 'alias'), relative)).toBe(join(root, real));
  });

  test.each([
    ['a link to a folder outside', 'out/s.txt'],
    ['a link to a file outside', 'out.txt'],
    ['a neighbour whose name begins alike', '../data-secret/s.txt'],
    ['the way out and back in', '../data/a.txt'],
    ['an absolute path', '/etc/passwd'],
    ['a drive', 'C:a.txt'],
    ['a NUL', 'a.txt\0.md'],
    ['a device', 'sub/NUL'],
    ['a device with an ending', 'aux.txt'],
    ['a circle of links', 'loop'],
    ['a file taken for a folder', 'a.txt/b'],
    ['a name that is too long', 'x'.repeat(5000)],
    ['nothing', 'none.txt'],
  ])('does not give away %s', async (_, relative) => {
    expect(await insideFolder(root, relative)).toBeUndefined();
  });

  test('may be the root of the file system', async () => {
    expect(await insideFolder('/', join(root, 'a.txt').slice(1))).toBe(join(root, 'a.txt'));
  });

  test('that is missing is an error of the server, not an absent file', async () => {
    await expect(insideFolder(join(top, 'gone'), 'a.txt')).rejects.toThrow('ENOENT');
  });
});
