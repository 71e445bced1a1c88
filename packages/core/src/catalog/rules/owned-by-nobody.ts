import { property } from '../../json/json.ts';
import type { Catalog } from '../catalog.ts';
import { referencesOf } from '../entity.ts';
import type { EntityRef } from '../entity-reference.ts';
import type { CatalogRule } from '../rule.ts';

const group = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ${name} }
spec: { type: team, children: [] }
`;
const robin = (team: string) => `---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: robin }
spec: { memberOf: [team-payments${team}] }
`;
const system = `---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: team-loyalty }
`;

export const ownedByNobody: CatalogRule = {
  code: 'catalog/owned-by-nobody',
  severity: 'warning',
  title: 'Somebody is in the group that owns an entity',
  why: 'A group without people answers no question, is on no call and approves nothing. Where a catalog has no people at all, they come from elsewhere, and nothing is said.',
  mend: 'Name another group, or add its people: `memberOf` of a user, `members` of the group, or those of a group below it.',
  examples: {
    fails: { 'catalog/loyalty.yaml': `${group('team-loyalty')}${system}${robin('')}` },
    passes: { 'catalog/loyalty.yaml': `${group('team-loyalty')}${system}${robin(', team-loyalty')}` },
  },
  *check(entity, catalog) {
    if (entity.kind === 'template' && property(property(entity.value, 'spec'), 'owner') === undefined) {
      yield { at: ['spec'], part: 'key', message: 'nobody owns this template', hint: 'add `owner:` to its `spec`' };
      return;
    }
    for (const reference of referencesOf(entity)) {
      if (reference.field.relation !== 'ownedBy') continue;
      const target = reference.target;
      if (target === undefined || catalog.get(target)?.kind !== 'group') continue;
      const { populated, anybody } = populationOf(catalog);
      if (!anybody || populated.has(target)) continue;
      yield {
        at: reference.pointer,
        message: `nobody is in the group ${target}`,
        hint: 'name a group with people, or add them to this one',
      };
    }
  },
};

interface Population {
  /** Whether the catalog knows any person at all. */
  readonly anybody: boolean;
  /** Groups with a person in them, or in a group below. */
  readonly populated: ReadonlySet<EntityRef>;
}

const known = new WeakMap<Catalog, Population>();

function populationOf(catalog: Catalog): Population {
  const before = known.get(catalog);
  if (before !== undefined) return before;
  const parents = new Map<EntityRef, EntityRef[]>();
  const waiting: EntityRef[] = [];
  let anybody = false;
  for (const entity of catalog.entities) {
    if (entity.kind === 'user') anybody = true;
    else if (entity.kind !== 'group') continue;
    for (const reference of referencesOf(entity)) {
      const target = reference.target;
      if (target === undefined) continue;
      const { relation } = reference.field;
      if (relation === 'memberOf') waiting.push(target);
      else if (relation === 'hasMember') {
        anybody = true;
        waiting.push(entity.ref);
      } else {
        const [below, above] = relation === 'childOf' ? [entity.ref, target] : [target, entity.ref];
        parents.set(below, [...(parents.get(below) ?? []), above]);
      }
    }
  }
  const populated = new Set<EntityRef>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (populated.has(next)) continue;
    populated.add(next);
    waiting.push(...(parents.get(next) ?? []));
  }
  const population = { anybody, populated };
  known.set(catalog, population);
  return population;
}
