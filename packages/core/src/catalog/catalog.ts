import { once } from '../json/once.ts';
import { type CatalogGraph, catalogGraph } from './catalog-graph.ts';
import type { DerivedCatalog, DerivedEntity } from './derived-entity.ts';
import type { Entity } from './entity.ts';
import { type EntityRef, kindOf } from './entity-reference.ts';

/** All entities of one snapshot. */
export interface Catalog {
  /** Those that somebody wrote. */
  readonly entities: readonly Entity[];
  /** The first written entity of that name. */
  get(ref: EntityRef): Entity | undefined;
  /** Every written entity of that name: more than one is a finding. */
  all(ref: EntityRef): readonly Entity[];
  /** Whether there is such an entity, written or derived. */
  has(ref: EntityRef): boolean;
  /** The entity of that name that Score files and locks say. */
  derived(ref: EntityRef): DerivedEntity | undefined;
  /** The references of all entities of these kinds, written and derived. */
  refs(kinds: readonly string[]): readonly EntityRef[];
  /** Who has to do with whom; computed when somebody asks. */
  graph(): CatalogGraph;
}

const nothing: DerivedCatalog = { resources: [], dependencies: [] };

/**
 * @param derive what Score files and locks add; computed when somebody asks
 */
export function catalogOf(entities: readonly Entity[], derive: () => DerivedCatalog = () => nothing): Catalog {
  const byRef = new Map<EntityRef, Entity[]>();
  for (const entity of entities) {
    const same = byRef.get(entity.ref);
    if (same === undefined) byRef.set(entity.ref, [entity]);
    else same.push(entity);
  }
  const derivation = once(derive);
  const derivedByRef = once(() => new Map(derivation().resources.map((entity) => [entity.ref, entity])));
  const derived = (ref: EntityRef): DerivedEntity | undefined =>
    kindOf(ref) === 'resource' ? derivedByRef().get(ref) : undefined;
  return {
    entities,
    get: (ref) => byRef.get(ref)?.[0],
    all: (ref) => byRef.get(ref) ?? [],
    has: (ref) => byRef.has(ref) || derived(ref) !== undefined,
    derived,
    refs: (kinds) => [
      ...[...byRef.keys()].filter((ref) => kinds.includes(kindOf(ref))),
      ...(kinds.includes('resource') ? [...derivedByRef().keys()].filter((ref) => !byRef.has(ref)) : []),
    ],
    graph: once(() => catalogGraph(entities, derivation())),
  };
}
