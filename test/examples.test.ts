import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const EXAMPLES = join(__dirname, '../examples');
const stories = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'checking')
  .map(({ name }) => name);

test.each(stories)('%s has a check, a README, and a row in the table of examples', (name) => {
  for (const file of ['src/check.ts', 'README.md'])
    expect([name, file, existsSync(join(EXAMPLES, name, file))]).toEqual([name, file, true]);
  expect(readFileSync(join(EXAMPLES, 'README.md'), 'utf8')).toContain(`[${name}](${name})`);
});

// As many at once as `maxConcurrency` of jest.config.js lets: each starts programs of its own.
test.concurrent.each(stories)(
  '%s does what it is meant to, over HTTP and stdio in both eras',
  async (name) => {
    await promisify(execFile)(process.execPath, [join(EXAMPLES, name, 'dist/check.js')]);
  },
  120_000,
);
