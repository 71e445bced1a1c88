import { blobId, type FileMode, type Snapshot, type SnapshotEntry, snapshotOf } from '@idp/core';
import type { OnProcess } from '../process/run-git.ts';
import { assertSafePath } from '../process/safe-path.ts';
import { normaliseContents } from './normalise-contents.ts';
import type { OverlayFile } from './overlay-file.ts';

/** A file that is in memory only. */
export interface OverlayChange {
  readonly path: string;
  /** `undefined`: the file is gone. For a symbolic link, its target. */
  readonly content: Uint8Array | undefined;
  /** By default the mode that the file has in the base, else 100644. */
  readonly mode?: FileMode | undefined;
}

/**
 * A snapshot with changes on top that are in memory (Nx's `Tree`), as git would store them: their bytes
 * go through the attributes and clean filters that the working tree at `root` has. At most 6 processes,
 * and only one when no file needs normalising.
 *
 * A file in the place of a folder, or a folder in the place of a file, replaces it.
 *
 * @param root the repository's top level
 * @param base what is beneath; bytes that it was told not to load stay unreadable
 * @throws Error for a path that is no path of a repository: the caller's path gate let it through
 */
export async function loadOverlaySnapshot(
  root: string,
  base: Snapshot,
  changes: readonly OverlayChange[],
  options: { readonly onProcess?: OnProcess | undefined } = {},
): Promise<Snapshot> {
  const files: OverlayFile[] = [];
  for (const { path, content, mode } of changes) {
    assertSafePath(path);
    if (content !== undefined) files.push({ path, content, mode: mode ?? base.entry(path)?.mode ?? '100644' });
  }
  const contents = await normaliseContents(root, base, files, options.onProcess);
  const changed = files.map(({ path, mode, content }) => {
    const bytes = contents.get(path) ?? content;
    return { entry: { path, mode, oid: blobId(bytes) }, bytes };
  });
  const blobs = new Map(changed.map(({ entry, bytes }) => [entry.oid, bytes]));
  const kept = entriesBeneath(base, changes);
  const keptPaths = new Set(kept.map((entry) => entry.path));
  return snapshotOf([...kept, ...changed.map(({ entry }) => entry)], (entry) =>
    // Not by oid alone: the base may have the same content somewhere, but have been told not to load it.
    keptPaths.has(entry.path) ? (blobs.get(entry.oid) ?? base.read(entry.path)) : blobs.get(entry.oid),
  );
}

/** The base's entries that no change touches, stands in or stands on. */
function entriesBeneath(base: Snapshot, changes: readonly OverlayChange[]): readonly SnapshotEntry[] {
  const changed = new Set(changes.map((change) => change.path));
  const written = changes.filter((change) => change.content !== undefined).map((change) => change.path);
  const files = new Set(written);
  const folders = new Set(written.flatMap(foldersOf));
  return base
    .list()
    .filter(({ path }) => !changed.has(path) && !folders.has(path) && !foldersOf(path).some((each) => files.has(each)));
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
