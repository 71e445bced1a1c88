import { type Snapshot, type SnapshotEntry, snapshotOf } from '@idp/core';
import { readBlobs } from '../objects/read-blobs.ts';
import type { GitRun } from '../process/run-git.ts';
import type { SnapshotOptions } from './snapshot-options.ts';

/**
 * A snapshot of entries with the bytes that are wanted, and of the files that those lead to: one `cat-file --batch`
 * for the first, and one more for each step that leads further. Mostly nothing does.
 *
 * @param read where most of the bytes come from; git is asked for what that does not have
 */
export async function loadedSnapshot(
  root: string,
  entries: readonly SnapshotEntry[],
  { wanted = () => true, further }: SnapshotOptions,
  run: Pick<GitRun, 'onProcess' | 'environment'>,
  read: (entries: readonly SnapshotEntry[]) => Map<string, Uint8Array> = () => new Map(),
): Promise<Snapshot> {
  const blobs = new Map<string, Uint8Array>();
  const load = async (some: readonly SnapshotEntry[]): Promise<void> => {
    for (const [oid, bytes] of read(some)) blobs.set(oid, bytes);
    const others = some.filter(({ oid }) => !blobs.has(oid));
    for (const [oid, bytes] of await readBlobs(root, others, run)) blobs.set(oid, bytes);
  };
  await load(entries.filter(wanted));
  const snapshot = snapshotOf(entries, (entry) => blobs.get(entry.oid));
  const loaded = (entry: SnapshotEntry): boolean => blobs.has(entry.oid);
  const missing = (): readonly SnapshotEntry[] => {
    const paths = further?.(snapshot, loaded);
    if (paths === undefined || paths.size === 0) return [];
    return entries.filter((entry) => paths.has(entry.path) && entry.mode !== '160000' && !loaded(entry));
  };
  for (let more = missing(); more.length > 0; more = missing()) await load(more);
  return snapshot;
}
