import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const EXAMPLES = join(__dirname, '../examples');
const checked = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'src/check.ts')));

test('every example has a check', () => {
  expect(readdirSync(EXAMPLES).filter((name) => name !== 'checking' && !checked.includes(name))).toEqual([]);
});

test.each(checked)(
  '%s does what it is meant to, over HTTP and stdio in both eras',
  async (name) => {
    await promisify(execFile)(process.execPath, [join(EXAMPLES, name, 'dist/check.js')]);
  },
  60_000,
);
