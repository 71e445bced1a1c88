import { type BranchState, type BranchUpdate, type EnvironmentBranches, type PushOutcome, snapshotOf } from '@idp/core';
import { runGit } from '../process/run-git.ts';
import { loadCommitSnapshot } from '../snapshot/commit-snapshot.ts';
import type { SnapshotOptions } from '../snapshot/snapshot-options.ts';
import { classifyPush } from './classify-push.ts';
import { fetchBranches } from './fetch-branches.ts';
import { makeCommits } from './make-commits.ts';
import { type Remote, type RemoteOptions, refusedNames, remoteOf } from './remote.ts';

/** How environment branches are read and written; `wanted` says which files of them are read. */
export interface EnvironmentBranchesOptions extends RemoteOptions, Pick<SnapshotOptions, 'wanted'> {
  /** The time of the commits; whole seconds count. */
  readonly now: Date;
}

const pushArgv = ['push', '--atomic', '--porcelain', '--no-follow-tags', '--recurse-submodules=no'];

/**
 * Environment branches on a remote, by git alone.
 *
 * Reading fetches into remote-tracking branches. Pushing makes commits that no local branch or ref ever
 * names, and moves all branches on the remote or none, each only if it still is where it was read. The
 * user's own `pre-push` hook runs, as for any push.
 *
 * @param root the repository's top level
 * @param remote the name of a configured remote
 */
export function environmentBranches(
  root: string,
  remote: string,
  options: EnvironmentBranchesOptions,
): EnvironmentBranches {
  const target = remoteOf(root, remote, options);
  return {
    async read(branches) {
      const outcome = await fetchBranches(target, branches);
      if (outcome.kind !== 'fetched') return outcome;
      const states = branches.map((branch) => stateOf(target, branch, outcome.value.get(branch), options.wanted));
      return { kind: 'fetched', value: await Promise.all(states) };
    },
    push: (updates) => push(target, updates, options.now),
  };
}

async function stateOf(
  { root, onProcess }: Remote,
  branch: string,
  oid: string | undefined,
  wanted: SnapshotOptions['wanted'],
): Promise<BranchState> {
  const loaded = oid === undefined ? undefined : await loadCommitSnapshot(root, oid, { wanted, onProcess });
  return { branch, oid: loaded?.commit, snapshot: loaded?.snapshot ?? snapshotOf([], () => undefined) };
}

async function push(remote: Remote, updates: readonly BranchUpdate[], now: Date): Promise<PushOutcome> {
  assertPushable(updates);
  const { root, name, timeLimit, onProcess } = remote;
  const branches = updates.map(({ branch }) => branch);
  const refused = await refusedNames(remote, branches);
  if (refused !== undefined) return refused;
  const commits = await makeCommits(root, updates, now, onProcess);
  const leases = updates.map(({ branch, expected = '' }) => `--force-with-lease=refs/heads/${branch}:${expected}`);
  const refspecs = branches.map((branch) => `${commits.get(branch)}:refs/heads/${branch}`);
  const result = await runGit(root, [...pushArgv, ...leases, '--', name, ...refspecs], { onProcess, timeLimit });
  return classifyPush(result, commits, timeLimit);
}

/** Bugs of the caller: nothing to push, a commit without a change, two commits for one branch, an oid that is none. */
function assertPushable(updates: readonly BranchUpdate[]): void {
  if (updates.length === 0) throw new Error('a push without updates');
  if (new Set(updates.map(({ branch }) => branch)).size < updates.length) throw new Error('a branch is updated twice');
  for (const { branch, writes, expected } of updates) {
    if (writes.length === 0) throw new Error(`the update of ${branch} writes nothing`);
    if (expected !== undefined && !/^[0-9a-f]{40}$/.test(expected))
      throw new Error(`${expected} is not a commit's oid`);
  }
}
