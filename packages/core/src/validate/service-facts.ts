import type { Capability } from '../capability/capability.ts';
import { derivedCatalog } from '../catalog/derived-entity.ts';
import { digestOfJson } from '../digest/digest.ts';
import { isObject, type Json, property } from '../json/json.ts';
import type { Workload } from '../workload/workload.ts';

/**
 * What the catalog and the checks over all services at once know of a service: as long as this stays, a change of the
 * service is its own business and that of those that read it. Identities (`identityFindings`) and derived entities
 * (`derivedCatalog`) are made of it.
 *
 * @returns `undefined` for a service that shares instances with others: its changes are never its own business
 */
export function serviceFacts(workload: Workload, capabilities: ReadonlyMap<string, Capability>): string | undefined {
  const documents = [workload.score, ...workload.overrides.values()].map(({ documents: [document] }) => document);
  const declared = documents.flatMap(resourcesIn);
  if (declared.some(([, type, id]) => id !== null && type !== 'service')) return undefined;
  const { resources, dependencies } = derivedCatalog([workload], capabilities);
  const lock = workload.lock?.document;
  return digestOfJson({
    lock: lock === undefined ? null : ([lock.namespace, lock.instances, lock.workload ?? null] as unknown as Json),
    // A type may require what others share, which the dependencies of this service alone do not show.
    declared,
    resources: resources.map(({ path, value }) => [path, value]),
    dependencies: dependencies.map(({ from, to }) => [from, to]),
  });
}

function resourcesIn(document: Json | undefined): readonly (readonly [name: string, type: Json, id: Json])[] {
  const resources = property(document, 'resources');
  if (!isObject(resources)) return [];
  return Object.entries(resources).map(([name, resource]) => [
    name,
    property(resource, 'type') ?? null,
    property(resource, 'id') ?? null,
  ]);
}
