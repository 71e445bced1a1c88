import { type Digest, digestOfJson } from '../digest/digest.ts';
import type { Environment } from '../environment/environment.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { toJson } from '../provenance/traced.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { type Outputs, TargetInstances } from './target-instances.ts';

/** What an instance says in one environment, by target: equal digests read the same. */
export function outputsDigest(byTarget: ReadonlyMap<string, Outputs>): Digest {
  return digestOfJson({
    schema: 'idp.internal/outputs/v1',
    targets: Object.fromEntries([...byTarget].map(([target, outputs]) => [target, outputsJson(outputs)])),
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

/**
 * What a service reads of instances that others own, in one environment: beside its release and the environment the
 * only thing that its rendering reads (design, section 8).
 */
export function sharedReadings(
  resolution: Resolution,
  environment: Environment,
  platform: Platform,
): ReadonlyMap<string, Digest> {
  if (resolution.shared.size === 0) return new Map();
  const targets = environment.document.spec.targets.map(
    ({ name }, target) => [name, new TargetInstances({ resolution, environment, platform, target }).reads] as const,
  );
  return new Map(
    [...resolution.shared.keys()].map((path) => {
      const here = targets.flatMap(([name, reads]) => {
        const outputs = reads.get(path);
        return outputs === undefined ? [] : [[name, outputs] as const];
      });
      return [path, outputsDigest(new Map(here))];
    }),
  );
}
