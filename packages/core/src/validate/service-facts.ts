import { isObject, type Json, property } from '../json/json.ts';
import type { Workload } from '../workload/workload.ts';

/**
 * What the catalog and the checks over all services at once know of a service: as long as this stays, a change of the
 * service is its own business and that of those that read it. Identities (`identityFindings`) are made of it, and the
 * derived entities and dependencies (`derivedCatalog`), with what the catalog says.
 *
 * @returns `undefined` for a service that shares instances with others: its changes are never its own business
 */
export function serviceFacts(workload: Workload): string | undefined {
  const documents = [workload.score, ...workload.overrides.values()].map(({ documents: [document] }) => document);
  const declared = documents.flatMap(resourcesIn);
  if (declared.some(([, type, id]) => id !== null && type !== 'service')) return undefined;
  const lock = workload.lock?.document;
  if (lock === undefined) return JSON.stringify([declared]);
  const versions = Object.entries(lock.capabilities).map(([name, { version }]) => [name, version]);
  return JSON.stringify([declared, lock.namespace, lock.instances, lock.workload ?? null, versions]);
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
