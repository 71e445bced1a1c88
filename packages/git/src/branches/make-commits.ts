import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { BranchUpdate } from '@idp/core';
import { GitError } from '../process/git-error.ts';
import { gitOutput, type OnProcess, runGit } from '../process/run-git.ts';
import { fastImportStream } from './fast-import-stream.ts';
import { identityOf } from './identity.ts';

const argv = ['fast-import', '--quiet', '--done', '--date-format=raw'];

/**
 * Makes one commit for each update in this repository, on no branch. The same updates by the same
 * person at the same second are the same commits.
 *
 * @returns the commits' oids by branch
 * @throws GitError when an expected commit is not here
 */
export async function makeCommits(
  root: string,
  updates: readonly BranchUpdate[],
  now: Date,
  onProcess: OnProcess | undefined,
): Promise<ReadonlyMap<string, string>> {
  const identity = await identityOf(root, onProcess);
  const input = fastImportStream(updates, identity, now, `refs/idp/commits/${randomUUID()}`);
  const result = await runGit(root, argv, { onProcess, input });
  if (result.exitCode !== 0) {
    await removeCrashReport(root, result.pid, onProcess);
    throw new GitError(argv, result.exitCode, result.stderr);
  }
  const oids = result.stdout.toString('latin1').trim().split('\n');
  return new Map(updates.map(({ branch }, index) => [branch, oids[index] ?? '']));
}

/** fast-import leaves a report in the repository when it fails; its last words are in our error already. */
async function removeCrashReport(root: string, pid: number | undefined, onProcess: OnProcess | undefined) {
  const where = ['rev-parse', '--path-format=absolute', '--git-path', `fast_import_crash_${pid ?? 0}`];
  const path = (await gitOutput(root, where, { onProcess })).toString('utf8').replace(/\n$/, '');
  await rm(path, { force: true });
}
