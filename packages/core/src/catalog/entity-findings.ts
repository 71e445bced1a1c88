import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { Source } from '../source/source.ts';
import { type CatalogKind, entitySchemaOf, entitySchemas } from './entity.schema.ts';
import { entityOf } from './entity.ts';

export interface DescribedEntity {
  readonly kind: CatalogKind;
  readonly value: Json;
  readonly source: Source;
  readonly document: number;
  /** Places whose values nobody knows: what is there is not wrong. */
  readonly unknown: readonly Pointer[];
}

/** Where an entity is not of the form that Backstage's own validators want. */
export function formFindings({ kind, value, source, document, unknown }: DescribedEntity): readonly Finding[] {
  return schemaProblems(entitySchemaOf(kind, value), value, 'ours')
    .filter(({ pointer }) => !unknown.some((place) => isAtOrBelow(pointer, place)))
    .map((problem) => {
      const subject = entityOf(source, document, value)?.ref;
      return {
        // What Backstage only ignores in `metadata` and `spec` is a warning of its own, `catalog/unknown-field`.
        code: problem.kind === 'unknown-field' ? 'catalog/foreign-field' : `catalog/${problem.kind}`,
        severity: 'error',
        message: problem.message,
        ...(problem.hint !== undefined && { hint: problem.hint }),
        ...(subject !== undefined && { subject }),
        ...source.locate(problem.pointer, problem.part, document),
      };
    });
}

function isAtOrBelow(pointer: Pointer, place: Pointer): boolean {
  return place.every((segment, index) => String(segment) === String(pointer[index]));
}

/** Kinds of Backstage that are no part of this platform's catalog. */
const otherKinds = ['airesource'];

/** Why a document is not an entity of the catalog. */
export function notAnEntity(source: Source, document: number, value: Json): Finding {
  const kind = stringOf(property(value, 'kind'));
  if (kind === undefined) {
    return {
      code: 'catalog/not-an-entity',
      severity: 'error',
      message: 'this is not an entity: it needs `apiVersion`, `kind` and `metadata.name`',
      hint: 'write a Backstage entity, or leave the file out by `spec.ignore` in idp.yaml',
      ...source.locate([], 'value', document),
    };
  }
  if (otherKinds.includes(kind.toLowerCase())) {
    return {
      code: 'catalog/not-read',
      severity: 'info',
      message: `the kind ${quote(kind)} is not part of the catalog here: it was not read`,
      hint: 'nothing has to be done',
      ...source.locate(['kind'], 'value', document),
    };
  }
  const kinds = Object.values(entitySchemas).map((schema) => schema.properties.kind.const);
  const hint = didYouMean(kind, kinds) ?? `one of ${kinds.join(', ')}; else leave the file out by \`spec.ignore\``;
  return {
    code: 'catalog/unknown-kind',
    severity: 'error',
    message: `${quote(kind)} is not a kind that the catalog knows`,
    hint,
    ...source.locate(['kind'], 'value', document),
  };
}
