import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BENCH = fileURLToPath(new URL('..', import.meta.url));

/** Installs the peers where they are missing or older than the lockfile: they are no part of the repository's own install. */
export function installPeers() {
  const installed = `${BENCH}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${BENCH}package-lock.json`).mtimeMs)
    return;
  process.stderr.write('Installing the peers …\n');
  const { status } = spawnSync('npm ci --loglevel=error', {
    cwd: BENCH,
    shell: true,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The peers could not be installed.');
}
