import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import { isObject, property } from '../../json/json.ts';
import { entitySchemas, isCatalogKind } from '../entity.schema.ts';
import type { CatalogRule } from '../rule.ts';

const system = (field: string) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: group:default/team-payments, ${field}: payments }
`;

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
  *check(entity) {
    if (!isCatalogKind(entity.kind)) return;
    const known = Object.keys(entitySchemas[entity.kind].properties.spec.properties);
    const spec = property(entity.value, 'spec');
    if (!isObject(spec)) return;
    for (const field of Object.keys(spec)) {
      if (known.includes(field)) continue;
      yield {
        at: ['spec', field],
        part: 'key',
        message: `${quote(field)} is not a field of a ${entity.kind}'s spec`,
        hint: didYouMean(field, known),
      };
    }
  },
};
