import { loadPlatform, type Platform, quote } from '@idp/core';
import { loadCommitSnapshot, mergeBase, resolveCommit } from '@idp/git';
import { type ReadLine, sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';
import { platformFiles, type Repository } from './open-repository.ts';
import { usableSettings } from './usable-settings.ts';

export interface CommitPlatform {
  readonly platform: Platform;
  readonly readLine: ReadLine;
}

/**
 * The platform of a commit; ends the verb where there is no such commit.
 *
 * @param option the option that named it: the settings of a `head` have to be free of errors, a `base` that cannot be
 * read well is what a change may be about to mend
 */
export async function commitPlatform(
  { root }: Repository,
  rev: string,
  option: 'head' | 'base',
): Promise<CommitPlatform | VerbResult> {
  const commit = await loadCommitSnapshot(root, rev, platformFiles);
  if (commit === undefined) return unknownCommit(rev, option);
  const settings = option === 'head' ? usableSettings(commit.snapshot) : undefined;
  if (settings !== undefined && isResult(settings)) return settings;
  const { snapshot } = commit;
  return { platform: loadPlatform(snapshot), readLine: sourceLines(snapshot) };
}

export function unknownCommit(rev: string, option: string): VerbResult {
  return usage(`unknown-${option}`, `${quote(rev)} is not a commit here`, 'fetch it first');
}

/**
 * Where a change left another branch, so that what others merged meanwhile does not look like this change's doing.
 *
 * @param base a commit or a branch, also of `origin`, as `option` named it
 * @param head the change
 */
export async function baseCommit(
  { root }: Repository,
  base: string,
  head: string,
  option: 'base' | 'since',
): Promise<string | VerbResult> {
  const commit = (await resolveCommit(root, base)) ?? (await resolveCommit(root, `origin/${base}`));
  if (commit === undefined)
    return usage(
      `unknown-${option}`,
      `${quote(base)} is not a commit or a branch here`,
      `fetch it, or name another with --${option}`,
    );
  const from = await resolveCommit(root, head);
  if (from === undefined) return commit;
  const common = await mergeBase(root, commit, from);
  return (
    common ??
    usage(
      'no-common-base',
      `${quote(base)} and ${quote(head)} have no common history here`,
      'fetch more of it: `git fetch --unshallow`',
    )
  );
}
