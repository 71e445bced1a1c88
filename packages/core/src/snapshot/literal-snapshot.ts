import { blobId } from '../digest/digest.ts';
import { encodeText } from '../digest/text.ts';
import { snapshotOf } from './index-entries.ts';
import type { FileMode, Snapshot, SnapshotEntry } from './snapshot.ts';

/** A file of a literal snapshot: its text or bytes, or those with a mode. */
export type LiteralFile = string | Uint8Array | { readonly mode: FileMode; readonly content: string | Uint8Array };

/** A snapshot from values: tests, examples and the scaffolding of new repositories. */
export function literalSnapshot(files: Readonly<Record<string, LiteralFile>>): Snapshot {
  const blobs = new Map<string, Uint8Array>();
  const entries: SnapshotEntry[] = [];
  for (const [path, file] of Object.entries(files)) {
    const { mode, content } =
      typeof file === 'string' || file instanceof Uint8Array ? { mode: '100644' as const, content: file } : file;
    const bytes = typeof content === 'string' ? encodeText(content) : content;
    const oid = blobId(bytes);
    blobs.set(oid, bytes);
    entries.push({ path, mode, oid });
  }
  return snapshotOf(entries, (entry) => blobs.get(entry.oid));
}
