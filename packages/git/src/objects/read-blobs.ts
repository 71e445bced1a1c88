import type { SnapshotEntry } from '@idp/core';
import { GitError } from '../process/git-error.ts';
import { type GitRun, runGit } from '../process/run-git.ts';
import { blobParser } from './blob-parser.ts';

const argv = ['cat-file', '--batch', '--buffer'];

/**
 * The bytes of the entries' blobs by oid, from one process however many there are; none for no entry.
 * Equal content is read once.
 *
 * @throws GitError when an object is missing: the repository is damaged, or is a partial clone whose
 *   remote is out of reach
 */
export async function readBlobs(
  root: string,
  entries: Iterable<SnapshotEntry>,
  run: Pick<GitRun, 'onProcess' | 'environment'> = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  const paths = new Map<string, string>();
  for (const entry of entries) if (entry.mode !== '160000') paths.set(entry.oid, entry.path);
  const blobs = new Map<string, Uint8Array>();
  if (paths.size === 0) return blobs;

  const parser = blobParser((oid, bytes) => {
    if (bytes !== undefined) blobs.set(oid, bytes);
  });
  const input = `${[...paths.keys()].join('\n')}\n`;
  const result = await runGit(root, argv, { ...run, input, onOutput: (chunk) => parser.push(chunk) });
  if (result.exitCode !== 0) throw new GitError(argv, result.exitCode, result.stderr);
  for (const [oid, path] of paths) {
    if (!blobs.has(oid)) throw new GitError(argv, 0, `object ${oid} of ${JSON.stringify(path)} is missing`);
  }
  return blobs;
}
