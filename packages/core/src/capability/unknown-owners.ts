import type { Catalog } from '../catalog/catalog.ts';
import { parseReference } from '../catalog/entity-reference.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Capability } from './capability.ts';

/** A capability whose owner is nobody has nobody to ask, and nobody who approves its changes. */
export function unknownOwners(capabilities: ReadonlyMap<string, Capability>, catalog: Catalog): readonly Finding[] {
  const all = [...capabilities.values()];
  const [first] = all;
  // Where there is no group at all, the catalog is missing, and each capability would say the same.
  if (first !== undefined && all.length > 1 && catalog.refs(['group', 'user']).length === 0)
    return [
      {
        code: 'capability/unknown-owner',
        severity: 'error',
        message: `the catalog has no group: the owners of all ${all.length} capabilities do not exist`,
        hint: 'add the groups to catalog/',
        ...first.source.locate(['spec', 'owner']),
      },
    ];
  return all.flatMap(({ document, source }): readonly Finding[] => {
    const { owner } = document.spec;
    const ref = parseReference(owner, { kind: 'group' });
    if (ref !== undefined && catalog.get(ref) !== undefined) return [];
    const hint = didYouMean(ref ?? owner, catalog.refs(['group'])) ?? 'add the group to catalog/';
    return [
      {
        code: 'capability/unknown-owner',
        severity: 'error',
        message: `owner names ${quote(owner)}, which does not exist`,
        hint,
        ...source.locate(['spec', 'owner']),
      },
    ];
  });
}
