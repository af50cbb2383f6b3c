import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..');
const HELLO = join(ROOT, 'examples/hello/dist/main.js');
const program = (name: string): string => join(__dirname, 'programs/dist', `${name}.js`);

test('a promise that fails while nobody waits for it is logged, and the server goes on', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const args = [program('lonely-promise')];
  const transport = new StdioClientTransport({ command: process.execPath, args, stderr: 'pipe' });
  let log = '';
  transport.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await client.connect(transport);

  expect((await client.callTool({ name: 'starts' })).content).toEqual([{ type: 'text', text: 'started' }]);
  expect((await client.callTool({ name: 'returns' })).content).toEqual([
    { type: 'text', text: "Tool 'returns' returned an unresolved Promise (await it) at result.later" },
  ]);
  expect((await client.callTool({ name: 'ping' })).content).toEqual([{ type: 'text', text: 'pong' }]);
  await client.close();
  expect(log).toContain('nobody waited');
  expect(log).toContain('await it, or catch what it throws');
});

test('a port that is taken ends the program with code 1, a way out and no stack', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const args = [HELLO, '--transport', 'http', '--port', port];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  other.close();
  expect(code).toBe(1);
  expect(printed).toContain(`Port ${port} on 127.0.0.1 is already in use.`);
  expect(printed).toContain(`--port ${Number(port) + 1}`);
  expect(printed).toContain(`lsof -ti:${port}`);
  expect(printed).not.toContain('    at ');
});

test('importing a server, and creating its app, opens nothing and leaves nothing running', () => {
  const module = pathToFileURL(join(ROOT, 'examples/docs-server/dist/app.module.js')).href;
  const script = `
    const before = process.getActiveResourcesInfo();
    const { AppModule } = await import('${module}');
    const { createApp } = await import('tenon');
    createApp(AppModule);
    // What the loader of modules still has open closes by itself.
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    const after = process.getActiveResourcesInfo();
    console.log(JSON.stringify({ before, after }));`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(ROOT, 'examples/docs-server'),
    encoding: 'utf8',
  });
  const { before, after } = JSON.parse(stdout) as { before: string[]; after: string[] };
  expect(after).toEqual(before);
  expect(status).toBe(0);
});

test('a server nothing of which is described says so when it runs, with the settings that lose comments', () => {
  const run = (path: string) => spawnSync(process.execPath, [path], { input: '', encoding: 'utf8' }).stderr;
  const hint = run(program('undescribed'));
  expect(hint).toContain('Tools.ping()');
  expect(hint).toContain('removeComments');
  expect(hint).toContain('esbuild and tsx');
  expect(run(HELLO)).toMatch(/^hello: Storage: [^\n]+\n$/);
});

test('a program writes its contract, serves while it keeps to it, and refuses to start when it does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const contract = join(folder, 'mcp.contract.json');
  const run = (args: string[], greeting = 'Says hello.') =>
    spawnSync(process.execPath, [program('keeps-contract'), ...args], {
      input: '',
      encoding: 'utf8',
      env: { ...process.env, CONTRACT: contract, GREETING: greeting },
    });
  try {
    const missing = run([]);
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringMatching('ERR_CONTRACT_FILE')]);
    const wrote = run(['--write-contract']);
    expect([wrote.status, wrote.stdout]).toEqual([0, `Wrote ${contract}\n`]);
    expect(readFileSync(contract, 'utf8')).toMatch('"description": "Says hello."');
    expect(run([]).status).toBe(0);
    const differs = run([], 'Says good-bye.');
    expect(differs.status).toBe(1);
    expect(differs.stderr).toContain('~ tool hello\n      ~ description: "Says hello." → "Says good-bye."');
    expect(differs.stderr).not.toContain('    at ');
    expect(run(['--write-contract'], 'Says good-bye.').status).toBe(0);
    expect(run([], 'Says good-bye.').status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
