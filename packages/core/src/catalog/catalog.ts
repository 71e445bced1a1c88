import type { Entity } from './entity.ts';
import { type EntityRef, kindOf } from './entity-reference.ts';

/** All entities of one snapshot. */
export interface Catalog {
  readonly entities: readonly Entity[];
  /** The first entity of that name. */
  get(ref: EntityRef): Entity | undefined;
  /** Every entity of that name: more than one is a finding. */
  all(ref: EntityRef): readonly Entity[];
  /** The references of all entities of these kinds. */
  refs(kinds: readonly string[]): readonly EntityRef[];
}

export function catalogOf(entities: readonly Entity[]): Catalog {
  const byRef = new Map<EntityRef, Entity[]>();
  for (const entity of entities) {
    const same = byRef.get(entity.ref);
    if (same === undefined) byRef.set(entity.ref, [entity]);
    else same.push(entity);
  }
  return {
    entities,
    get: (ref) => byRef.get(ref)?.[0],
    all: (ref) => byRef.get(ref) ?? [],
    refs: (kinds) => [...byRef.keys()].filter((ref) => kinds.includes(kindOf(ref))),
  };
}
