import { compareStrings } from '../json/compare.ts';
import type { DerivedCatalog, DerivedEntity } from './derived-entity.ts';
import { type CatalogEntity, type Entity, referencesOf } from './entity.ts';
import type { EntityRef } from './entity-reference.ts';
import { inverseOf, type RelationType, relationTypes } from './relations.ts';

/** What one entity has to do with another. */
export interface Relation {
  readonly type: RelationType;
  readonly target: EntityRef;
}

/** The entities of a catalog, written and derived, and how they belong together, from both ends. */
export interface CatalogGraph {
  /** Sorted by reference; of several with one reference the first. */
  readonly entities: readonly (Entity | DerivedEntity)[];
  get(ref: EntityRef): Entity | DerivedEntity | undefined;
  /** Each once, also those to entities that do not exist; in the order of `relationTypes`, then by target. */
  relationsOf(ref: EntityRef): readonly Relation[];
}

/** Whether an entity is derived from a Score file, and written in no file of the catalog. */
export function isDerived(entity: CatalogEntity): entity is DerivedEntity {
  return 'place' in entity;
}

/**
 * Relations as Backstage's BuiltinKindsEntityProcessor emits them: each field makes one at either end, and what both
 * ends say is there once. A dependency that Score says is one like any other.
 *
 * The cost is that of all references: linear.
 */
export function catalogGraph(written: readonly Entity[], derived: DerivedCatalog): CatalogGraph {
  const byRef = new Map<EntityRef, Entity | DerivedEntity>();
  const edges = new Map<EntityRef, Map<string, Relation>>();
  const connect = (from: EntityRef, type: RelationType, target: EntityRef): void => {
    const relations = edges.get(from) ?? new Map<string, Relation>();
    relations.set(`${type} ${target}`, { type, target });
    edges.set(from, relations);
  };
  const relate = (from: EntityRef, type: RelationType, to: EntityRef): void => {
    connect(from, type, to);
    connect(to, inverseOf(type), from);
  };
  for (const entity of [...written, ...derived.resources]) {
    if (byRef.has(entity.ref)) continue;
    byRef.set(entity.ref, entity);
    for (const reference of referencesOf(entity)) {
      const target = reference.target;
      if (target !== undefined) relate(entity.ref, reference.field.relation, target);
    }
  }
  for (const { from, to } of derived.dependencies) relate(from, 'dependsOn', to);
  const order = new Map(relationTypes.map((type, index) => [type, index]));
  return {
    entities: [...byRef.values()].sort((a, b) => compareStrings(a.ref, b.ref)),
    get: (ref) => byRef.get(ref),
    relationsOf: (ref) =>
      [...(edges.get(ref)?.values() ?? [])].sort(
        (a, b) => (order.get(a.type) ?? 0) - (order.get(b.type) ?? 0) || compareStrings(a.target, b.target),
      ),
  };
}
