import { capabilityFile } from '../layout/paths.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';

/** A folder below capabilities/, unread. */
export interface PackageFolder {
  readonly snapshot: Snapshot;
  /** Below capabilities/. */
  readonly name: string;
  /** By their paths in the folder. */
  readonly files: ReadonlyMap<string, SnapshotEntry>;
}

/** The packages below capabilities/, by their folders; what is installed in one is no part of it. */
export function packageFolders(snapshot: Snapshot): ReadonlyMap<string, PackageFolder> {
  const folders = new Map<string, Map<string, SnapshotEntry>>();
  for (const entry of snapshot.list()) {
    const place = capabilityFile(entry.path);
    if (place === undefined || entry.path.includes('/node_modules/')) continue;
    const files = folders.get(place.folder) ?? new Map<string, SnapshotEntry>();
    files.set(place.file, entry);
    folders.set(place.folder, files);
  }
  return new Map([...folders].map(([name, files]) => [name, { snapshot, name, files }]));
}
