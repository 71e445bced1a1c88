import { child, sortedEntries, stringIn } from '../provenance/traced.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Workload } from '../workload/workload.ts';
import { scoresOf } from './declared-resources.ts';

/** What a container with `image: .` runs. */
export interface BuiltImage {
  readonly image: string;
  /** Whether the lock says it, by digest; else it is a name that nothing was pushed to yet. */
  readonly pinned: boolean;
}

/** The containers that this repository builds, in the base or in an override. */
export function builtContainers(workload: Workload): ReadonlySet<string> {
  const containers = scoresOf(workload).flatMap((score) => sortedEntries(child(score, 'containers')));
  return new Set(containers.filter(([, node]) => stringIn(child(node, 'image')) === '.').map(([name]) => name));
}

/** By container: the lock's image, or the name that CI will push to. Part of the release, so that rendering reads no settings. */
export function builtImages(workload: Workload, lock: Lock, registry: string): ReadonlyMap<string, BuiltImage> {
  const containers = [...builtContainers(workload)].sort();
  return new Map(
    containers.map((container) => {
      const pinned = Object.hasOwn(lock.images, container) ? lock.images[container] : undefined;
      const image = pinned ?? `${registry}/${workload.service}:unpinned`;
      return [container, { image, pinned: pinned !== undefined }];
    }),
  );
}
