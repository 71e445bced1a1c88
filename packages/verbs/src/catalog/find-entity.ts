import { type CatalogGraph, didYouMean, type EntityRef, nameOf, nearest, parseReference, quote } from '@idp/core';
import { usage } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';

type GraphEntity = CatalogGraph['entities'][number];

/** The kinds that people mean by a bare name, before all others. */
const first = ['component', 'system', 'group'];

/**
 * The entity that a person names: `[kind:][namespace/]name`. Without a kind the name has to be that of one entity, of
 * the namespace `default` before all others, or of one component, system or group.
 */
export function findEntity(graph: CatalogGraph, written: string): GraphEntity | VerbResult {
  const ref = parseReference(written, { kind: '' });
  if (ref === undefined)
    return usage('reference', `${quote(written)} is not a reference`, 'write `<name>` or `<kind>:<namespace>/<name>`');
  if (!ref.startsWith(':')) return graph.get(ref) ?? unknownOfKind(graph, written, ref);
  const here = graph.entities.filter((entity) => entity.ref.endsWith(ref));
  const anywhere = graph.entities.filter((entity) => !written.includes('/') && nameOf(entity.ref) === nameOf(ref));
  const named = here.length > 0 ? here : anywhere;
  const preferred = first.flatMap((kind) => named.filter((entity) => entity.kind === kind));
  const [entity] = preferred.length > 0 ? preferred : named;
  if (entity === undefined)
    return unknown(
      written,
      written,
      graph.entities.map(({ name }) => name),
    );
  const others = named.filter((other) => other !== entity);
  if (others.length > 0 && preferred[0] === undefined) {
    const refs = named.map((each) => each.ref).join(', ');
    return usage('ambiguous', `${quote(written)} is the name of several entities`, `one of ${refs}`);
  }
  return entity;
}

/** The owner that a person names; a bare name is a group. */
export function findOwner(graph: CatalogGraph, written: string): EntityRef | VerbResult {
  const ref = parseReference(written, { kind: 'group' });
  const owners = graph.entities.filter(({ kind }) => kind === 'group' || kind === 'user');
  if (ref !== undefined && owners.some((owner) => owner.ref === ref)) return ref;
  const isBare = !/[:/]/.test(written);
  const hint = isBare
    ? didYouMean(
        written,
        owners.filter(({ kind }) => kind === 'group').map(({ name }) => name),
      )
    : didYouMean(
        ref ?? written,
        owners.map((owner) => owner.ref),
      );
  return usage('unknown-owner', `there is no owner ${quote(written)}`, hint ?? '`idp catalog --kind=group` lists them');
}

/** The nearest name of the same kind, else the same name of another kind. */
function unknownOfKind(graph: CatalogGraph, written: string, ref: EntityRef): VerbResult {
  const kind = ref.slice(0, ref.indexOf(':'));
  const refs = graph.entities.map((entity) => entity.ref);
  const ofKind = refs.filter((other) => other.startsWith(`${kind}:`));
  const near = nearest(nameOf(ref), ofKind.map(nameOf));
  const best =
    ofKind.find((other) => nameOf(other) === near) ?? refs.find((other) => nameOf(other) === nameOf(ref)) ?? ref;
  if (best !== ref) return unknown(written, best, [best]);
  return unknown(written, ref, ofKind, ofKind.length === 0 ? undefined : `\`idp catalog --kind=${kind}\` lists them`);
}

function unknown(
  written: string,
  compared: string,
  names: readonly string[],
  otherwise = '`idp catalog` lists them all',
): VerbResult {
  const hint = didYouMean(compared, names) ?? otherwise;
  return usage('unknown-entity', `there is no entity ${quote(written)}`, hint);
}
