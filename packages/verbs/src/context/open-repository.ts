import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  furtherFiles,
  isCheckedPath,
  isPlatformPath,
  type PlatformSettings,
  platformFile,
  type Snapshot,
  type SnapshotEntry,
} from '@idp/core';
import { findRepositoryRoot, loadWorkingTreeSnapshot, type SnapshotOptions } from '@idp/git';
import { stringOption } from '../options.ts';
import { usage } from '../output/usage.ts';
import type { VerbContext, VerbResult } from '../verb.ts';
import { usableSettings } from './usable-settings.ts';

export type WantedFiles = Pick<SnapshotOptions, 'wanted' | 'further'>;

/** What the stages read; everything else of the repository is never loaded. */
export const platformFiles = {
  wanted: (entry: SnapshotEntry): boolean => isPlatformPath(entry.path),
  further: furtherFiles,
} as const;

/** With them, the files that only policies look at. */
export const checkedFiles = {
  ...platformFiles,
  wanted: (entry: SnapshotEntry): boolean => isPlatformPath(entry.path) || isCheckedPath(entry.path),
} as const;

export interface Repository {
  readonly root: string;
}

/**
 * The repository that `--root`, or else the current folder, is in; outside of one a verb ends with 2.
 *
 * @param otherwise what to do where there is none
 */
export async function openRepository(
  options: Readonly<Record<string, unknown>>,
  context: Pick<VerbContext, 'cwd'>,
  otherwise = 'go to your platform repository, or name it with --root',
): Promise<Repository | VerbResult> {
  const folder = resolve(context.cwd, stringOption(options, 'root') ?? '.');
  if (!(await isFolder(folder)))
    return usage('no-folder', `${folder} is not a folder`, 'name the folder of your platform repository with --root');
  const root = await findRepositoryRoot(folder);
  if (root === undefined) {
    return usage('not-a-repository', `${folder} is not in the working tree of a git repository`, otherwise);
  }
  return { root };
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

export function workingTree(repository: Repository, files: WantedFiles = platformFiles): Promise<Snapshot> {
  return loadWorkingTreeSnapshot(repository.root, files);
}

/** Just idp.yaml, as it stands in the working tree; ends the verb when it cannot be used. */
export async function workingTreeSettings(repository: Repository): Promise<PlatformSettings | VerbResult> {
  return usableSettings(await workingTree(repository, { wanted: ({ path }) => path === platformFile }));
}
