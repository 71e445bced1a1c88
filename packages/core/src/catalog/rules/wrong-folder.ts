import { quote } from '../../finding/did-you-mean.ts';
import { serviceFile } from '../../layout/paths.ts';
import type { CatalogRule } from '../rule.ts';

const robin = `apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: robin }
spec: { memberOf: [team-payments] }
`;

export const wrongFolder: CatalogRule = {
  code: 'catalog/wrong-folder',
  severity: 'error',
  title: 'People and groups are described outside of the folders of services',
  why: 'Groups own services and approve promotions. Whoever may change a service could make themselves a member of the group that has to approve it.',
  mend: 'Move the entity to `catalog/`, where its changes have owners of their own.',
  examples: {
    fails: { 'services/checkout/people.yaml': robin, 'catalog/all.yaml': location('../services/checkout/people.yaml') },
    passes: { 'catalog/robin.yaml': robin },
  },
  *check({ kind, ref, source }) {
    const place = serviceFile(source.path);
    if (place === undefined || (kind !== 'user' && kind !== 'group')) return;
    yield {
      at: ['kind'],
      message: `${quote(ref)} is described in the folder of the service ${quote(place.folder)}`,
      hint: 'move it to catalog/',
    };
  },
};

function location(target: string): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { target: ${target} }\n`;
}
