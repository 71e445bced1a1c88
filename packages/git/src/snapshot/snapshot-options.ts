import type { Snapshot, Wanted } from '@idp/core';
import type { OnProcess } from '../process/run-git.ts';

/** What of a tree is read. */
export interface SnapshotOptions {
  /** The entries whose bytes will be read; without it, all of them. */
  readonly wanted?: Wanted | undefined;
  /** The paths that those lead to, and that are to be read as well: asked again until there are none. */
  readonly further?: ((snapshot: Snapshot, loaded: Wanted) => ReadonlySet<string>) | undefined;
  /** Of the working tree, only what git finds by these: files, folders, its magic (gitglossary, "pathspec"). */
  readonly pathspecs?: readonly string[] | undefined;
  readonly onProcess?: OnProcess | undefined;
}
