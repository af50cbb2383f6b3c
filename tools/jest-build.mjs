import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

/** Builds what some tests start as programs: the examples, the conformance fixture, the packages as users get them. */
export default async function build() {
  compile();
  await bundle();
}

/** Runs the compiler on a configuration, and on what that refers to. */
export function compile(...configuration) {
  const compiler = fileURLToPath(new URL('../node_modules/@typescript/native/bin/tsc', import.meta.url));
  execFileSync(process.execPath, [compiler, '-b', ...configuration], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
