import { loadPlatform, type Platform, type Snapshot } from '@idp/core';
import { type ReadLine, sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { VerbContext, VerbResult } from '../verb.ts';
import { openRepository, platformFiles, type Repository, type WantedFiles, workingTree } from './open-repository.ts';
import { refuseOldTool, usableSettings } from './usable-settings.ts';

export interface LoadedPlatform {
  readonly repository: Repository;
  readonly snapshot: Snapshot;
  readonly platform: Platform;
  readonly readLine: ReadLine;
}

/**
 * The platform of the working tree; ends the verb where there is none.
 *
 * @param need `settings` when the verb acts by idp.yaml, which then has to be free of errors; `findings` when it
 * only says what is wrong
 * @param files what is read of the repository
 */
export async function loadWorkingPlatform(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  need: 'settings' | 'findings' = 'settings',
  files: WantedFiles = platformFiles,
): Promise<LoadedPlatform | VerbResult> {
  const repository = await openRepository(options, context);
  if (isResult(repository)) return repository;
  context.progress('reading the repository');
  const snapshot = await workingTree(repository, files);
  if (need === 'settings') {
    const settings = usableSettings(snapshot);
    if (isResult(settings)) return settings;
  }
  const platform = loadPlatform(snapshot);
  const refused = refuseOldTool(platform.settings, snapshot) ?? refuseEmpty(platform);
  return refused ?? { repository, snapshot, platform, readLine: sourceLines(snapshot) };
}

/** A repository without anything of a platform is most likely another one. */
export function refuseEmpty(platform: Platform): VerbResult | undefined {
  const parts =
    platform.catalog.entities.length +
    platform.workloads.size +
    platform.capabilities.size +
    platform.environments.size +
    platform.findings.filter(({ severity }) => severity === 'error').length;
  return parts > 0
    ? undefined
    : usage(
        'empty',
        'this repository has no catalog, services, capabilities or environments',
        'go to your platform repository or name it with --root, or make one of this by `npx idp init`',
      );
}
