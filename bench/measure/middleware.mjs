import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './child.mjs';

const PROGRAM = fileURLToPath(new URL('../middleware/calls.mjs', import.meta.url));

/** What middleware adds to a call inside the process, in microseconds of CPU. */
export function measureMiddleware() {
  const { none, another, own, visible, errors, timing, logging, limit, cache, ready } = JSON.parse(
    execFileSync(process.execPath, [PROGRAM], {
      env: cleanEnvironment(),
      encoding: 'utf8',
      // Its log goes to nowhere.
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  return [
    { name: 'tools/call without middleware', unit: 'µs', value: none },
    { name: 'a hook of another method adds', unit: 'µs', value: another, limit: 0.05 },
    { name: 'a hook of its own adds', unit: 'µs', value: own, limit: 1 },
    { name: 'visible adds', unit: 'µs', value: visible, limit: 1 },
    { name: 'ErrorHandling adds', unit: 'µs', value: errors },
    { name: 'Timing adds, with a line of the log', unit: 'µs', value: timing },
    { name: 'Logging adds, with two', unit: 'µs', value: logging },
    { name: 'RateLimit adds', unit: 'µs', value: limit },
    { name: 'ResponseCaching adds, a short answer looked for and kept', unit: 'µs', value: cache },
    { name: 'these five together add', unit: 'µs', value: ready },
  ];
}
