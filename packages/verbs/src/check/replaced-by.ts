import {
  type DeployedObjects,
  deployedIn,
  deployedScores,
  type Finding,
  filesOfDeployedScores,
  type Platform,
  type PolicyEngine,
  type Snapshot,
  type WrittenBefore,
  writtenOnMain,
  writtenUnknown,
} from '@idp/core';
import { loadCommitSnapshot, mergeBase, type OnProcess, readCommitted } from '@idp/git';
import { checkedFiles } from '../context/open-repository.ts';
import type { CheckScope } from './check-platform.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

/** What is replaced by what is judged, as far as it is known here. */
export interface Replaced {
  /** By what is rendered. */
  readonly deployed: DeployedObjects | undefined;
  /** By what is written. */
  readonly before: WrittenBefore | undefined;
  /** The branches that are not here. */
  readonly unknown: readonly Finding[];
}

type Selection = Pick<CheckScope, 'services' | 'environments'>;

/**
 * Reads what is replaced, when a policy asks whether something is created or updated, and from what. The remote is not
 * asked: branches are as they were last fetched.
 *
 * - for what is rendered, the manifests on the branches of the environments: three processes of git for each of them,
 *   however many services there are
 * - for Score files, those of the commits that the records on these branches name: two more
 * - for all other files, the commit at which HEAD left the main branch
 */
export async function replacedBy(
  root: string,
  platform: Platform,
  { needs }: Pick<PolicyEngine, 'needs'>,
  selection: Selection,
  onProcess?: OnProcess,
): Promise<Replaced> {
  const asked = needs.operationOf;
  if (asked.size === 0) return { deployed: undefined, before: undefined, unknown: [] };
  const ofEnvironments = asked.has('rendered') || asked.has('scores');
  const { branches, unknown } = ofEnvironments
    ? await environmentTrees(root, platform, selection, onProcess)
    : { branches: new Map<string, Snapshot>(), unknown: [] };
  const files = asked.has('scores') ? filesOfDeployedScores(branches) : [];
  const scores = { score: deployedScores(branches, await readCommitted(root, files, { onProcess })) };
  const main = asked.has('files') ? await mainBefore(root, platform, onProcess) : { unknown: [] };
  return {
    deployed: deployedIn(branches),
    before: { ...writtenUnknown, ...main.before, ...scores },
    unknown: [...unknown, ...main.unknown],
  };
}

async function environmentTrees(
  root: string,
  { settings, environments }: Platform,
  selection: Selection,
  onProcess: OnProcess | undefined,
) {
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
  return { branches, unknown };
}

async function mainBefore(root: string, { settings: { remote, branch } }: Platform, onProcess: OnProcess | undefined) {
  const base = await mergeBase(root, 'HEAD', `refs/remotes/${remote}/${branch}`, { onProcess });
  const loaded = base === undefined ? undefined : await loadCommitSnapshot(root, base, { ...checkedFiles, onProcess });
  if (loaded !== undefined) return { before: writtenOnMain(loaded.snapshot, parseDockerfile), unknown: [] };
  const unknown: Finding = {
    code: 'policy/unknown-branch',
    severity: 'info',
    message: `${branch} of ${remote} is not here: what a policy says of updates of files cannot be decided`,
    hint: `\`git fetch ${remote} ${branch}\`, with enough of its history that it meets HEAD`,
  };
  return { unknown: [unknown] };
}

/** Manifests of the selected services, `manifests/<target>/<namespace>/<service>/<file>`, and records. */
function isOf(path: string, services: readonly string[]): boolean {
  const record = /^\.idp\/services\/([^/]+)\.json$/.exec(path);
  const [root, , , service = ''] = record === null ? path.split('/') : ['manifests', '', '', record[1]];
  return root === 'manifests' && (services.length === 0 || services.includes(service));
}
