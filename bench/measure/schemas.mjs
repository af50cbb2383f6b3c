import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './child.mjs';
import { median } from './median.mjs';

/** What is measured without a server: the CPU time of checks, in microseconds, and of the making of an app, in milliseconds. */
export function measureSchemas({ schemaRuns }) {
  const checks = times(schemaRuns, () => run('validation'));
  const boots = times(schemaRuns, () => run('boot'));
  const check = (name) => median(checks.map((each) => each[name]));
  return [
    { name: 'a class of five fields', unit: 'µs', value: check('search'), limit: 0.5 },
    { name: 'a class of five fields, one an e-mail', unit: 'µs', value: check('contact'), limit: 2 },
    { name: 'a list of 1 000 objects', unit: 'µs', value: check('order'), limit: 150 },
    { name: 'five fields, two of them sent as strings', unit: 'µs', value: check('coerced') },
    {
      name: 'createApp of 1 000 tools',
      unit: 'ms',
      value: median(boots.map(({ milliseconds }) => milliseconds)),
      limit: 300,
    },
  ];
}

/** Each in a process of its own, so that none runs on what another has warmed up. */
function run(program) {
  const file = fileURLToPath(new URL(`../schema/${program}.mjs`, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [file], { env: cleanEnvironment(), encoding: 'utf8' }));
}

function times(count, make) {
  return Array.from({ length: count }, make);
}
