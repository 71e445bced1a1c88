import type { Finding } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { NodePart, Source } from '../source/source.ts';
import { type EntityRef, parseReference, refOf } from './entity-reference.ts';
import { type Reference, relationFields } from './relations.ts';

/** One entity of the catalog, in its file. */
export interface Entity {
  readonly ref: EntityRef;
  /** In lower case: `component`. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: Json;
  readonly source: Source;
  readonly document: number;
}

export function entityOf(source: Source, document: number): Entity | undefined {
  const value = source.documents[document] ?? null;
  const kind = stringOf(property(value, 'kind'))?.toLowerCase();
  const metadata = property(value, 'metadata');
  const name = stringOf(property(metadata, 'name'));
  if (kind === undefined || name === undefined) return undefined;
  const namespace = stringOf(property(metadata, 'namespace')) ?? 'default';
  return { ref: refOf(kind, namespace, name), kind, name, namespace, value, source, document };
}

/** A string of the entity's spec, or `undefined`. */
export function specString(entity: Entity, field: string): string | undefined {
  return stringOf(property(property(entity.value, 'spec'), field));
}

/** All references in the relation fields of an entity's spec. */
export function referencesOf(entity: Entity): readonly Reference[] {
  const spec = property(entity.value, 'spec');
  return relationFields
    .filter((field) => field.kind === entity.kind)
    .flatMap((field): readonly Reference[] => {
      const value = property(spec, field.field);
      const pointer: Pointer = ['spec', field.field];
      if (!field.many) return typeof value === 'string' ? [{ field, text: value, pointer }] : [];
      if (!Array.isArray(value)) return [];
      return value.flatMap((item: Json, index) =>
        typeof item === 'string' ? [{ field, text: item, pointer: [...pointer, index] }] : [],
      );
    });
}

/** The entity that a reference means, whether it exists or not. */
export function targetOf(entity: Entity, reference: Reference): EntityRef | undefined {
  const { defaultKind } = reference.field;
  return parseReference(reference.text, {
    namespace: entity.namespace,
    ...(defaultKind !== undefined && { kind: defaultKind }),
  });
}

/** A finding at a place of an entity. */
export function findingAt(
  entity: Entity,
  pointer: Pointer,
  finding: Pick<Finding, 'code' | 'severity' | 'message'> & {
    readonly hint?: string | undefined;
    readonly part?: NodePart;
  },
): Finding {
  const { hint, part, ...rest } = finding;
  return {
    ...rest,
    ...(hint !== undefined && { hint }),
    subject: entity.ref,
    ...entity.source.locate(pointer, part ?? 'value', entity.document),
  };
}
