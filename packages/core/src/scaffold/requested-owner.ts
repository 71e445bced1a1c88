import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, nameOf, parseReference } from '../catalog/entity-reference.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Outcome } from '../finding/finding.ts';
import { refusal } from './refusal.ts';

/** The group that a person named as the owner: `team-payments`, or the whole reference. */
export function requestedOwner(text: string, catalog: Catalog): Outcome<EntityRef> {
  const ref = parseReference(text, { kind: 'group' });
  if (ref?.startsWith('group:') && catalog.get(ref) !== undefined) return { value: ref, findings: [] };
  const groups = catalog.refs(['group']).map(nameOf);
  return {
    findings: [
      refusal(
        'owner',
        `there is no group ${quote(text)}`,
        didYouMean(ref === undefined ? text : nameOf(ref), groups) ?? 'add it to catalog/ first',
        'option:owner',
      ),
    ],
  };
}
