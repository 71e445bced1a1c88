/** A change that is not on disk yet; without content, of a file or a folder that is gone. */
export interface RecordedChange {
  readonly path: string;
  readonly type: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly content: Uint8Array | null;
  readonly options?: { readonly mode?: number | string } | undefined;
}

/**
 * A working tree on which somebody else records changes and writes them when a generator has succeeded: what we use of
 * Nx's `Tree`. It is written down here, because verbs know nothing of Nx.
 */
export interface RecordingTree {
  /** The folder on disk, absolute. */
  readonly root: string;
  listChanges(): readonly RecordedChange[];
  read(path: string): Uint8Array | null;
  write(path: string, content: string | Buffer, options?: { readonly mode: string }): void;
  delete(path: string): void;
}

/** Every path of a tree, without what `.gitignore` and `.nxignore` name; only asked where git cannot be. */
export type WalkTree = () => Promise<readonly string[]>;
