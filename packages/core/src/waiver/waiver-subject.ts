import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, kindOf, nameOf, parseReference, refOf } from '../catalog/entity-reference.ts';
import { nearest, quote } from '../finding/did-you-mean.ts';

/** What a waiver's subject can name. */
export interface KnownSubjects {
  readonly catalog: Catalog;
  /** By name. */
  readonly workloads: ReadonlyMap<string, unknown>;
  readonly capabilities: ReadonlyMap<string, unknown>;
  readonly environments: ReadonlyMap<string, unknown>;
  /** By the name of the file, in lower case as references are. */
  readonly workflows: ReadonlyMap<string, unknown>;
  readonly settings: { readonly name: string };
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

/** What was most likely meant: something of the same kind whose name is near. */
export function nearestSubject(ref: EntityRef, known: KnownSubjects): string | undefined {
  const kind = kindOf(ref);
  const refs = [
    ...known.catalog.refs([kind]),
    ...[...othersOf(kind, known).keys()].map((name) => refOf(kind, 'default', name)),
  ];
  const name = nearest(nameOf(ref), refs.map(nameOf));
  const meant = refs.find((each) => nameOf(each) === name);
  return meant && `did you mean ${quote(shortReference(meant))}?`;
}

/** `component:checkout` for `component:default/checkout`, as people write it. */
export function shortReference(ref: EntityRef): string {
  return ref.replace(':default/', ':');
}

const none: ReadonlyMap<string, unknown> = new Map();

/** What is no entity of the catalog; a service that lacks its Component is a finding of its own. */
function othersOf(
  kind: string,
  { workloads, capabilities, environments, workflows, settings }: KnownSubjects,
): ReadonlyMap<string, unknown> {
  switch (kind) {
    case 'component':
      return workloads;
    case 'capability':
      return capabilities;
    case 'environment':
      return environments;
    case 'workflow':
      return workflows;
    case 'platform':
      return new Map([[settings.name, undefined]]);
    default:
      return none;
  }
}
