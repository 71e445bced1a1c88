import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import { isObject, type Json, property } from '../../json/json.ts';
import type { Pointer } from '../../json/pointer.ts';
import { type CatalogKind, entitySchemaOf, isCatalogKind } from '../entity.schema.ts';
import type { CatalogRule, RuleViolation } from '../rule.ts';

const system = (field: string) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: group:default/team-payments, ${field}: payments }
`;

/** Maps below `metadata` and `spec` whose fields the format lists; annotations, labels and links are anybody's. */
const closed: readonly Pointer[] = [['metadata'], ['spec'], ['spec', 'profile']];

export const unknownField: CatalogRule = {
  code: 'catalog/unknown-field',
  severity: 'warning',
  title: 'A field has a name that the format knows',
  why: 'Backstage accepts fields that it does not know, so that a misspelt one is silently ignored.',
  mend: 'Mend the name of the field; the hint names the nearest one. A field that your Backstage plugins know may stay.',
  examples: {
    fails: { 'catalog/loyalty.yaml': system('domian') },
    passes: { 'catalog/loyalty.yaml': system('domain') },
  },
  *check({ kind, value }) {
    if (isCatalogKind(kind)) yield* unknownEntityFields(kind, value);
  },
};

/** The fields of an entity that its kind does not have, where the format lists them. */
export function* unknownEntityFields(kind: CatalogKind, value: Json): Generator<RuleViolation> {
  const schema: unknown = entitySchemaOf(kind, value);
  for (const pointer of closed) yield* unknownFields(value, schema, pointer, kind);
}

function* unknownFields(value: Json, schema: unknown, pointer: Pointer, kind: string): Generator<RuleViolation> {
  const known = pointer.reduce((inner, step) => property(property(inner, 'properties'), String(step)), schema);
  const fields = property(known, 'properties');
  const written = pointer.reduce<Json | undefined>((inner, step) => property(inner, String(step)), value);
  if (!isObject(fields) || !isObject(written)) return;
  for (const field of Object.keys(written)) {
    // Backstage's own convention for what a plugin adds: a name with a domain.
    if (Object.hasOwn(fields, field) || field.includes('/')) continue;
    yield {
      at: [...pointer, field],
      part: 'key',
      message: `${quote(field)} is not a field of \`${pointer.join('.')}\` of a ${kind}`,
      hint: didYouMean(field, Object.keys(fields)) ?? 'remove it, or keep it if a plugin of your Backstage reads it',
    };
  }
}
