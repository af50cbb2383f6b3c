import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const EXAMPLE = join(__dirname, '../../examples/docs-server');

test('importing a server and creating its app opens and prints nothing: the process ends by itself', () => {
  const program = `
    const { createApp } = await import('tenon');
    const { AppModule } = await import('./dist/app.module.js');
    createApp(AppModule);
    process.once('beforeExit', () => console.log('nothing left to wait for'));
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: EXAMPLE,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'nothing left to wait for\n', stderr: '' });
});
