import { type JsonObject, stringOf } from '../json/json.ts';
import { once } from '../json/once.ts';
import type { PolicyResources } from './policy-engine.ts';

/** Manifests by their `apiVersion`; sorted when somebody first asks, which few policies do. */
export function policyResources(manifests: readonly JsonObject[]): PolicyResources {
  const sorted = once(() => {
    const byVersion = new Map<string, JsonObject[]>();
    for (const manifest of manifests) {
      const apiVersion = stringOf(manifest['apiVersion']) ?? '';
      const those = byVersion.get(apiVersion);
      if (those === undefined) byVersion.set(apiVersion, [manifest]);
      else those.push(manifest);
    }
    return byVersion;
  });
  return { list: (apiVersion) => sorted().get(apiVersion) ?? none };
}

const none: readonly JsonObject[] = [];
