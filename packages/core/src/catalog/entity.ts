import type { Finding, Position, RelatedPlace } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { NodePart, Source } from '../source/source.ts';
import { type EntityRef, parseReference, refOf } from './entity-reference.ts';
import { type Reference, relationFieldsOf } from './relations.ts';

/** What every entity has, wherever it comes from. */
export interface CatalogEntity {
  readonly ref: EntityRef;
  /** In lower case: `component`. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: Json;
}

/** One entity of the catalog, in its file. */
export interface Entity extends CatalogEntity {
  readonly source: Source;
  readonly document: number;
}

/**
 * The entity of a document; `undefined` for one that has no kind or no name.
 *
 * @param value the document with what other files hold put into it
 */
export function entityOf(
  source: Source,
  document: number,
  value: Json = source.documents[document] ?? null,
): Entity | undefined {
  const kind = stringOf(property(value, 'kind'))?.toLowerCase();
  const metadata = property(value, 'metadata');
  const name = stringOf(property(metadata, 'name'));
  if (kind === undefined || name === undefined) return undefined;
  const namespace = stringOf(property(metadata, 'namespace')) ?? 'default';
  return { ref: refOf(kind, namespace, name), kind, name, namespace, value, source, document };
}

/** A string of the entity's spec, or `undefined`. */
export function specString(entity: CatalogEntity, field: string): string | undefined {
  return stringOf(property(property(entity.value, 'spec'), field));
}

/** All references in the relation fields of an entity's spec. */
export function referencesOf(entity: CatalogEntity): readonly Reference[] {
  const spec = property(entity.value, 'spec');
  const references: Reference[] = [];
  for (const field of relationFieldsOf(entity.kind)) {
    const value = property(spec, field.field);
    if (!field.many) {
      if (typeof value === 'string') references.push({ field, text: value, pointer: ['spec', field.field] });
    } else if (Array.isArray(value)) {
      value.forEach((item: Json, index) => {
        if (typeof item === 'string') references.push({ field, text: item, pointer: ['spec', field.field, index] });
      });
    }
  }
  return references;
}

/** The entity that a reference means, whether it exists or not. */
export function targetOf(entity: CatalogEntity, { field, text }: Reference): EntityRef | undefined {
  const { namespace } = entity;
  const { defaultKind: kind } = field;
  return parseReference(text, kind === undefined ? { namespace } : { namespace, kind });
}

/** Where a value of an entity stands. */
export function placeOf(entity: Entity, pointer: Pointer, part: NodePart = 'value'): Position {
  return entity.source.locate(pointer, part, entity.document);
}

/** A finding at a place of an entity. */
export function findingAt(
  entity: Entity,
  pointer: Pointer,
  finding: Pick<Finding, 'code' | 'severity' | 'message'> & {
    readonly hint?: string | undefined;
    readonly part?: NodePart;
    readonly related?: readonly RelatedPlace[];
  },
): Finding {
  const { hint, part, ...rest } = finding;
  return { ...rest, ...(hint !== undefined && { hint }), subject: entity.ref, ...placeOf(entity, pointer, part) };
}
