import { GitError } from '../process/git-error.ts';
import { type OnProcess, runGit } from '../process/run-git.ts';

/** `onProcess` is told of every git process that is started. */
export interface QueryOptions {
  readonly onProcess?: OnProcess | undefined;
}

/**
 * The oid of the commit that a revision names, tags peeled.
 *
 * @param rev any way to name a commit; never taken for an option
 * @returns `undefined` when there is no such commit
 */
export async function resolveCommit(
  root: string,
  rev: string,
  options: QueryOptions = {},
): Promise<string | undefined> {
  // No revision holds a NUL, and no process can be given one.
  if (rev === '' || rev.includes('\0')) return undefined;
  const argv = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`];
  const result = await runGit(root, argv, options);
  if (result.exitCode === 0) return result.stdout.toString('latin1').trim();
  // 1 is the quiet no; 128 is said of oddities such as `a..b` as well as of a damaged repository.
  if (/not a git repository|dubious ownership/.test(result.stderr))
    throw new GitError(argv, result.exitCode, result.stderr);
  return undefined;
}
