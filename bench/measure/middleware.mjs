import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './child.mjs';

const PROGRAM = fileURLToPath(new URL('../middleware/calls.mjs', import.meta.url));

/** What middleware adds to a call inside the process, in microseconds of CPU. */
export function measureMiddleware() {
  const { none, another, own, visible } = JSON.parse(
    execFileSync(process.execPath, [PROGRAM], { env: cleanEnvironment(), encoding: 'utf8' }),
  );
  return [
    { name: 'tools/call without middleware', unit: 'µs', value: none },
    { name: 'a hook of another method adds', unit: 'µs', value: another, limit: 0.05 },
    { name: 'a hook of its own adds', unit: 'µs', value: own, limit: 1 },
    { name: 'visible adds', unit: 'µs', value: visible, limit: 1 },
  ];
}
