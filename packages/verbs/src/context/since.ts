import {
  type Fields,
  type Finding,
  fieldsOfFindings,
  type Json,
  loadPlatform,
  newFindings,
  type Platform,
  type Snapshot,
  type SnapshotEntry,
} from '@idp/core';
import { loadCommitSnapshot } from '@idp/git';
import { stringOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import type { VerbResult } from '../verb.ts';
import { baseCommit, unknownCommit } from './base.ts';
import { platformFiles, type Repository, type WantedFiles } from './open-repository.ts';

/** What a change is compared with: `--since`. */
export interface Since {
  /** As it was written. */
  readonly rev: string;
  readonly commit: string;
  /** Whether any file of the repository differs. */
  readonly changed: boolean;
  /** What was there before. */
  readonly snapshot: Snapshot;
  /** What is there now. */
  readonly now: Snapshot;
  /** Read when it is first asked for. */
  readonly platform: () => Platform;
}

/** What is left of a run's findings when only those that a change brings count. */
export interface SinceReport {
  readonly findings: readonly Finding[];
  /** For the summary of a verb. */
  readonly summary: Readonly<Record<string, Json>>;
  /** For people, after the counts. */
  readonly words: string;
}

/** The platform where the change left `--since`; `undefined` without that option. */
export async function sinceOption(
  options: Readonly<Record<string, unknown>>,
  repository: Repository,
  now: Snapshot,
  files: WantedFiles = platformFiles,
): Promise<Since | VerbResult | undefined> {
  const rev = stringOption(options, 'since');
  if (rev === undefined) return undefined;
  const commit = await baseCommit(repository, rev, 'HEAD', 'since');
  if (typeof commit !== 'string') return commit;
  const before = await loadCommitSnapshot(repository.root, commit, files);
  if (before === undefined) return unknownCommit(rev, 'since');
  return {
    rev,
    commit,
    changed: !sameFiles(before.snapshot.list(), now.list()),
    snapshot: before.snapshot,
    now,
    platform: () => loadPlatform(before.snapshot),
  };
}

/**
 * Keeps the findings that the change brings. The others are counted: they were there before, and whoever changes
 * something else is not the one to mend them.
 *
 * @param known the findings of `since`, made when they are needed: where no file differs there is nothing new
 */
export function onlyNew(
  since: Since | undefined,
  found: readonly Finding[],
  known: (platform: Platform, snapshot: Snapshot) => readonly Finding[],
): SinceReport {
  if (since === undefined) return { findings: found, summary: {}, words: '' };
  const fields = fieldsOfFindings(since.snapshot, since.now);
  return onlyNewOf(since, found, () => known(since.platform(), since.snapshot), fields);
}

/**
 * As `onlyNew`, for who finds out by other ways what was known.
 *
 * @param fields where findings stand that say the same of one file; not needed where no file with findings differs
 */
export function onlyNewOf(
  { rev, commit, changed }: Pick<Since, 'rev' | 'commit' | 'changed'>,
  found: readonly Finding[],
  known: () => readonly Finding[],
  fields: Fields | undefined,
): SinceReport {
  const findings = changed ? newFindings(known(), found, fields) : [];
  const left = found.length - findings.length;
  const summary = { since: commit, changed, known: left };
  const change = changed ? `new since ${rev}` : `no file changed since ${rev}`;
  return { findings, summary, words: ` (${change}; ${counted(left, 'known finding')} not shown)` };
}

/** Whether no file of a repository differs. */
function sameFiles(files: readonly SnapshotEntry[], others: readonly SnapshotEntry[]): boolean {
  if (files.length !== others.length) return false;
  const byPath = new Map(others.map((entry) => [entry.path, entry]));
  return files.every(({ path, mode, oid }) => {
    const other = byPath.get(path);
    return other !== undefined && other.mode === mode && other.oid === oid;
  });
}
