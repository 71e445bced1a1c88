import type { Catalog } from '../catalog.ts';
import { type Entity, placeOf, referencesOf } from '../entity.ts';
import { type EntityRef, kindOf } from '../entity-reference.ts';
import { findCycles } from '../find-cycles.ts';
import { inverseOf, type Reference } from '../relations.ts';
import type { CatalogRule } from '../rule.ts';

const domains = (parent: string) => `apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: loyalty }
spec: { owner: group:default/team-payments, subdomainOf: ${parent} }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: points }
spec: { owner: group:default/team-payments, subdomainOf: loyalty }
`;

export const referenceCycle: CatalogRule = {
  code: 'catalog/reference-cycle',
  severity: 'error',
  title: 'Nothing is a part of itself, and no group is its own parent',
  why: 'Who walks up from a part to the whole, or from a team to its department, never arrives.',
  mend: 'Remove one of the references; the message names the whole round.',
  examples: {
    fails: { 'catalog/loyalty.yaml': domains('points') },
    passes: { 'catalog/loyalty.yaml': domains('payments') },
  },
  *check(entity, catalog) {
    const cycle = cyclesOf(catalog).get(entity);
    if (cycle === undefined) return;
    const [first, ...others] = cycle;
    if (first === undefined) return;
    yield {
      at: first.reference.pointer,
      message: others.length === 0 ? `${entity.ref} is above itself` : `this goes round in a circle: ${round(cycle)}`,
      hint: 'remove one of these references',
      related: others.slice(0, maxShown).map(({ entity: other, reference }) => ({
        message: `and ${other.ref}`,
        ...placeOf(other, reference.pointer),
      })),
    };
  },
};

const maxShown = 8;

function round(cycle: readonly Step[]): string {
  const refs = [...cycle, ...cycle.slice(0, 1)].map(({ from }) => from);
  const shown = refs.length > maxShown + 2 ? [...refs.slice(0, maxShown), '…', ...refs.slice(-1)] : refs;
  return shown.join(' → ');
}

/** One step up: from a part to its whole, from a group to its parent. */
interface Step {
  readonly from: EntityRef;
  /** Who says so. */
  readonly entity: Entity;
  readonly reference: Reference;
}

const known = new WeakMap<Catalog, ReadonlyMap<Entity, readonly Step[]>>();

/** The cycles by the entity that reports each: found once for a catalog, in one walk over all references. */
function cyclesOf(catalog: Catalog): ReadonlyMap<Entity, readonly Step[]> {
  const before = known.get(catalog);
  if (before !== undefined) return before;
  const steps = new Map<EntityRef, Map<EntityRef, Step>>();
  for (const entity of catalog.entities) {
    for (const reference of referencesOf(entity)) {
      const target = reference.target;
      if (target === undefined) continue;
      const { relation } = reference.field;
      const up = relation === 'partOf' || relation === 'childOf';
      if (!up && inverseOf(relation) !== 'childOf') continue;
      // No way leads back from a system to a component, or from a domain to a system.
      if (kindOf(target) !== entity.kind) continue;
      const [from, to] = up ? [entity.ref, target] : [target, entity.ref];
      const above = steps.get(from) ?? new Map<EntityRef, Step>();
      if (!above.has(to)) above.set(to, { from, entity, reference });
      steps.set(from, above);
    }
  }
  const cycles = new Map<Entity, readonly Step[]>();
  for (const refs of findCycles(steps.keys(), (ref) => steps.get(ref)?.keys() ?? [])) {
    const cycle = refs.flatMap((ref, index) => steps.get(ref)?.get(refs[(index + 1) % refs.length] ?? ref) ?? []);
    const [first] = cycle;
    if (first !== undefined && !cycles.has(first.entity)) cycles.set(first.entity, cycle);
  }
  known.set(catalog, cycles);
  return cycles;
}
