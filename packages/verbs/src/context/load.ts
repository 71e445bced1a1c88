import { loadPlatform, type Platform } from '@idp/core';
import { isResult, usage } from '../output/usage.ts';
import type { VerbContext, VerbResult } from '../verb.ts';
import { refuseOldTool } from './minimum-version.ts';
import { openRepository, type Repository, workingTree } from './open-repository.ts';

export interface LoadedPlatform {
  readonly repository: Repository;
  readonly platform: Platform;
}

/** The platform of the working tree; ends the verb where there is none. */
export async function loadWorkingPlatform(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
): Promise<LoadedPlatform | VerbResult> {
  const repository = await openRepository(options, context);
  if (isResult(repository)) return repository;
  context.progress('reading the repository');
  const platform = loadPlatform(await workingTree(repository));
  const refused = refuseOldTool(platform) ?? refuseEmpty(platform);
  return refused ?? { repository, platform };
}

/** A repository without anything of a platform is most likely another one. */
function refuseEmpty(platform: Platform): VerbResult | undefined {
  const parts =
    platform.catalog.entities.length +
    platform.workloads.size +
    platform.capabilities.size +
    platform.environments.size +
    platform.findings.length;
  return parts > 0
    ? undefined
    : usage(
        'empty',
        'this repository has no catalog, services, capabilities or environments',
        'go to your platform repository, or name it with --root',
      );
}
