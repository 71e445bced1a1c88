import type { GitError } from '@idp/git';
import { exitCode } from '../exit-code.ts';
import type { VerbResult } from '../verb.ts';
import { failed, usage } from './usage.ts';

/**
 * What git could not do. A file of the working tree that it may not open is a finding at that file (`source/unreadable`):
 * git hashes what has changed, and gives up at the first that it cannot read.
 */
export function gitFailure({ message }: Pick<GitError, 'message'>): VerbResult {
  const path = /error: open\("(.+)"\): Permission denied/.exec(message)?.[1];
  if (path === undefined) return usage('git', message, 'mend the repository, then run it again');
  return failed(exitCode.findings, [
    {
      code: 'source/unreadable',
      severity: 'error',
      message: 'this file may not be read: nothing was judged',
      hint: 'look at its rights, and at whose it is (`chmod u+r`), then run it again',
      path,
      line: 1,
      column: 1,
    },
  ]);
}
