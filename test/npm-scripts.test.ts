import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reach } from './conformance/port.js';

const ROOT = join(__dirname, '..');

/** Starts an npm script as the head of a process group of its own, and waits for the address it serves at. */
async function start(script: string, args: readonly string[]) {
  const npm = spawn('npm', ['run', script, '--', ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (text) => (printed += String(text)));
  let url: string | undefined;
  while (!(url = /http:\S+/.exec(printed)?.[0])) {
    if (npm.exitCode !== null) throw new Error(printed);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { npm, pid: npm.pid as number, url };
}

async function untilNobodyListens(url: string): Promise<void> {
  const listens = (): Promise<boolean> =>
    reach(url).then(
      () => true,
      () => false,
    );
  while (await listens()) await new Promise((resolve) => setTimeout(resolve, 50));
}

test.each([
  ['SIGTERM to npm', (pid: number) => process.kill(pid, 'SIGTERM')],
  ['SIGKILL to npm', (pid: number) => process.kill(pid, 'SIGKILL')],
  ['SIGINT to the whole group, as from a terminal', (pid: number) => process.kill(-pid, 'SIGINT')],
])('after %s no server stays behind', async (_, signal) => {
  const { npm, pid, url } = await start('conformance:server', ['--port', '0']);
  try {
    await reach(url);
    const ended = once(npm, 'exit');
    signal(pid);
    await ended;
    await untilNobodyListens(url);
  } finally {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left in the group, as it should be.
    }
  }
});
