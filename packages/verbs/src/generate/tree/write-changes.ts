import { type FileChange, type Finding, gatePath, inWriteOrder, type Snapshot } from '@idp/core';
import { refusedTargets } from '../../write/refused-targets.ts';
import type { RecordingTree } from './recording-tree.ts';

const permissions = { '100644': '644', '100755': '755' } as const;

/**
 * Records changes in Nx's `Tree`, which Nx writes to disk when the generator has succeeded: file by file, through links, and without a
 * way back. So whatever can be known to fail there is refused here, before the first of them is recorded; and what makes
 * the others whole (a lock) is recorded last, so that a run that a full disk has stopped is completed by the next one.
 *
 * @param granted the folders that the generator may write to
 * @param snapshot what the tree held before
 * @returns what the path gate or the disk refuses; then nothing is recorded
 */
export async function writeChanges(
  tree: RecordingTree,
  changes: readonly FileChange[],
  granted: readonly string[],
  snapshot: Snapshot,
): Promise<readonly Finding[]> {
  const gated = changes.flatMap(({ path }) => gatePath(path, granted, snapshot) ?? []);
  const refused = gated.length > 0 ? gated : await refusedTargets(tree.root, changes);
  if (refused.length > 0) return refused;
  for (const { path, content, mode } of inWriteOrder(changes)) {
    if (content === undefined) tree.delete(path);
    else if (mode === undefined) tree.write(path, content);
    else tree.write(path, content, { mode: permissions[mode] });
  }
  return [];
}
