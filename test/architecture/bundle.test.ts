import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const EXAMPLE = join(__dirname, '../../examples/docs-server');

/** What a program prints that imports what users are given. */
function printed(program: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: EXAMPLE,
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('classes are called in the bundle as their authors have called them', () => {
  const others = printed(`
    const given = { ...await import('tenon'), ...await import('tenon/middleware') };
    const others = Object.entries(given).filter(([name, value]) => typeof value === 'function' && value.name !== name);
    console.log(JSON.stringify(others.map(([name, value]) => [name, value.name])));
  `);
  // A class that names itself is told from its variable.
  expect(others).toEqual([['Message', '_Message']]);
});

test('both entries of the bundle share what they need: a class is there once', () => {
  const listed = printed(`
    const { createApp, McpModule, use } = await import('tenon');
    const { RateLimit } = await import('tenon/middleware');
    class Root {}
    McpModule({ name: 'n', version: '1', middleware: [use(RateLimit, { maxRequests: 'many' })] })(Root);
    try { createApp(Root); } catch (error) { console.log(JSON.stringify(error.code)); }
  `);
  expect(listed).toBe('ERR_OPTION_VALUE');
});
