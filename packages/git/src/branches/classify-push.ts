import type { PushOutcome } from '@idp/core';
import { redact } from '../process/redact.ts';
import type { GitResult } from '../process/run-git.ts';
import { reasonIn, remoteFailure } from './remote-failure.ts';

/** A branch was not where we expected it: said by our git (a lease), or by the remote's (its own compare-and-swap). */
const race =
  /stale info|fetch first|non-fast-forward|cannot lock ref|already exists|incorrect old value|remote ref updated/i;
/** The remote's way to say that somebody else holds or moved a ref, in what it prints besides. */
const raceInDetail =
  /cannot lock ref '(?:refs\/heads\/)?([^']+)'|reference already exists|unable to create '[^']*\.lock'/i;
/** Not a race though it speaks of a lock: `env` exists, so that `env/dev` cannot. */
const neverPossible = /exists; cannot create/i;

interface RefStatus {
  readonly branch: string;
  /** git-push, "Porcelain": `!` is a refusal, `=` means that it was there already. */
  readonly flag: string;
  readonly summary: string;
}

/**
 * What became of an atomic push, from what `git push --porcelain` printed.
 *
 * @param commits what was pushed, by branch
 * @param timeLimit seconds, for the reason
 */
export function classifyPush(result: GitResult, commits: ReadonlyMap<string, string>, timeLimit: number): PushOutcome {
  if (!result.timedOut && result.exitCode === 0) return { kind: 'pushed', commits: Object.fromEntries(commits) };
  const rejected = parseStatuses(result.stdout.toString('utf8')).filter((status) => status.flag === '!');
  if (result.timedOut || rejected.length === 0) return remoteFailure(result, timeLimit);

  const possible = !neverPossible.test(result.stderr);
  const lost = possible ? rejected.filter(({ summary }) => race.test(summary) && !neverPossible.test(summary)) : [];
  if (lost.length > 0) return { kind: 'lost-race', branches: lost.map(({ branch }) => branch) };
  // "atomic transaction failed" says nothing; what failed is in the remote's words.
  const inGeneral = rejected.every(({ summary }) => /atomic|failed to update ref/.test(summary));
  if (possible && inGeneral && raceInDetail.test(result.stderr)) {
    return { kind: 'lost-race', branches: branchesNamed(result.stderr, [...commits.keys()]) };
  }
  const reasons = rejected
    .filter(({ summary }) => !/\(atomic push fail/.test(summary))
    .map(({ branch, summary }) => `${branch}: ${redact(summary)}`);
  const said = result.stderr.split('\n').filter((line) => line.startsWith('remote:'));
  return { kind: 'refused', reason: [...reasons, ...(said.length > 0 ? [reasonIn(said.join('\n'))] : [])].join('\n') };
}

/** `<flag>\t<from>:refs/heads/<branch>\t<summary>` on each line. */
function parseStatuses(stdout: string): RefStatus[] {
  return stdout.split('\n').flatMap((line) => {
    const match = /^(.)\t[^\t]*:refs\/heads\/([^\t]+)\t(.*)$/.exec(line);
    const [, flag, branch, summary] = match ?? [];
    return flag === undefined || branch === undefined || summary === undefined ? [] : [{ flag, branch, summary }];
  });
}

/** The branches that the remote's words name; all of them when it names none. */
function branchesNamed(stderr: string, branches: readonly string[]): readonly string[] {
  const named = branches.filter((branch) => stderr.includes(`refs/heads/${branch}'`));
  return named.length > 0 ? named : branches;
}
