import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { Listing, type Snapshot, type SnapshotEntry } from '@idp/core';
import { type GitRun, gitOutput } from '../process/run-git.ts';
import { loadedSnapshot } from './loaded-snapshot.ts';
import { listingOf } from './parse-entries.ts';
import { parseStatus } from './parse-status.ts';
import { readCleanFiles } from './read-clean-files.ts';
import { scratchSettings, withScratch } from './scratch.ts';
import type { SnapshotOptions } from './snapshot-options.ts';
import { rememberedStatus, statusOf } from './status.ts';

const updateArgv = [...scratchSettings, 'update-index', '--add', '--remove', '--replace', '-z', '--stdin'];

/**
 * The files of the working tree as `git add --all` would store them: tracked and untracked, not ignored,
 * normalised by attributes and clean filters. What is not wanted is neither opened nor hashed; the number of
 * processes (at most 5) does not depend on the number of files; the repository is not written to.
 *
 * git works on a copy of the index, so that what it knows of each file (CRLF that was committed as such,
 * modes where the file system has none, conflicts) counts, and a commit made meanwhile does no harm.
 * Sparse entries that are not on disk count as clean. Pipes and sockets are not files.
 *
 * @param root the repository's top level
 * @throws GitError when a file cannot be read or an object is missing
 */
export async function loadWorkingTreeSnapshot(root: string, options: SnapshotOptions = {}): Promise<Snapshot> {
  return await withWorkingTree(root, options, (tree) => tree.load(options));
}

/** The working tree while it can be read. */
export interface WorkingTree {
  readonly listing: Listing;
  /** The same for two working trees only if their entries are. */
  readonly id: string;
  /** Its own `.git`; in a linked worktree, that of the worktree. */
  readonly gitFolder: string;
  /**
   * One or two processes more; none when nothing is wanted.
   *
   * @param files.entries what the snapshot has, where that is not all
   */
  load(
    files: Pick<SnapshotOptions, 'wanted' | 'further'> & { readonly entries?: readonly SnapshotEntry[] },
  ): Promise<Snapshot>;
}

export interface WorkingTreeOptions extends Pick<SnapshotOptions, 'onProcess' | 'pathspecs'> {
  /** Keeps in the git folder what makes the next look quicker, see `rememberedStatus`; all of it, not what `pathspecs` name. */
  readonly remember?: boolean;
}

/**
 * The working tree for who decides by its entries what to read: see `loadWorkingTreeSnapshot`. What it loaded stays
 * after `work` has ended.
 */
export async function withWorkingTree<T>(
  root: string,
  { onProcess, pathspecs, remember = false }: WorkingTreeOptions,
  work: (tree: WorkingTree) => Promise<T>,
): Promise<T> {
  const limited = pathspecs === undefined ? [] : ['--', ...pathspecs];
  return await withScratch(root, onProcess, async (scratch) => {
    const run: GitRun = { onProcess, environment: scratch.environment };
    const status = parseStatus(
      await (remember && pathspecs === undefined
        ? rememberedStatus(root, scratch, run)
        : statusOf(root, scratch, run, limited)),
    );
    const changed = await trackable(root, status.changed);
    const files = [...changed.present, ...status.untracked];
    if (files.length > 0) await gitOutput(root, updateArgv, { ...run, input: nulTerminated(files) });
    const gone = new Set([...status.deleted, ...changed.absent].map(String));
    const listed = await gitOutput(root, ['ls-files', '-s', '-z', ...limited], run);
    const listing = without(gone, listingOf(listed));
    const id = createHash('sha1')
      .update(listed)
      .update([...gone].sort().join('\0'));
    return await work({
      listing,
      id: id.digest('hex'),
      gitFolder: scratch.gitFolder,
      load: ({ entries = listing.entries, ...files }) =>
        loadedSnapshot(root, entries, files, run, (some) => readCleanFiles(root, some)),
    });
  });
}

function without(gone: ReadonlySet<string>, listing: Listing): Listing {
  return gone.size === 0 ? listing : Listing.of(listing.entries.filter(({ path }) => !gone.has(path)));
}

/** Parts what git can store (files, symbolic links, other repositories) from what it would hang on or fail on. */
async function trackable(root: string, paths: readonly Buffer[]) {
  const present: Buffer[] = [];
  const absent: Buffer[] = [];
  for (const path of paths) {
    const stats = await lstat(Buffer.concat([Buffer.from(`${root}/`), path])).catch(() => undefined);
    const storable = stats?.isFile() || stats?.isSymbolicLink() || stats?.isDirectory();
    (storable ? present : absent).push(path);
  }
  return { present, absent };
}

function nulTerminated(paths: readonly Buffer[]): Buffer {
  const end = Buffer.from([0]);
  return Buffer.concat(paths.flatMap((path) => [path, end]));
}
