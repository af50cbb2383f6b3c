// Preloaded into what an npm script runs (`node --import`): ends it, in its own orderly way, when npm has gone.
// npm puts a shell between itself and the program, and passes signals to the shell alone: it dies, and the program would stay.
// An `exec` in front of the script would do on POSIX; cmd.exe has none.
import { execFileSync } from 'node:child_process';

const EVERY_MS = 200;

const parent = process.ppid;
const above = npmAbove();

/** npm itself, where a shell stands between: it outlives npm if npm is not told to end, but killed. */
function npmAbove() {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, pid, name] = /^\s*(\d+)\s+(\S+)/.exec(String(line)) ?? [];
    return name?.endsWith('sh') ? Number(pid) : undefined;
  } catch {
    // No such ps, as on Windows: the shell has to do.
    return undefined;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.env.npm_lifecycle_event !== undefined) {
  const watch = setInterval(() => {
    if (process.ppid === parent && lives(parent) && (above === undefined || lives(above))) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS).unref();
}
