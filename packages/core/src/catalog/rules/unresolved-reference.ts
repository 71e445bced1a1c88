import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import { referencesOf, targetOf } from '../entity.ts';
import { kindOf, nameOf } from '../entity-reference.ts';
import type { CatalogRule } from '../rule.ts';

const system = (owner: string) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: ${owner} }
`;

export const unresolvedReference: CatalogRule = {
  code: 'catalog/unresolved-reference',
  severity: 'error',
  title: 'Every reference names an entity that exists',
  why: 'Backstage accepts a reference to an entity that does not exist; people then lose hours to it, and nobody is paged for what nobody owns.',
  mend: 'Mend the name; the hint names the nearest one. Or add the entity to `catalog/`.',
  examples: {
    fails: { 'catalog/loyalty.yaml': system('group:default/team-paymnets') },
    passes: { 'catalog/loyalty.yaml': system('group:default/team-payments') },
  },
  *check(entity, catalog) {
    for (const reference of referencesOf(entity)) {
      const target = targetOf(entity, reference);
      if (target === undefined || catalog.has(target)) continue;
      const candidates = catalog.refs(reference.field.allowedKinds);
      // A reference without a kind is compared with bare names: that is what its author can type.
      const bare = !reference.text.includes(':') && !reference.text.includes('/');
      const names = bare
        ? candidates.filter((ref) => kindOf(ref) === reference.field.defaultKind).map(nameOf)
        : candidates;
      yield {
        at: reference.pointer,
        message: `${reference.field.field} names ${quote(reference.text)}, which does not exist`,
        hint: didYouMean(bare ? reference.text : target, names) ?? `add it to catalog/, or name one that exists`,
      };
    }
  },
};
