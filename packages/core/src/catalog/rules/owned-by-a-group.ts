import { referencesOf } from '../entity.ts';
import { kindOf } from '../entity-reference.ts';
import type { CatalogRule } from '../rule.ts';

const system = (owner: string) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: ${owner} }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: robin }
spec: { memberOf: [team-payments] }
`;

export const ownedByAGroup: CatalogRule = {
  code: 'catalog/owned-by-a-group',
  severity: 'warning',
  title: 'An owner is a group',
  why: 'A person goes on holiday and leaves; a team stays.',
  mend: 'Name a group that the person is a member of.',
  examples: {
    fails: { 'catalog/loyalty.yaml': system('user:default/robin') },
    passes: { 'catalog/loyalty.yaml': system('group:default/team-payments') },
  },
  *check(entity, catalog) {
    for (const reference of referencesOf(entity)) {
      if (reference.field.field !== 'owner') continue;
      const target = reference.target;
      if (target === undefined || kindOf(target) !== 'user' || catalog.get(target) === undefined) continue;
      yield { at: reference.pointer, message: 'the owner is one person', hint: 'name a group of theirs' };
    }
  },
};
