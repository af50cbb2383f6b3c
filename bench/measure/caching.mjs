import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './child.mjs';

const PROGRAM = fileURLToPath(new URL('../middleware/caching.mjs', import.meta.url));

/** What a call costs whose answer is kept, and what it costs to keep it, in microseconds of CPU. */
export function measureCaching() {
  const { none, hit, miss, unasked } = JSON.parse(
    execFileSync(process.execPath, [PROGRAM], { env: cleanEnvironment(), encoding: 'utf8' }),
  );
  return [
    // So it is cheaper than the call it saves for every tool above that.
    { name: 'tools/call, its answer kept', unit: 'µs', value: hit, limit: 50 },
    { name: 'to look for an answer, and keep another, adds', unit: 'µs', value: miss - none },
    { name: 'a tool whose answers are not kept: the cache adds', unit: 'µs', value: unasked - none },
  ];
}
