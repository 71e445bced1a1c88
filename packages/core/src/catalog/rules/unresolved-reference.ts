import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import type { Catalog } from '../catalog.ts';
import { referencesOf } from '../entity.ts';
import { type EntityRef, kindOf, nameOf } from '../entity-reference.ts';
import type { Reference } from '../relations.ts';
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
      const target = reference.target;
      if (target === undefined || catalog.has(target)) continue;
      // Another rule says that no entity of this kind could be meant.
      if (!reference.field.allowedKinds.includes(kindOf(target))) continue;
      yield {
        at: reference.pointer,
        message: `${reference.field.field} names ${quote(reference.text)}, which does not exist`,
        hint: nearestName(catalog, reference, target) ?? 'add it to catalog/, or name one that exists',
      };
    }
  },
};

/**
 * To look for the nearest of ten thousand names takes milliseconds. One missing entity that all name is looked for
 * once, and of very many missing ones the first.
 */
const maxSearches = 200;
const searched = new WeakMap<Catalog, Map<string, string | undefined>>();

function nearestName(catalog: Catalog, { field, text }: Reference, target: EntityRef): string | undefined {
  const known = searched.get(catalog) ?? new Map<string, string | undefined>();
  searched.set(catalog, known);
  // A reference without a kind is compared with bare names: that is what its author can type.
  const bare = !text.includes(':') && !text.includes('/');
  const key = `${field.allowedKinds.join()} ${bare ? text : target}`;
  if (known.has(key) || known.size >= maxSearches) return known.get(key);
  const candidates = catalog.refs(field.allowedKinds);
  const hint = bare
    ? didYouMean(text, candidates.filter((ref) => kindOf(ref) === field.defaultKind).map(nameOf))
    : didYouMean(target, candidates);
  known.set(key, hint);
  return hint;
}
