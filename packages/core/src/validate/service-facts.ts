import { isObject, type Json, property } from '../json/json.ts';
import type { Workload } from '../workload/workload.ts';

/**
 * What is known of a service where all services are looked at: as long as this stays, a change of the service is its own
 * business, that of those that read it, and that of those that share an instance with it (`SharedNames`).
 */
export interface ServiceFacts {
  /** What its lock says it is: `identityFindings` are made of it, and which derived entities there are. */
  readonly identities: string;
  /** What else the derived entities and their dependencies are made of (`derivedCatalog`), but for what the catalog says. */
  readonly declares: string;
}

export function serviceFacts(workload: Workload): ServiceFacts {
  const documents = [workload.score, ...workload.overrides.values()].map(({ documents: [document] }) => document);
  const resources = documents.map((document) => resourcesIn(document));
  const shared = new Set(resources.flat().flatMap(([name, { id }]) => (id === undefined ? [] : [name])));
  const [base, ...overrides] = resources.map((some) =>
    some.map(([name, resource]) => declaredAs(name, resource, shared.has(name))),
  );
  const declared = [base, ...overrides.filter(({ length }) => length > 0)];
  const lock = workload.lock?.document;
  const versions = Object.entries(lock?.capabilities ?? {}).map(([name, { version }]) => [name, version]);
  return {
    identities: JSON.stringify(lock === undefined ? [] : [lock.namespace, lock.instances, lock.workload ?? null]),
    declares: JSON.stringify([declared, versions]),
  };
}

interface Resource {
  readonly type: Json | undefined;
  readonly id: Json | undefined;
  readonly hasParams: boolean;
}

function resourcesIn(document: Json | undefined): readonly (readonly [name: string, Resource])[] {
  const resources = property(document, 'resources');
  if (!isObject(resources)) return [];
  return Object.entries(resources).map(([name, resource]) => {
    const field = (key: string) => property(resource, key);
    return [name, { type: field('type'), id: field('id'), hasParams: field('params') !== undefined }];
  });
}

/** Who owns a shared instance is who writes its parameters. */
function declaredAs(name: string, { type = null, id = null, hasParams }: Resource, isShared: boolean) {
  return isShared ? [name, type, id, hasParams] : [name, type, id];
}
