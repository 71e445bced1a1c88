import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/** Builds the bin once before the tests, so that no test pays for it or sees it happen. */
export default function setup(): void {
  execFileSync(process.execPath, [
    join(resolve(import.meta.dirname, '../..'), 'packages/cli/bin/idp.mjs'),
    '--version',
  ]);
}
