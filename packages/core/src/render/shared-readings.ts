import { type Digest, digestOfJson } from '../digest/digest.ts';
import type { Environment } from '../environment/environment.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { descend, toJson } from '../provenance/traced.ts';
import type { Resolution, SharedUse } from '../resolve/resolution.ts';
import { namesIds } from '../resolve/shared-instances.ts';
import type { Outputs } from './target-instance.ts';
import { TargetInstances } from './target-instances.ts';

/** What one service and its shared instances are to each other in one environment. */
export interface Sharing {
  /** Instances of others that it reads, with what they say here. */
  readonly reads: readonly SharedReading[];
  /** What its own shared instances say here, by resource. */
  readonly shares: ReadonlyMap<string, Digest>;
}

export interface SharedReading {
  readonly shared: SharedUse;
  /** Over the outputs in all targets. */
  readonly digest: Digest;
}

/**
 * What a service reads of instances that others own, in one environment: beside its release and the environment the
 * only thing that its rendering reads (design, section 8). And what others read of its own.
 */
export function sharingOf(resolution: Resolution, environment: Environment, platform: Platform): Sharing {
  if (resolution.shared.size === 0 && !namesIds(resolution.workload)) return { reads: [], shares: new Map() };
  const targets = environment.document.spec.targets.map(
    ({ name }, target) => [name, new TargetInstances({ resolution, environment, platform, target })] as const,
  );
  const over = (outputs: (instances: TargetInstances) => Outputs | undefined): Digest =>
    outputsDigest(targets.flatMap(([name, instances]) => [[name, outputs(instances)] as const]));
  const [first] = targets;
  if (first === undefined) return { reads: [], shares: new Map() };
  const [, here] = first;
  const owned = [...resolution.uses.keys()].filter(
    (path) => here.offered(path) !== undefined && descend(here.score, ['resources', path, 'id']) !== undefined,
  );
  return {
    reads: [...resolution.shared.values()].flatMap((shared) =>
      here.reads.has(shared.path) ? [{ shared, digest: over(({ reads }) => reads.get(shared.path)) }] : [],
    ),
    shares: new Map(
      owned.map((path) => [
        path,
        over((instances) => {
          const use = instances.offered(path);
          return use && instances.instance(use).outputs;
        }),
      ]),
    ),
  };
}

function outputsDigest(byTarget: readonly (readonly [string, Outputs | undefined])[]): Digest {
  return digestOfJson({
    schema: 'idp.internal/outputs/v1',
    targets: Object.fromEntries(byTarget.map(([target, outputs]) => [target, outputsJson(outputs ?? new Map())])),
  });
}

function outputsJson(outputs: Outputs): Json {
  return Object.fromEntries(
    [...outputs].map(([name, value]) => [
      name,
      value.kind === 'value' ? { value: toJson(value.node) } : { secret: { name: value.name, key: value.key } },
    ]),
  );
}
