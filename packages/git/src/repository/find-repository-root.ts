import { stat } from 'node:fs/promises';
import { GitError } from '../process/git-error.ts';
import { runGit } from '../process/run-git.ts';

const argv = ['rev-parse', '--show-toplevel'];

/**
 * The top level of the working tree that a folder is in.
 *
 * @returns `undefined` outside a working tree (a bare repository has none) and for a folder that does not exist
 * @throws GitError when git refuses to tell, for example because somebody else owns the repository
 */
export async function findRepositoryRoot(folder: string): Promise<string | undefined> {
  const exists = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!exists) return undefined;
  const result = await runGit(folder, argv);
  if (result.exitCode === 0) return result.stdout.toString('utf8').replace(/\n$/, '');
  if (/not a git repository|must be run in a work tree/.test(result.stderr)) return undefined;
  throw new GitError(argv, result.exitCode, result.stderr);
}
