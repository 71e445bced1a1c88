import { quote } from '../../finding/did-you-mean.ts';
import type { CatalogRule } from '../rule.ts';

const resource = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: ${name} }
spec: { type: database, owner: group:default/team-payments }
`;

export const derivedResource: CatalogRule = {
  code: 'catalog/derived-resource',
  severity: 'error',
  title: 'The instance of a capability is not written into the catalog by hand',
  why: 'Its Resource entity, its owner and what depends on it come from the Score file and the lock. What is written twice disagrees one day.',
  mend: 'Remove the entity. `idp catalog` shows the one that is derived.',
  examples: {
    fails: { 'catalog/databases.yaml': resource('checkout-db-nz494') },
    passes: { 'catalog/databases.yaml': resource('loyalty-points') },
  },
  *check(entity, catalog) {
    if (entity.kind !== 'resource') return;
    const derived = catalog.derived(entity.ref);
    if (derived === undefined) return;
    yield {
      at: ['metadata', 'name'],
      message: `${quote(entity.ref)} is ${quote(derived.path)} of the service ${quote(derived.service)}: nobody has to write it`,
      hint: 'remove this entity',
      related: [{ message: 'it comes from here', ...derived.place() }],
    };
  },
};
