import { blobId } from '../digest/digest.ts';
import { encodeText } from '../digest/text.ts';
import type { FileChange } from '../scaffold/file-change.ts';
import { snapshotOf } from './index-entries.ts';
import type { FileMode, Snapshot, SnapshotEntry } from './snapshot.ts';

/** A snapshot with changes on top: what the repository would be after them. */
export function overlaySnapshot(base: Snapshot, changes: readonly FileChange[]): Snapshot {
  const entries = new Map(base.list().map((entry) => [entry.path, entry]));
  const written = new Map<string, WrittenFile>();
  for (const { path, content, mode } of changes) {
    written.delete(path);
    if (content === undefined) entries.delete(path);
    else {
      const file = writtenFile(path, content, mode);
      written.set(path, file);
      entries.set(path, file.entry);
    }
  }
  return snapshotOf(entries.values(), (entry) => written.get(entry.path)?.bytes() ?? base.read(entry.path));
}

/** A file that no repository has yet. */
export interface WrittenFile {
  readonly entry: SnapshotEntry;
  bytes(): Uint8Array;
}

/** Most files are written and neither read nor compared: their bytes and ids wait until somebody asks for them. */
export function writtenFile(path: string, content: string, mode: FileMode = '100644'): WrittenFile {
  const entry = new WrittenEntry(path, mode, content);
  return { entry, bytes: () => entry.bytes() };
}

/** A class: an object literal with a getter would have a shape of its own for each file. */
class WrittenEntry implements SnapshotEntry {
  readonly path: string;
  readonly mode: FileMode;
  readonly #content: string;
  #bytes: Uint8Array | undefined;
  #oid: string | undefined;

  constructor(path: string, mode: FileMode, content: string) {
    this.path = path;
    this.mode = mode;
    this.#content = content;
  }

  get oid(): string {
    this.#oid ??= blobId(this.bytes());
    return this.#oid;
  }

  bytes(): Uint8Array {
    this.#bytes ??= encodeText(this.#content);
    return this.#bytes;
  }
}
