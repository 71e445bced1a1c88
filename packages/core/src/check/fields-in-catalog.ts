import { relationFields } from '../catalog/relations.ts';
import type { Pointer } from '../json/pointer.ts';

/** The fields of `spec` by which an entity names others. */
const naming: ReadonlySet<string> = new Set(relationFields.map(({ field }) => field));
/** Relations whose field has another name (Backstage, "Well-known relations"). */
const fieldOf: ReadonlyMap<string, string> = new Map([
  ['ownedBy', 'owner'],
  ['partOf', 'system'],
  ['childOf', 'parent'],
  ['parentOf', 'children'],
  ['hasMember', 'members'],
  ['providesApi', 'providesApis'],
  ['consumesApi', 'consumesApis'],
]);

/**
 * Where an entity's own document says what an expression reads of `catalog.entity`: `catalog.entity.owner.kind` is about the
 * field `spec.owner`. What is read of other entities is no field of it.
 *
 * @param paths from the variable on: `['catalog', 'entity', 'owner', 'kind']`
 */
export function fieldsInCatalog(paths: readonly Pointer[]): readonly Pointer[] {
  return paths.flatMap(([variable, part, step, ...rest]) => {
    if (variable !== 'catalog' || part !== 'entity' || typeof step !== 'string') return [];
    const field = fieldOf.get(step) ?? step;
    return naming.has(field) ? [['spec', field]] : [[step, ...rest]];
  });
}
