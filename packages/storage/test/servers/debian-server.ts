import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

/** A program of a Debian package that tests speak to. */
export interface DebianServer {
  readonly command: string;
  readonly debian: string;
  args(port: number, folder: string): readonly string[];
}

/** One that runs, on a port of its own. */
export interface RunningServer {
  readonly port: number;
  /** Ends it at once, as if its machine had gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const REDIS: DebianServer = {
  command: 'redis-server',
  debian: 'redis-server',
  args: (port, folder) => [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
  ],
};

export const MEMCACHED: DebianServer = {
  command: 'memcached',
  debian: 'memcached',
  args: (port) => ['-l', '127.0.0.1', '-p', String(port), '-U', '0', '-u', 'nobody', '-m', '64'],
};

/** Tests that need a real server. Where it is not installed they are told loudly; in CI that is a failure. */
export function describeWith({ command, debian }: DebianServer, name: string, tests: () => void): void {
  if (spawnSync(command, ['--version']).error === undefined) {
    describe(name, tests);
    return;
  }
  const how = `${command} is not installed: apt-get install ${debian}`;
  if (process.env.CI) {
    test(`${name}: what it needs is installed`, () => {
      throw new Error(how);
    });
    return;
  }
  process.stderr.write(`\n*** SKIPPED: ${name}. ${how}\n\n`);
  describe.skip(`${name} (${how})`, tests);
}

/** Starts a server on a port of its own, and waits until it answers. */
export async function start(server: DebianServer, ...more: readonly string[]): Promise<RunningServer> {
  return startAt(await freePort(), server, ...more);
}

/** Starts a server on a port, as where one was before. */
export async function startAt(
  port: number,
  server: DebianServer,
  ...more: readonly string[]
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-server-'));
  const child = spawn(server.command, [...server.args(port, folder), ...more], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${server.command} has ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    stopped(child, signal);
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  return { port, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
