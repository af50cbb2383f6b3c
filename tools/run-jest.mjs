// Runs Jest; with JEST_REPORT set, it also leaves its results there as JSON.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const { JEST_REPORT } = process.env;
const report = JEST_REPORT ? ['--json', `--outputFile=${JEST_REPORT}`] : [];
const { status } = spawnSync(process.execPath, [jest, ...report, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
