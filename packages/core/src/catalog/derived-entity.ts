import type { Capability } from '../capability/capability.ts';
import type { Position } from '../finding/finding.ts';
import { isObject, type JsonObject, property, stringOf } from '../json/json.ts';
import { readablePath, resourceOfPath } from '../resolve/requirement-path.ts';
import type { Instance } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';
import type { Workload } from '../workload/workload.ts';
import { type CatalogEntity, specString } from './entity.ts';
import { type EntityRef, parseReference, refOf } from './entity-reference.ts';

/** An entity that nobody writes: what a service's Score file and lock already say (design, section 4). */
export interface DerivedEntity extends CatalogEntity {
  /** The service that asked for it. */
  readonly service: string;
  /** The resource's name in its Score file; for what a capability requires, the path to it: `db/store`. */
  readonly path: string;
  /** The Score file, or the override, that asks for it. */
  readonly file: string;
  /** Where it does; looked up only when somebody wants to know. */
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
 * The Resource entities of all instances of capabilities, and what depends on what by Score files and requirements.
 *
 * A resource is named as its instance: the one name that is unique in the repository, never changes, and is what
 * runs in the cluster. It is owned by the owner of the service, part of its system, and a dependency of its
 * component; what a capability requires is a dependency of what requires it. An instance that services share is there
 * once, and all who name it depend on it. An instance that no lock has named yet has no entity:
 * `resolve/lock-missing` and `resolve/lock-outdated` say so.
 */
export function derivedCatalog(
  workloads: readonly Workload[],
  capabilities: ReadonlyMap<string, Capability>,
): DerivedCatalog {
  const shared = sharedInstances(workloads);
  return {
    resources: workloads.flatMap(derivedResources),
    dependencies: workloads.flatMap((workload) => [
      ...namedElsewhere(workload, shared),
      ...requiredElsewhere(workload, capabilities, shared),
    ]),
  };
}

/** How the component of a service is named: services are in the namespace `default`. */
export function componentOf(service: string): EntityRef {
  return refOf('component', 'default', service);
}

function resourceOf({ name }: Instance): EntityRef {
  return refOf('resource', 'default', name);
}

function derivedResources(workload: Workload): readonly DerivedEntity[] {
  const { service, lock } = workload;
  if (lock === undefined) return [];
  const { instances, capabilities } = lock.document;
  const spec = ownerAndSystem(workload);
  return Object.entries(instances).map(([path, instance]): DerivedEntity => {
    const above = path.slice(0, path.lastIndexOf('/'));
    const requiredBy = Object.hasOwn(instances, above) ? instances[above] : undefined;
    const readable = readablePath(path).join('/');
    return {
      ref: resourceOf(instance),
      kind: 'resource',
      name: instance.name,
      namespace: 'default',
      service,
      path: readable,
      value: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Resource',
        metadata: {
          name: instance.name,
          title: `${readable} of ${service}`,
          annotations: {
            'idp.internal/capability': `${instance.capability}@${capabilities[instance.capability]?.version ?? ''}`,
            'idp.internal/instance': instance.id,
            'idp.internal/service': service,
          },
        },
        spec: {
          type: instance.capability,
          ...spec,
          dependencyOf: [requiredBy === undefined ? componentOf(service) : resourceOf(requiredBy)],
        },
      },
      ...origin(workload, path),
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

/** The Score file, or the override, that declares the resource; for what the workload itself requires, its name. */
function origin({ score, overrides }: Workload, path: string): Pick<DerivedEntity, 'file' | 'place'> {
  const name = resourceOfPath(path);
  if (name === undefined) return { file: score.path, place: () => score.locate(['metadata', 'name']) };
  const declares = ({ documents }: Source): boolean =>
    property(property(documents[0], 'resources'), name) !== undefined;
  const source = declares(score) ? score : ([...overrides.values()].find(declares) ?? score);
  return { file: source.path, place: () => source.locate(['resources', name], 'key') };
}

/** A resource as the Score files name it, over the base and all overrides: what holds anywhere concerns it. */
interface NamedResource {
  readonly name: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly hasParams: boolean;
}

function namedResources({ score, overrides }: Workload): readonly NamedResource[] {
  const base = property(score.documents[0], 'resources');
  const named: NamedResource[] = [];
  for (const { documents } of [score, ...overrides.values()]) {
    const resources = property(documents[0], 'resources');
    if (!isObject(resources)) continue;
    for (const [name, resource] of Object.entries(resources)) {
      const field = (key: string) => property(resource, key) ?? property(property(base, name), key);
      const type = stringOf(field('type'));
      if (type === undefined) continue;
      named.push({ name, type, id: stringOf(field('id')), hasParams: field('params') !== undefined });
    }
  }
  return named;
}

/** The instances that services share, by type and id, and those of each type. */
interface SharedInstances {
  get(type: string, id: string): EntityRef | undefined;
  /** The one that a requirement means which names none. */
  only(type: string): EntityRef | undefined;
}

/** Whoever writes its `params` has it (docs/decisions.md, "A shared instance belongs to who writes its params"). */
function sharedInstances(workloads: readonly Workload[]): SharedInstances {
  const byType = new Map<string, Map<string, EntityRef>>();
  for (const workload of workloads) {
    const instances = workload.lock?.document.instances ?? {};
    for (const { name, type, id, hasParams } of namedResources(workload)) {
      const instance = Object.hasOwn(instances, name) ? instances[name] : undefined;
      if (id === undefined || !hasParams || instance === undefined) continue;
      const known = byType.get(type) ?? new Map<string, EntityRef>();
      if (!known.has(id)) known.set(id, resourceOf(instance));
      byType.set(type, known);
    }
  }
  return {
    get: (type, id) => byType.get(type)?.get(id),
    only(type) {
      const [first, ...others] = byType.get(type)?.values() ?? [];
      return others.length === 0 ? first : undefined;
    },
  };
}

/** The services that a workload calls, and the instances of others that it reads. */
function namedElsewhere(workload: Workload, shared: SharedInstances): readonly DerivedDependency[] {
  const targets = namedResources(workload).flatMap(({ name, type, id }) => {
    if (type === 'service') return [componentOf(id ?? name)];
    const target = id === undefined ? undefined : shared.get(type, id);
    return target === undefined ? [] : [target];
  });
  const from = componentOf(workload.service);
  return [...new Set(targets)].sort().map((to) => ({ from, to }));
}

/** What the capabilities of a workload require of instances that all services share. */
function requiredElsewhere(
  { service, lock }: Workload,
  capabilities: ReadonlyMap<string, Capability>,
  shared: SharedInstances,
): readonly DerivedDependency[] {
  if (lock === undefined) return [];
  const { instances, workload } = lock.document;
  const users: (readonly [EntityRef, string])[] = Object.values(instances).map((instance) => [
    resourceOf(instance),
    instance.capability,
  ]);
  if (workload !== undefined) users.push([componentOf(service), workload.capability]);
  return users.flatMap(([from, name]) =>
    (capabilities.get(name)?.document.spec.requires ?? []).flatMap(({ capability, instance, id }) => {
      if (instance !== 'environment') return [];
      const to = id === undefined ? shared.only(capability) : shared.get(capability, id);
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}
