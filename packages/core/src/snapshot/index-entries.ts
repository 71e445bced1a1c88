import { compareStrings } from '../json/compare.ts';
import { NotLoadedError, type Snapshot, type SnapshotEntry } from './snapshot.ts';

/** Where a snapshot's bytes come from: `undefined` for an oid that was not loaded. */
export type ReadBlob = (entry: SnapshotEntry) => Uint8Array | undefined;

/** A snapshot over entries in any order; what all implementations share. */
export function snapshotOf(entries: Iterable<SnapshotEntry>, readBlob: ReadBlob): Snapshot {
  const sorted = [...entries].sort((a, b) => compareStrings(a.path, b.path));
  const byPath = new Map(sorted.map((entry) => [entry.path, entry]));
  return {
    list: () => sorted,
    entry: (path) => byPath.get(path),
    read(path) {
      const entry = byPath.get(path);
      if (entry === undefined || entry.mode === '160000') return undefined;
      const bytes = readBlob(entry);
      if (bytes === undefined) throw new NotLoadedError(path);
      return bytes;
    },
  };
}
