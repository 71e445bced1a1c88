import { type FileChange, type Finding, gatePath, type Snapshot } from '@idp/core';
import type { Tree } from '@nx/devkit';

const permissions = { '100644': '644', '100755': '755' } as const;

/**
 * Records changes in Nx's `Tree`, which writes them to disk when the generator has succeeded.
 *
 * @param granted the folders that the generator may write to
 * @param snapshot what the tree held before
 * @returns what the path gate refuses; then nothing is recorded
 */
export function writeChanges(
  tree: Tree,
  changes: readonly FileChange[],
  granted: readonly string[],
  snapshot: Snapshot,
): readonly Finding[] {
  const refused = changes.flatMap(({ path }) => gatePath(path, granted, snapshot) ?? []);
  if (refused.length > 0) return refused;
  for (const { path, content, mode } of changes) {
    if (content === undefined) tree.delete(path);
    else if (mode === undefined) tree.write(path, content);
    else tree.write(path, content, { mode: permissions[mode] });
  }
  return [];
}
