import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Snapshot, type SnapshotEntry, snapshotOf } from '@idp/core';
import { gitOutput, type OnProcess } from '../process/run-git.ts';
import { listingOf, nulRecords } from './parse-entries.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

export interface PartOptions {
  /** Files and folders; git's magic is allowed: `:(icase)services/checkout`. Not empty. */
  readonly pathspecs: readonly string[];
  readonly onProcess?: OnProcess | undefined;
}

/**
 * Some files of the working tree, all of them read, as they are in `loadWorkingTreeSnapshot`: at a cost that does not
 * depend on the files beside them.
 *
 * What git has in its index is read from the disk and is right when it has the id that git has for it: that is one
 * process. Where a file is not tracked, or is not what git has (it was edited, or is checked out with CRLF), git's own
 * normalisation decides, in five.
 *
 * @param root the repository's top level
 * @throws GitError when a file cannot be read or an object is missing
 */
export async function loadPartOfWorkingTree(root: string, { pathspecs, onProcess }: PartOptions): Promise<Snapshot> {
  const argv = ['ls-files', '-t', '-s', '-o', '--exclude-standard', '-z', '--', ...pathspecs];
  const listed = await gitOutput(root, argv, { onProcess });
  const blobs = new Map<string, Uint8Array>();
  const entries = unchanged(root, listed, blobs);
  if (entries === undefined) return loadWorkingTreeSnapshot(root, { pathspecs, onProcess });
  return snapshotOf(entries, ({ oid }) => blobs.get(oid));
}

/** The entries, when each file on the disk is what the index says. */
function unchanged(root: string, listed: Buffer, blobs: Map<string, Uint8Array>): readonly SnapshotEntry[] | undefined {
  const records = [...nulRecords(listed)];
  // `H` is in the index and nothing else is to be said of it; `?` is not tracked, `M` in conflict, `S` sparse.
  if (records.some((record) => record[0] !== 0x48)) return undefined;
  const { entries } = listingOf(Buffer.concat(records.map((record) => Buffer.concat([record.subarray(2), end]))));
  const folders = new Map([['.', true]]);
  for (const entry of entries) {
    if (entry.mode === '160000') continue;
    const bytes = isFolder(root, dirname(entry.path), folders) ? bytesOf(root, entry) : undefined;
    if (bytes === undefined || blobIdOf(bytes) !== entry.oid) return undefined;
    blobs.set(entry.oid, bytes);
  }
  return entries;
}

const end = Buffer.from([0]);

/** Whether all of a path are folders: behind a link is nothing that git has. */
function isFolder(root: string, path: string, known: Map<string, boolean>): boolean {
  const before = known.get(path);
  if (before !== undefined) return before;
  const found =
    isFolder(root, dirname(path), known) &&
    lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  known.set(path, found);
  return found;
}

/** What is on the disk, when it is of the kind that git has. */
function bytesOf(root: string, { path, mode }: SnapshotEntry): Uint8Array | undefined {
  const file = join(root, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || modeOf(stats) !== mode) return undefined;
  const { buffer, byteOffset, length } = mode === '120000' ? readlinkSync(file, 'buffer') : readFileSync(file);
  return new Uint8Array(buffer, byteOffset, length);
}

function modeOf(stats: Stats): SnapshotEntry['mode'] | undefined {
  if (stats.isSymbolicLink()) return '120000';
  if (!stats.isFile()) return undefined;
  return (stats.mode & 0o100) === 0 ? '100644' : '100755';
}

/** The same as core's `blobId`, by Node's own implementation. */
function blobIdOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
