import { realpath } from 'node:fs/promises';
import {
  type FileMode,
  furtherFiles,
  isLoaded,
  type LiteralFile,
  literalSnapshot,
  type Snapshot,
  type SnapshotEntry,
  type Wanted,
} from '@idp/core';
import { findRepositoryRoot, loadOverlaySnapshot, loadWorkingTreeSnapshot, type OverlayChange } from '@idp/git';
import type { RecordedChange, RecordingTree, WalkTree } from './recording-tree.ts';

/**
 * What Nx's `Tree` holds: the working tree with the changes on top that generators have recorded, as git
 * would store them.
 *
 * @param walk for a tree that is no repository of its own (`createTreeWithEmptyWorkspace`)
 * @param wanted the entries of the working tree whose bytes will be read; without it, all of them
 */
export async function treeSnapshot(tree: RecordingTree, walk: WalkTree, wanted?: Wanted): Promise<Snapshot> {
  const repository = await findRepositoryRoot(tree.root);
  if (repository === undefined || repository !== (await realpath(tree.root))) return walkedSnapshot(tree, walk);
  const changes = tree.listChanges();
  const also = new Set<string>();
  const files = wanted === undefined ? {} : { wanted: (entry: SnapshotEntry) => wanted(entry) || also.has(entry.path) };
  for (;;) {
    const base = await loadWorkingTreeSnapshot(tree.root, { ...files, further: furtherFiles });
    if (changes.length === 0) return base;
    const snapshot = await loadOverlaySnapshot(tree.root, base, overlayChanges(changes, base));
    // A change may lead to files that nothing has led to before: the catalog is not to be read half.
    const missing = [...furtherFiles(snapshot, ({ path }) => isLoaded(snapshot, path))].filter(
      (path) => !also.has(path),
    );
    if (missing.length === 0) return snapshot;
    for (const path of missing) also.add(path);
  }
}

/** Whether the tree holds what the working tree of a repository holds: nothing was recorded in it yet. */
export async function isWorkingTree(tree: RecordingTree): Promise<boolean> {
  return tree.listChanges().length === 0 && (await findRepositoryRoot(tree.root)) === (await realpath(tree.root));
}

/** Nx records the removal of a folder as one change of the folder; a snapshot has files only. */
function overlayChanges(changes: readonly RecordedChange[], base: Snapshot): readonly OverlayChange[] {
  return changes.flatMap((change): readonly OverlayChange[] => {
    if (change.type !== 'DELETE') {
      return [{ path: change.path, content: change.content ?? new Uint8Array(), mode: recordedMode(change) }];
    }
    const inFolder = base.list().filter(({ path }) => path.startsWith(`${change.path}/`));
    return [change.path, ...inFolder.map(({ path }) => path)].map((path) => ({ path, content: undefined }));
  });
}

async function walkedSnapshot(tree: RecordingTree, walk: WalkTree): Promise<Snapshot> {
  const modes = new Map(tree.listChanges().map((change) => [change.path, recordedMode(change)]));
  const files: Record<string, LiteralFile> = {};
  for (const path of await walk()) {
    const content = tree.read(path);
    if (content !== null) files[path] = { mode: modes.get(path) ?? '100644', content };
  }
  return literalSnapshot(files);
}

/** git knows of a file's mode only whether its owner may run it. */
function recordedMode({ options }: RecordedChange): FileMode | undefined {
  if (options?.mode === undefined) return undefined;
  const mode = typeof options.mode === 'string' ? Number.parseInt(options.mode, 8) : options.mode;
  return (mode & 0o100) === 0 ? '100644' : '100755';
}
