import { rendererVersion } from '../render/renderer-version.ts';
import type { Instance, Lock } from '../schema/lock.schema.ts';
import type { Workload } from '../workload/workload.ts';
import { builtContainers } from './built-images.ts';
import type { Needs } from './capability-uses.ts';
import type { Mint } from './mint.ts';
import { readablePath } from './requirement-path.ts';
import { volumeCapability } from './volume-capability.ts';

const idLength = 16;
const suffixLength = 5;
const nameLength = 40;

/**
 * The lock that fits a workload as it stands: identities that exist are kept for ever, what is new gets one
 * from `mint`, what is gone is dropped. Nothing stateful is ever recreated, or adopted, because of a name.
 *
 * @param mint `undefined` to see what is missing: new instances are then left out
 * @param renderer the one to move on to; without it a lock keeps its own, and a new lock gets the newest
 */
export function expectedLock(
  workload: Workload,
  needs: Needs,
  previous: Lock | undefined,
  mint: Mint | undefined,
  renderer = previous?.renderer ?? rendererVersion,
): Lock {
  const instances: Record<string, Instance> = {};
  for (const { path, capability } of needs.uses) {
    const before = previous?.instances[path];
    if (before !== undefined && Object.hasOwn(previous?.instances ?? {}, path) && before.capability === capability.name)
      instances[path] = before;
    else if (mint !== undefined)
      instances[path] = newInstance(capability.name, instanceName(workload.service, path, mint), mint);
  }
  const runs = workloadInstance(workload, needs, previous, mint);
  const versions = [
    ...needs.uses.map(({ capability }) => capability),
    ...(needs.runs === undefined ? [] : [needs.runs]),
  ].filter((capability) => capability !== volumeCapability);
  const capabilities = Object.fromEntries(
    versions.map(({ name, version, integrity }) => [name, { version, integrity }]),
  );
  return {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Lock',
    namespace: previous?.namespace ?? workload.service,
    renderer,
    ...(runs !== undefined && { workload: runs }),
    capabilities,
    instances,
    images: keptImages(workload, previous),
    ...(previous?.answers !== undefined && { answers: previous.answers }),
    ...(previous?.files !== undefined && { files: previous.files }),
  };
}

function workloadInstance(
  workload: Workload,
  needs: Needs,
  previous: Lock | undefined,
  mint: Mint | undefined,
): Instance | undefined {
  if (needs.runs === undefined) return undefined;
  if (previous?.workload?.capability === needs.runs.name) return previous.workload;
  if (mint === undefined) return undefined;
  return newInstance(needs.runs.name, instanceName(workload.service, '', mint), mint);
}

function newInstance(capability: string, name: string, mint: Mint): Instance {
  return { capability, id: `i-${mint(idLength)}`, name };
}

/** `checkout-db-x7k2q`: the random end makes it unique in the repository, the rest tells people what it is. */
function instanceName(service: string, path: string, mint: Mint): string {
  const readable = [service, ...readablePath(path)].join('-');
  const room = nameLength - suffixLength - 1;
  return `${readable.slice(0, room).replace(/-+$/, '')}-${mint(suffixLength)}`;
}

/** Images of containers that are still there and still built here. */
function keptImages(workload: Workload, previous: Lock | undefined): Lock['images'] {
  const before = Object.entries(previous?.images ?? {});
  const built = before.length === 0 ? new Set<string>() : builtContainers(workload);
  const kept = before.filter(([container]) => built.has(container));
  return previous !== undefined && kept.length === before.length ? previous.images : Object.fromEntries(kept);
}
