import { join } from 'node:path';
import { FrameworkError } from '@tenon/core';
import { readRunOptions } from '../../src/server/run-options.js';
import { transportByName } from '../../src/server/transport-by-name.js';
import { appFolder, appPackage } from '../../src/server/app-package.js';
import { thrown } from '../mistake.js';

const mistake = (argv: string[]): FrameworkError => thrown(() => readRunOptions(argv));

test('flags are read in both spellings, the last one wins', () => {
  expect(readRunOptions(['--transport', 'http', '--port=8000', '--host', '::1', '--path', '/mcp'])).toEqual({
    transport: 'http',
    port: 8000,
    host: '::1',
    path: '/mcp',
  });
  expect(readRunOptions(['--port', '1', '--port', '2'])).toEqual({ port: 2 });
});

test('words that are no flags of ours belong to the program', () => {
  expect(readRunOptions(['serve', '--verbose', '-p', '1', '--other=x'])).toEqual({});
});

test.each([
  ['--port'],
  ['--port', 'many'],
  ['--port', '-1'],
  ['--port', '65536'],
  ['--port', '80.5'],
  ['--port='],
  ['--host', '--port', '1'],
])('%s %s is not understood', (...argv) => {
  const error = mistake(argv.filter((word) => typeof word === 'string'));
  expect(error.code).toBe('ERR_RUN_OPTION');
  expect(error.fix).toMatch('--port NUMBER');
});

test('an unknown transport names those there are', async () => {
  const error: unknown = await transportByName({ transport: 'pigeon' }).catch((thrown: unknown) => thrown);
  expect((error as FrameworkError).code).toBe('ERR_SERVE_TRANSPORT');
  expect((error as FrameworkError).message).toMatch('pigeon');
  expect((error as FrameworkError).fix).toBe('Use --transport stdio or --transport http.');
});

test('stdio needs no name', async () => {
  expect((await transportByName({})).name).toBe('stdio');
});

test('name and version come from the nearest package.json above the program', () => {
  expect(appPackage(__filename)).toMatchObject({ name: '@tenon/core' });
  expect(appPackage('/nowhere/at/all/main.js')).toEqual({});
});

test('relative paths of a program begin where its package.json is, those of a tool where it was started', () => {
  expect(appFolder(__filename)).toBe(join(__dirname, '../..'));
  expect(appFolder(join(__dirname, 'node_modules/.bin/tool.js'))).toBe(process.cwd());
  expect(appFolder('/nowhere/at/all/main.js')).toBe(process.cwd());
});

test('a program may be told to write its contract, beside whatever else it is told', () => {
  expect(readRunOptions(['--write-contract', '--port', '1'])).toEqual({ writeContract: true, port: 1 });
});
