/** git's file modes: a file, an executable file, a symbolic link, a commit of another repository. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** A file of a snapshot, without its bytes. */
export interface SnapshotEntry {
  /** Relative to the root, with `/` between segments, as git stores it. */
  readonly path: string;
  readonly mode: FileMode;
  /** git's blob id: equal content has an equal id wherever it comes from. */
  readonly oid: string;
}

/**
 * An immutable tree of files (docs/architecture.md, "Snapshots"). Everything that decides is a function
 * of snapshots. Adapters load what a stage needs before it runs; reading is synchronous and never fails.
 */
export interface Snapshot {
  /** All entries, sorted by path (UTF-16 code units). */
  list(): readonly SnapshotEntry[];
  entry(path: string): SnapshotEntry | undefined;
  /**
   * The git-normalised bytes, so that `blobId(read(path)) === entry(path).oid`; for a symbolic link its
   * target; `undefined` for a path that is not in the snapshot and for another repository's commit.
   * Throws `NotLoadedError` (a bug of ours) for an entry that the adapter was told not to load.
   */
  read(path: string): Uint8Array | undefined;
}

/** Tells an adapter which entries' bytes the stages will read; without one, all of them. */
export type Wanted = (entry: SnapshotEntry) => boolean;

/** A stage read what its adapter had not loaded: a bug of ours, never of the user's. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
  constructor(path: string) {
    super(`the snapshot's adapter was told not to load ${path}`);
  }
}

/** Whether the adapter of a snapshot was told to load what is at a path, and something is there. */
export function isLoaded(snapshot: Snapshot, path: string): boolean {
  try {
    return snapshot.read(path) !== undefined;
  } catch (error) {
    if (error instanceof NotLoadedError) return false;
    throw error;
  }
}
