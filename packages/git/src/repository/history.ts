import { GitError } from '../process/git-error.ts';
import { gitOutput, runGit } from '../process/run-git.ts';
import { type QueryOptions, resolveCommit } from './resolve-commit.ts';

/**
 * Whether a commit is in the history of another, or is that commit. A commit that this repository does
 * not have is in no history. In a shallow clone (`isShallow`) a "no" may only mean that the history is cut.
 */
export async function isAncestor(
  root: string,
  commit: string,
  of: string,
  options: QueryOptions = {},
): Promise<boolean> {
  const pair = await resolvePair(root, commit, of, options);
  if (pair === undefined) return false;
  const argv = ['merge-base', '--is-ancestor', ...pair];
  return answer(argv, await runGit(root, argv, options)) !== undefined;
}

/** The best common ancestor of two commits; `undefined` when they share none or one of them is not here. */
export async function mergeBase(
  root: string,
  a: string,
  b: string,
  options: QueryOptions = {},
): Promise<string | undefined> {
  const pair = await resolvePair(root, a, b, options);
  if (pair === undefined) return undefined;
  const argv = ['merge-base', ...pair];
  return answer(argv, await runGit(root, argv, options));
}

/** Whether this clone has only a part of the history. */
export async function isShallow(root: string, options: QueryOptions = {}): Promise<boolean> {
  return (
    (await gitOutput(root, ['rev-parse', '--is-shallow-repository'], options)).toString('latin1').trim() === 'true'
  );
}

/** The first paragraph of a commit's message on one line; `undefined` when there is no such commit. */
export async function commitSubject(
  root: string,
  commit: string,
  options: QueryOptions = {},
): Promise<string | undefined> {
  const oid = await resolveCommit(root, commit, options);
  if (oid === undefined) return undefined;
  const argv = ['log', '-1', '--no-show-signature', '--format=%s', '--encoding=UTF-8', oid, '--'];
  return (await gitOutput(root, argv, options)).toString('utf8').replace(/\n$/, '');
}

/** Both as oids: what a user wrote never reaches a command that could take it for an option. */
async function resolvePair(root: string, a: string, b: string, options: QueryOptions) {
  const [left, right] = await Promise.all([resolveCommit(root, a, options), resolveCommit(root, b, options)]);
  return left === undefined || right === undefined ? undefined : ([left, right] as const);
}

/** merge-base answers 0 for yes, 1 for no, anything else for a failure. */
function answer(argv: readonly string[], result: { exitCode: number; stdout: Buffer; stderr: string }) {
  if (result.exitCode > 1) throw new GitError(argv, result.exitCode, result.stderr);
  return result.exitCode === 0 ? result.stdout.toString('latin1').trim() : undefined;
}
