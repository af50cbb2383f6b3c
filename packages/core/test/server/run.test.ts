import { RecordingLogger } from '@tenon/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { bootstrap, createApp, Injectable, Lifespan, McpModule, Tool } from '../../src/index.js';
import { run } from '../../src/server/run.js';
import { readRunOptions } from '../../src/server/run-options.js';
import { transportByName } from '../../src/server/transport-by-name.js';

class Tools {
  @Tool() ok() {
    return 'ok';
  }
}

test('a lifespan that fails is named, and those before it are closed again in reverse', async () => {
  const steps: string[] = [];
  class One {}
  class Two {}
  class Three {}
  @Lifespan(One)
  class OpensOne {
    *open() {
      yield new One();
      steps.push('one closed');
    }
  }
  @Injectable()
  @Lifespan(Two)
  class OpensTwo {
    constructor(readonly one: One) {}
    *open() {
      yield new Two();
      steps.push('two closed');
    }
  }
  @Injectable()
  @Lifespan(Three)
  class OpensThree {
    constructor(readonly two: Two) {}

    *open(): Generator<Three> {
      throw new Error('no route to host');
    }
  }
  @McpModule({ name: 'x', handlers: [Tools], lifespans: [OpensThree, OpensTwo, OpensOne] })
  class App {}
  const app = createApp(App);
  await expect(app.start()).rejects.toMatchObject({
    code: 'ERR_LIFESPAN_FAILED',
    message: expect.stringMatching(/OpensThree.*no route to host/),
  });
  expect(steps).toEqual(['two closed', 'one closed']);
});

test('an app that has been closed cannot be used again', async () => {
  @McpModule({ name: 'x', handlers: [Tools] })
  class App {}
  const app = createApp(App);
  await app.close();
  await expect(app.callTool('ok')).rejects.toMatchObject({ code: 'ERR_APP_CLOSED' });
});

test('flags are read in both spellings, and wrong ones told', () => {
  expect(readRunOptions(['folder', '--transport', 'http', '--port=0', '--own', 'x'])).toEqual({
    transport: 'http',
    port: 0,
  });
  for (const argv of [['--port', 'x'], ['--port', '70000'], ['--transport'], ['--host', '--port']]) {
    expect(() => readRunOptions(argv)).toThrow(expect.objectContaining({ code: 'ERR_RUN_OPTION' }));
  }
});

test('a signal that comes as soon as a server says that it serves ends it in order', async () => {
  // What run() leaves behind would end a process that hangs, which is this one.
  jest.useFakeTimers();
  const steps: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    steps.push(String(line).trim());
    process.emit('SIGTERM', 'SIGTERM');
    return true;
  });
  const served = { url: 'http://localhost/mcp', close: () => Promise.resolve() };
  try {
    await run(
      {
        info: { name: 'x', version: '1' },
        start: () => Promise.resolve({ logger: new RecordingLogger() }),
        writeContract: () => Promise.reject(new Error('nobody asked for it')),
        serve: () => Promise.resolve(served),
        close: () => Promise.resolve(void steps.push('closed')),
      },
      { transport: 'http' },
    );
  } finally {
    write.mockRestore();
    jest.useRealTimers();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
  }
  expect(steps).toEqual(['x serves MCP at http://localhost/mcp', 'closed']);
});

test('an unknown transport is told', async () => {
  await expect(transportByName({ transport: 'carrier-pigeon' })).rejects.toMatchObject({
    code: 'ERR_SERVE_TRANSPORT',
    fix: expect.stringContaining('--transport stdio'),
  });
});

test('a transport whose package is not installed is told with what to install', async () => {
  jest.doMock('@tenon/http', () => {
    throw Object.assign(new Error("Cannot find package '@tenon/http'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
  try {
    await expect(transportByName({ transport: 'http' })).rejects.toMatchObject({
      code: 'ERR_SERVE_TRANSPORT',
      message: expect.stringContaining('npm install @tenon/http'),
    });
  } finally {
    jest.dontMock('@tenon/http');
  }
});

test('bootstrap prints what made the start fail, the cause with its stack', async () => {
  class Db {}
  @Lifespan(Db)
  class OpensDb {
    *open(): Generator<Db> {
      throw new Error('no route to host');
    }
  }
  @McpModule({ name: 'x', handlers: [Tools], lifespans: [OpensDb] })
  class App {}
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { exitCode } = process;
  try {
    await bootstrap(App, { transport: 'http', port: 0 });
    const printed = write.mock.calls.map(([text]) => String(text)).join('');
    expect(printed).toMatch(/ERR_LIFESPAN_FAILED[\s\S]*Caused by: Error: no route to host\n +at /);
    expect(process.exitCode).toBe(1);
  } finally {
    write.mockRestore();
    process.exitCode = exitCode;
  }
});

test('bootstrap prints mistakes without a stack and sets the exit code', async () => {
  class Empty {}
  @McpModule({ name: 'x', handlers: [Empty] })
  class App {}
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { exitCode } = process;
  try {
    await bootstrap(App);
    const printed = write.mock.calls.map(([text]) => String(text)).join('');
    expect(printed).toContain('ERR_HANDLER_EMPTY');
    expect(printed).not.toContain('    at ');
    expect(process.exitCode).toBe(1);
  } finally {
    write.mockRestore();
    process.exitCode = exitCode;
  }
});

test.each([
  ['the end of the input', () => undefined],
  ['SIGTERM', (pid: number) => void process.kill(pid, 'SIGTERM')],
])('after %s all is closed, also behind a handler that never ends', async (cause, signal) => {
  const child = spawn(process.execPath, [join(__dirname, 'never-ending.program.mjs')]);
  const log = text(child.stderr);
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
  };
  const waits = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'waits' } };
  child.stdin.write(`${JSON.stringify(initialize)}\n${JSON.stringify(waits)}\n`);
  await once(child.stdout, 'data');
  if (cause === 'SIGTERM') signal(child.pid as number);
  else child.stdin.end();
  const [code] = (await once(child, 'exit')) as [number | null];
  child.stdin.destroy();
  expect(code).toBe(0);
  expect((await log).match(/tools\/call waits|db closed|run\(\) has ended/g)).toEqual([
    'tools/call waits',
    'db closed',
    'run() has ended',
  ]);
});

test('SIGTERM while lifespans are opening closes what is opened, in reverse, and the program ends well', async () => {
  const child = spawn(process.execPath, [join(__dirname, 'slow-start.program.mjs')]);
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (line === 'queue opening') child.kill('SIGTERM');
  }
  const code = child.exitCode ?? ((await once(child, 'exit')) as [number | null])[0];
  child.stdin.destroy();
  expect(said).toEqual(['queue opening', 'queue closed', 'db closed', 'run() has ended']);
  expect(code).toBe(0);
});

test('a start that fails leaves no listener for signals behind', async () => {
  const listening = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
  const before = listening();
  const failing = {
    info: { name: 'x', version: '1' },
    start: () => Promise.reject(new Error('no route to host')),
    writeContract: () => Promise.reject(new Error('nobody asked for it')),
    serve: () => Promise.reject(new Error('never comes to it')),
    close: () => Promise.resolve(),
  };
  await expect(run(failing, { transport: 'http' })).rejects.toThrow('no route to host');
  expect(listening()).toBe(before);
});
