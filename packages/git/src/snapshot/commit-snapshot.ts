import type { Snapshot } from '@idp/core';
import { gitOutput } from '../process/run-git.ts';
import { resolveCommit } from '../repository/resolve-commit.ts';
import { loadedSnapshot } from './loaded-snapshot.ts';
import { parseTree } from './parse-entries.ts';
import type { SnapshotOptions } from './snapshot-options.ts';

/** The files of a commit, and which commit it is. */
export interface CommitSnapshot {
  readonly commit: string;
  readonly snapshot: Snapshot;
}

/**
 * The files of a commit. Three processes however many files there are: `rev-parse`, `ls-tree` and one
 * `cat-file --batch` for the bytes.
 *
 * @param root the repository's top level
 * @param rev any way to name a commit: `HEAD`, `main~2`, an oid, a tag
 * @returns `undefined` when there is no such commit
 * @throws GitError when objects are missing
 */
export async function loadCommitSnapshot(
  root: string,
  rev: string,
  options: SnapshotOptions = {},
): Promise<CommitSnapshot | undefined> {
  const { onProcess } = options;
  const commit = await resolveCommit(root, rev, { onProcess });
  if (commit === undefined) return undefined;
  const entries = parseTree(await gitOutput(root, ['ls-tree', '-r', '-z', '--full-tree', commit], { onProcess }));
  return { commit, snapshot: await loadedSnapshot(root, entries, options, { onProcess }) };
}
