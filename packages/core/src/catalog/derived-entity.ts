import type { Position } from '../finding/finding.ts';
import { type JsonObject, property, stringOf } from '../json/json.ts';
import type { Workload } from '../workload/workload.ts';
import { type CatalogEntity, specString } from './entity.ts';
import { type EntityRef, parseReference, refOf } from './entity-reference.ts';

/** An entity that nobody writes: what a service's Score file and lock already say (design, section 4). */
export interface DerivedEntity extends CatalogEntity {
  /** The service that asked for it. */
  readonly service: string;
  /** The resource's name in its Score file; for what a capability requires, the path to it: `db/store`. */
  readonly path: string;
  /** Where the Score file asks for it; looked up only when somebody wants to know. */
  place(): Position;
}

/** A relation that Score says, and that no entity has a field for. */
export interface DerivedDependency {
  readonly from: EntityRef;
  readonly to: EntityRef;
}

/** What the services' Score files and locks add to the catalog. */
export interface DerivedCatalog {
  readonly resources: readonly DerivedEntity[];
  /** A component depends on the component of each service that it calls. */
  readonly dependencies: readonly DerivedDependency[];
}

/**
 * The Resource entities of all instances of capabilities, and the dependencies between services.
 *
 * A resource is named as its instance: the one name that is unique in the repository, never changes, and is what
 * runs in the cluster. It is owned by the owner of the service, part of its system, and a dependency of its
 * component; what a capability requires is a dependency of what requires it. An instance that no lock has named yet
 * has no entity: `resolve/lock-missing` and `resolve/lock-outdated` say so.
 */
export function derivedCatalog(workloads: Iterable<Workload>): DerivedCatalog {
  const resources: DerivedEntity[] = [];
  const dependencies: DerivedDependency[] = [];
  for (const workload of workloads) {
    resources.push(...derivedResources(workload));
    dependencies.push(...calledComponents(workload));
  }
  return { resources, dependencies };
}

/** How the component of a service is named: services are in the namespace `default`. */
export function componentOf(service: string): EntityRef {
  return refOf('component', 'default', service);
}

function derivedResources(workload: Workload): readonly DerivedEntity[] {
  const { service, lock } = workload;
  const instances = new Map(Object.entries(lock?.document.instances ?? {}));
  return [...instances].map(([path, instance]): DerivedEntity => {
    const above = instances.get(path.slice(0, path.lastIndexOf('/')));
    return {
      ref: refOf('resource', 'default', instance.name),
      kind: 'resource',
      name: instance.name,
      namespace: 'default',
      service,
      path,
      value: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Resource',
        metadata: {
          name: instance.name,
          title: `${path} of ${service}`,
          annotations: {
            'idp.internal/capability': `${instance.capability}@${lock?.document.capabilities[instance.capability]?.version ?? ''}`,
            'idp.internal/instance': instance.id,
            'idp.internal/service': service,
          },
        },
        spec: {
          type: instance.capability,
          ...ownerAndSystem(workload),
          dependencyOf: [above === undefined ? componentOf(service) : refOf('resource', 'default', above.name)],
        },
      },
      place: () => resourcePlace(workload, path),
    };
  });
}

function ownerAndSystem({ entity }: Workload): JsonObject {
  if (entity === undefined) return {};
  const named = (field: string, kind: string): EntityRef | undefined =>
    parseReference(specString(entity, field) ?? '', { kind, namespace: entity.namespace });
  const owner = named('owner', 'group');
  const system = named('system', 'system');
  return { ...(owner !== undefined && { owner }), ...(system !== undefined && { system }) };
}

/** The Score file, or the override, that declares the resource. */
function resourcePlace({ score, overrides }: Workload, path: string): Position {
  const [name = path] = path.split('/');
  const declaring = [score, ...overrides.values()].find(
    ({ documents }) => property(property(documents[0], 'resources'), name) !== undefined,
  );
  return (declaring ?? score).locate(['resources', name], 'key');
}

/** Over the base and all overrides: what a service calls in any environment concerns it. */
function calledComponents({ service, score, overrides }: Workload): readonly DerivedDependency[] {
  const called = new Set<string>();
  for (const { documents } of [score, ...overrides.values()]) {
    const resources = property(documents[0], 'resources');
    if (typeof resources !== 'object' || resources === null) continue;
    for (const [name, resource] of Object.entries<unknown>(resources)) {
      const base = property(property(score.documents[0], 'resources'), name);
      const type = property(resource, 'type') ?? property(base, 'type');
      if (type !== 'service') continue;
      called.add(stringOf(property(resource, 'id')) ?? stringOf(property(base, 'id')) ?? name);
    }
  }
  const from = componentOf(service);
  return [...called].sort().map((other) => ({ from, to: componentOf(other) }));
}
