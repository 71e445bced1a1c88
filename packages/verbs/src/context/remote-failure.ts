import { exitCode } from '../exit-code.ts';
import { failed } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';

/** The remote said no, or is not there: nothing was changed. */
export function remoteFailure(outcome: {
  readonly kind: 'refused' | 'unreachable';
  readonly reason: string;
}): VerbResult {
  const hint =
    outcome.kind === 'refused'
      ? 'look at the branch protection and at your rights there'
      : 'look at `git remote -v` and at your connection, then run it again';
  const reason = outcome.reason
    .split('\n')
    .map((line) => line.replace(/^(fatal|error): /, '').replace(/\.$/, ''))
    .join('; ');
  return failed(exitCode.remote, [
    {
      code: `remote/${outcome.kind}`,
      severity: 'error',
      message: `the remote ${outcome.kind === 'refused' ? 'refused' : 'could not be reached'}: ${reason}`,
      hint,
    },
  ]);
}
