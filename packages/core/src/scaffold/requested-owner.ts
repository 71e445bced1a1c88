import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, nameOf, parseReference, refOf } from '../catalog/entity-reference.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Outcome } from '../finding/finding.ts';
import { refusal } from './refusal.ts';

/**
 * The group that a person named: `team-payments`, `payments`, or the whole reference. Teams are called with and without
 * `team-`; the name as it was written counts first.
 *
 * @param option the option that it was given by
 */
export function requestedOwner(text: string, catalog: Catalog, option = 'owner'): Outcome<EntityRef> {
  const ref = parseReference(text, { kind: 'group' });
  if (ref?.startsWith('group:')) {
    const [namespace, name] = [ref.slice('group:'.length, ref.indexOf('/')), nameOf(ref)];
    const other = name.startsWith('team-') ? name.slice('team-'.length) : `team-${name}`;
    const found = [name, other]
      .map((each) => refOf('group', namespace, each))
      .find((each) => catalog.get(each) !== undefined);
    if (found !== undefined) return { value: found, findings: [] };
  }
  const groups = catalog.refs(['group']).map(nameOf);
  return {
    findings: [
      refusal(
        'owner',
        `there is no group ${quote(text)}`,
        didYouMean(ref === undefined ? text : nameOf(ref), groups) ?? 'add it to catalog/ first',
        `option:${option}`,
      ),
    ],
  };
}
