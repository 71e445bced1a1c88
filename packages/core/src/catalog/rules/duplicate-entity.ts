import { quote } from '../../finding/did-you-mean.ts';
import { placeOf } from '../entity.ts';
import type { CatalogRule } from '../rule.ts';

const loyalty = `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: group:default/team-payments }
`;

export const duplicateEntity: CatalogRule = {
  code: 'catalog/duplicate-entity',
  severity: 'error',
  title: 'An entity is there once',
  why: 'Of two entities of one name Backstage keeps whichever it read first; names are compared without case.',
  mend: 'Keep one of the two, or give one another name.',
  examples: {
    fails: { 'catalog/loyalty.yaml': loyalty, 'catalog/systems/loyalty.yaml': loyalty.replace('loyalty', 'Loyalty') },
    passes: { 'catalog/loyalty.yaml': loyalty },
  },
  *check(entity, catalog) {
    const other = catalog.all(entity.ref).find((candidate) => candidate !== entity);
    if (other === undefined) return;
    const place = placeOf(other, ['metadata', 'name']);
    const sameText = other.name === entity.name && other.namespace === entity.namespace;
    yield {
      at: ['metadata', 'name'],
      message: sameText
        ? `${quote(entity.ref)} is there twice`
        : `${quote(entity.name)} and ${quote(other.name)} differ only in case: both are ${quote(entity.ref)}`,
      hint: `the other one is ${place.path}:${place.line}; keep one of them`,
      related: [{ message: 'the other one', ...place }],
    };
  },
};
