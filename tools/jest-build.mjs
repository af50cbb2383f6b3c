import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds what some tests start as programs: the examples, the conformance fixture, the packages as users get them. */
export default function build() {
  compile();
}

/** Runs the compiler on a configuration, and on what that refers to. */
export function compile(...configuration) {
  const compiler = fileURLToPath(new URL('../node_modules/@typescript/native/bin/tsc', import.meta.url));
  execFileSync(process.execPath, [compiler, '-b', ...configuration], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
