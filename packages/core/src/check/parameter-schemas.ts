import { parameterSchema } from '../capability/parameter-schema.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { jsonOf, rooted } from './schema-json.ts';

/** What a Score file may say in `params`: of a resource, and of the workload. */
export type Provides = 'resource' | 'workload';

/** As other schemas refer to the parameters of all that provide the same. */
export const parametersReference = (provides: Provides): string => `parameters of a ${provides}`;

/** The parameters of the built-in type `volume` (docs/using.md); `service` and `environment` have none. */
const ofVolumes = { properties: { size: {}, sizeLimit: {}, medium: {}, accessModes: {}, storageClass: {} } };
const unknown: JsonObject = { 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The schemas of what a Score file may say in `params`, by reference: a policy reads them of any resource, so that a field
 * is a mistake when no capability has such a parameter. Nothing is said where a capability cannot be read.
 */
export function parameterSchemas({
  capabilities,
  brokenCapabilities,
}: Partial<Pick<Platform, 'capabilities' | 'brokenCapabilities'>>): ReadonlyMap<string, JsonObject> {
  const schemas = new Map<string, JsonObject>();
  const all: Record<Provides, Json[]> = { resource: [ofVolumes], workload: [] };
  for (const { name, document } of capabilities?.values() ?? []) {
    const reference = `parameters of ${name}`;
    schemas.set(reference, rooted(jsonOf(parameterSchema(document)), reference));
    all[document.spec.provides].push({ $ref: reference });
  }
  const isKnown = capabilities !== undefined && brokenCapabilities?.size === 0;
  for (const provides of ['resource', 'workload'] as const)
    schemas.set(parametersReference(provides), isKnown ? { anyOf: all[provides] } : unknown);
  return schemas;
}
