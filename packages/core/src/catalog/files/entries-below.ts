import type { Snapshot, SnapshotEntry } from '../../snapshot/snapshot.ts';

/**
 * The entries of a folder and its folders, found by halving: the list is sorted by path.
 *
 * @param folder without a slash at the end; `''` is the whole repository
 */
export function entriesBelow(snapshot: Snapshot, folder: string): readonly SnapshotEntry[] {
  const all = snapshot.list();
  if (folder === '') return all;
  // `0` is the character after `/`.
  return all.slice(firstFrom(all, `${folder}/`), firstFrom(all, `${folder}0`));
}

function firstFrom(entries: readonly SnapshotEntry[], path: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
