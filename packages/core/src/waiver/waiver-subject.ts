import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, kindOf, nameOf, parseReference, refOf } from '../catalog/entity-reference.ts';

/** What a waiver's subject can name. */
export interface KnownSubjects {
  readonly catalog: Catalog;
  /** By name. */
  readonly services: ReadonlyMap<string, unknown>;
  readonly capabilities: ReadonlyMap<string, unknown>;
  readonly environments: ReadonlyMap<string, unknown>;
}

/** A service is the component of its name (docs/catalog.md), under whichever of both it is written. */
export function serviceRef(service: string): EntityRef {
  return refOf('component', 'default', service);
}

/** Reads `component:checkout` or `service:checkout`; without a kind it is a component. */
export function parseSubject(text: string): EntityRef | undefined {
  const ref = parseReference(text, { kind: 'component' });
  return ref !== undefined && kindOf(ref) === 'service' ? serviceRef(nameOf(ref)) : ref;
}

/** Whether there is something of that name to be excused. */
export function isKnownSubject(ref: EntityRef, known: KnownSubjects): boolean {
  return known.catalog.has(ref) || (ref.includes(':default/') && othersOf(kindOf(ref), known).has(nameOf(ref)));
}

/** All that could have been meant, of the same kind if there is any of it. */
export function subjectsLike(ref: EntityRef, known: KnownSubjects): readonly string[] {
  const kind = kindOf(ref);
  const others = [...othersOf(kind, known).keys()].map((name) => refOf(kind, 'default', name));
  const same = [...known.catalog.refs([kind]), ...others];
  return [...new Set(same.length > 0 ? same : known.catalog.refs(['component']))].map(shortReference);
}

/** `component:checkout` for `component:default/checkout`, as people write it. */
export function shortReference(ref: EntityRef): string {
  return ref.replace(':default/', ':');
}

const none: ReadonlyMap<string, unknown> = new Map();

/** What is no entity of the catalog; a service that lacks its Component is a finding of its own. */
function othersOf(kind: string, { services, capabilities, environments }: KnownSubjects): ReadonlyMap<string, unknown> {
  switch (kind) {
    case 'component':
      return services;
    case 'capability':
      return capabilities;
    case 'environment':
      return environments;
    default:
      return none;
  }
}
