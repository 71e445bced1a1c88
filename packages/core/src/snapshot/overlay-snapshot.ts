import { blobId } from '../digest/digest.ts';
import { encodeText } from '../digest/text.ts';
import type { FileChange } from '../scaffold/file-change.ts';
import { snapshotOf } from './index-entries.ts';
import type { Snapshot, SnapshotEntry } from './snapshot.ts';

/** A snapshot with changes on top: what the repository would be after them. */
export function overlaySnapshot(base: Snapshot, changes: readonly FileChange[]): Snapshot {
  const entries = new Map(base.list().map((entry) => [entry.path, entry]));
  const blobs = new Map<string, Uint8Array>();
  for (const { path, content, mode } of changes) {
    if (content === undefined) entries.delete(path);
    else {
      const bytes = encodeText(content);
      const entry: SnapshotEntry = { path, mode: mode ?? '100644', oid: blobId(bytes) };
      blobs.set(path, bytes);
      entries.set(path, entry);
    }
  }
  return snapshotOf(entries.values(), (entry) => blobs.get(entry.path) ?? base.read(entry.path));
}
