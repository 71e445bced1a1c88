import type { Capability } from '../capability/capability.ts';
import { child, type Traced } from '../provenance/traced.ts';
import { requirementPath } from '../resolve/requirement-path.ts';
import type { Resolution, SharedUse, Use } from '../resolve/resolution.ts';

/** Which capability asked for an instance, by which of its requirements. */
export interface RequiredBy {
  readonly capability: Capability;
  readonly index: number;
}

export interface UsesHere {
  /** What runs the workload first, then the others in the order of the resolution. */
  readonly uses: readonly Use[];
  readonly shared: readonly SharedUse[];
  /** By path, for what no resource asks for itself. */
  readonly requiredBy: ReadonlyMap<string, RequiredBy>;
}

/**
 * The instances that exist in one environment: those of the resources that its Score document has, for an override
 * may add some or delete them, and all that these require.
 */
export function usesHere({ uses, runs, shared }: Resolution, score: Traced): UsesHere {
  const resources = child(score, 'resources');
  const requiredBy = new Map<string, RequiredBy>();
  const here = new Set([...uses.keys(), ...shared.keys()].filter((path) => child(resources, path) !== undefined));
  const queue = [...uses.values()].filter(({ path }) => here.has(path));
  if (runs !== undefined) queue.push(runs);
  for (const { path, capability } of queue) {
    capability.document.spec.requires?.forEach((requirement, index) => {
      const required = requirementPath(path, requirement);
      if (!requiredBy.has(required)) requiredBy.set(required, { capability, index });
      if (here.has(required)) return;
      here.add(required);
      const use = uses.get(required);
      if (use !== undefined) queue.push(use);
    });
  }
  const present = [...uses.values()].filter(({ path }) => here.has(path));
  return {
    uses: runs === undefined ? present : [runs, ...present],
    shared: [...shared.values()].filter(({ path }) => here.has(path)),
    requiredBy,
  };
}
