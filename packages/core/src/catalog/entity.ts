import type { Finding, Position, RelatedPlace } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { NodePart, Source } from '../source/source.ts';
import { type EntityRef, parseReference, refOf } from './entity-reference.ts';
import { type Reference, type RelationField, relationFieldsOf } from './relations.ts';

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

const known = new WeakMap<CatalogEntity, readonly Reference[]>();

/** All references in the relation fields of an entity's spec; read once, because each rule asks for them. */
export function referencesOf(entity: CatalogEntity): readonly Reference[] {
  const before = known.get(entity);
  if (before !== undefined) return before;
  const references = readReferences(entity);
  known.set(entity, references);
  return references;
}

function readReferences({ kind, namespace, value }: CatalogEntity): readonly Reference[] {
  const spec = property(value, 'spec');
  const references: Reference[] = [];
  const add = (field: RelationField, text: Json | undefined, index?: number): void => {
    if (typeof text !== 'string') return;
    const { defaultKind } = field;
    const target = parseReference(text, defaultKind === undefined ? { namespace } : { namespace, kind: defaultKind });
    const pointer: Pointer = index === undefined ? ['spec', field.field] : ['spec', field.field, index];
    references.push({ field, text, pointer, target });
  };
  for (const field of relationFieldsOf(kind)) {
    const written = property(spec, field.field);
    if (!field.many) add(field, written);
    else if (Array.isArray(written)) written.forEach((text: Json, index) => void add(field, text, index));
  }
  return references;
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
