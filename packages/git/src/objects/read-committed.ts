import type { CommittedFile, ReadCommitted } from '@idp/core';
import { GitError } from '../process/git-error.ts';
import { type GitRun, runGit } from '../process/run-git.ts';
import { readBlobs } from './read-blobs.ts';

const argv = ['cat-file', '--batch-check', '--buffer'];

/**
 * Files of many commits: two processes of git, however many there are.
 *
 * @param files paths without a line feed, commits by their full ids
 * @returns what `ReadCommitted` says of each of them
 */
export async function readCommitted(
  root: string,
  files: readonly CommittedFile[],
  run: Pick<GitRun, 'onProcess'> = {},
): Promise<ReadCommitted> {
  const asked = [...new Set(files.flatMap((file) => [commitName(file), fileName(file)]))];
  const found = new Map<string, { readonly oid: string; readonly type: string }>();
  if (asked.length > 0) {
    const result = await runGit(root, argv, { ...run, input: `${asked.join('\n')}\n` });
    if (result.exitCode !== 0) throw new GitError(argv, result.exitCode, result.stderr);
    // One line for each, in their order: `<oid> <type> <size>`, or the name and `missing`.
    result.stdout
      .toString('utf8')
      .split('\n')
      .slice(0, asked.length)
      .forEach((line, index) => {
        const [, oid, type] = /^([0-9a-f]{40,64}) (\w+) \d+$/.exec(line) ?? [];
        const name = asked[index];
        if (name !== undefined && oid !== undefined && type !== undefined) found.set(name, { oid, type });
      });
  }
  const entries = files.flatMap((file) => {
    const object = found.get(fileName(file));
    return object?.type === 'blob' ? [{ path: file.path, oid: object.oid, mode: '100644' as const }] : [];
  });
  const blobs = await readBlobs(root, entries, run);
  return (file) => {
    if (found.get(commitName(file))?.type !== 'commit') return undefined;
    const object = found.get(fileName(file));
    return object === undefined ? null : blobs.get(object.oid);
  };
}

const commitName = ({ commit }: CommittedFile): string => `${commit}^{commit}`;
const fileName = ({ commit, path }: CommittedFile): string => `${commit}:${path}`;
