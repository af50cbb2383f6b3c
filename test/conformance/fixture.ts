import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Transport } from './options.js';
import { findFreePort, reach } from './port.js';

const START_MS = 20_000;

/** The fixture server, running. */
export interface Fixture {
  readonly url: string;
  /** Ends it; throws if it had ended by itself, because then nothing that was counted can be trusted. */
  stop(): Promise<void>;
}

/** The program that serves the fixture over each transport, and where. */
const SERVED: Readonly<Record<Transport, { program: string; path: string }>> = {
  http: { program: './server.js', path: '/mcp' },
  stdio: { program: './stdio-bridge.js', path: '/mcp' },
  plugin: { program: './foreign-app.js', path: '/api/tools' },
};

/** Starts the fixture as a process of its own and waits until it listens; behind the bridge for stdio. */
export async function startFixture(transport: Transport): Promise<Fixture> {
  const port = await findFreePort();
  const { program, path } = SERVED[transport];
  const url = `http://127.0.0.1:${port}${path}`;
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [file, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => child.kill());
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4_000)));
  await waitUntilItListens(child, url).catch(async (error: unknown) => {
    await end(child);
    throw new Error(`The fixture did not start: ${String(error)}\n${log}`);
  });
  return {
    url,
    async stop() {
      if (hasEnded(child)) throw new Error(`The fixture ended during the run (${fateOf(child)}):\n${log}`);
      await end(child);
    },
  };
}

async function waitUntilItListens(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (hasEnded(child)) throw new Error(`it ended at once (${fateOf(child)})`);
    const reached = await reach(url).then(
      () => true,
      () => false,
    );
    if (reached) return;
    if (Date.now() > deadline) throw new Error(`nothing listens at ${url} after ${START_MS / 1_000} s`);
    await delay(50);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended.finally(() => {
    clearTimeout(patience);
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function fateOf({ exitCode, signalCode }: ChildProcess): string {
  return signalCode === null ? `exit code ${exitCode ?? 'none'}` : `signal ${signalCode}`;
}
