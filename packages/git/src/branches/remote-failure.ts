import { redact } from '../process/redact.ts';
import type { GitResult } from '../process/run-git.ts';

export interface RemoteFailure {
  readonly kind: 'refused' | 'unreachable';
  readonly reason: string;
}

/** The remote was there and said no. */
const refusals =
  /permission .*denied|access denied|authentication failed|could not read (username|password)|write access|not authorized|returned error: 40[13]|does not support|declined|exists; cannot create|failed to push some refs/i;
/** The remote does not exist, or does not let us know that it does: checked first, as some of it reads like a refusal. */
const absences =
  /repository not found|does not appear to be a git repository|repository .* not found|not found: did you run|could not resolve host|connection (refused|timed out|reset)|no such remote|host key verification/i;
/** Advice of git's that says nothing about this remote. */
const advice = /^(hint:|warning:|please make sure|and the repository exists|\s*$)/i;

/**
 * What a failed exchange with a remote was, from git's standard error. What is not known for a refusal
 * counts as unreachable: trying later does no harm.
 */
export function remoteFailure(result: Pick<GitResult, 'stderr' | 'timedOut'>, timeLimit: number): RemoteFailure {
  if (result.timedOut) return { kind: 'unreachable', reason: `no answer within ${timeLimit} s` };
  const { stderr } = result;
  const refused = !absences.test(stderr) && refusals.test(stderr);
  return { kind: refused ? 'refused' : 'unreachable', reason: reasonIn(stderr) };
}

/** The telling lines of git's standard error, redacted, at most 10. */
export function reasonIn(stderr: string): string {
  const lines = redact(stderr)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !advice.test(line));
  return lines.slice(0, 10).join('\n') || 'git gave no reason';
}
