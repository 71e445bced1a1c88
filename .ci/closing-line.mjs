/**
 * Prints `N passed, N failed, N skipped` from vitest's own JSON report, as the last line of .ci/run.
 *
 *   node .ci/closing-line.mjs <report> <exit code of the test command>
 *
 * What failed without being a test counts as one: a file that did not load, the linter, the types. So the line
 * never says that nothing failed when the command did, and a run of no tests fails.
 */
import { existsSync, readFileSync } from 'node:fs';

const [, , file, exitCode] = process.argv;

const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const notLoaded = (report?.testResults ?? []).filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const passed = report?.numPassedTests ?? 0;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
const counted = (report?.numFailedTests ?? 0) + notLoaded.length;
const failed = counted === 0 && (exitCode !== '0' || passed === 0) ? 1 : counted;

process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
