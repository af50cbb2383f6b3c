// Prints how many tests of a Jest report passed and failed. In CI a skipped test counts as failed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = process.env.CI ? report.numPendingTests + report.numTodoTests : 0;
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
if (skipped > 0) console.error(`${skipped} tests were skipped, which in CI counts as failed`);
console.log(report.numPassedTests, report.numFailedTests + broken + skipped);
