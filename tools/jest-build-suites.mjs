import { compile } from './jest-build.mjs';

/** Compiles the suites that run over what tsc writes, for jest-tsc.cjs to find. */
export default function build() {
  compile('tsconfig.suites.json');
}
