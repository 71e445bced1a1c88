import {
  type DeployedObjects,
  deployedIn,
  type Finding,
  type Platform,
  type PolicyEngine,
  type Snapshot,
} from '@idp/core';
import { loadCommitSnapshot, type OnProcess } from '@idp/git';
import type { CheckScope } from './check-platform.ts';

/** What stands on the environment branches, as far as it is known here. */
export interface EnvironmentTrees {
  readonly deployed: DeployedObjects | undefined;
  /** The environments whose branch is not here. */
  readonly unknown: readonly Finding[];
}

/**
 * Reads the environment branches, when a policy asks whether something is created or updated, and from what: three
 * processes of git for each environment, however many services there are. The remote is not asked: these are the
 * branches as they were last fetched.
 */
export async function environmentTrees(
  root: string,
  { settings, environments }: Platform,
  { needs }: Pick<PolicyEngine, 'needs'>,
  selection: Pick<CheckScope, 'services' | 'environments'>,
  onProcess?: OnProcess,
): Promise<EnvironmentTrees> {
  if (!needs.operation) return { deployed: undefined, unknown: [] };
  const branches = new Map<string, Snapshot>();
  const unknown: Finding[] = [];
  for (const { name, branch, source } of environments.values()) {
    if (selection.environments.length > 0 && !selection.environments.includes(name)) continue;
    const rev = `refs/remotes/${settings.remote}/${branch}`;
    const loaded = await loadCommitSnapshot(root, rev, {
      wanted: ({ path }) => isOf(path, selection.services),
      onProcess,
    });
    if (loaded !== undefined) branches.set(name, loaded.snapshot);
    else
      unknown.push({
        code: 'policy/unknown-branch',
        severity: 'info',
        message: `${branch} of ${settings.remote} is not here: what a policy says of updates in ${name} cannot be decided`,
        hint: `\`git fetch ${settings.remote} ${branch}\`; before the first promotion there is none`,
        ...source.locate(['metadata', 'name']),
      });
  }
  return { deployed: deployedIn(branches), unknown };
}

/** Manifests of the selected services: `manifests/<target>/<namespace>/<service>/<file>`. */
function isOf(path: string, services: readonly string[]): boolean {
  const [root, , , service = ''] = path.split('/');
  return root === 'manifests' && (services.length === 0 || services.includes(service));
}
