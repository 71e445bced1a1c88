import { quote } from '../../finding/did-you-mean.ts';
import { type Entity, referencesOf } from '../entity.ts';
import { refOf } from '../entity-reference.ts';
import type { CatalogRule } from '../rule.ts';

const component = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: group:default/team-payments }
`;

const folderPattern = /^services\/([^/]+)\/catalog-info\.ya?ml$/;
const namePattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** At most so long: names of instances, namespaces and objects are made of it (design, section 4). */
export const maxServiceName = 50;

/** Whether a name can be that of a service: a DNS label (RFC 1123) of at most 50 characters, so that names made of it are short enough. */
export function isServiceName(name: string): boolean {
  return name.length <= maxServiceName && namePattern.test(name);
}

export const serviceFolder: CatalogRule = {
  code: 'catalog/service-folder',
  severity: 'error',
  title: 'A service has one name: its folder, its component and its Score file agree',
  why: 'Namespaces, labels and addresses are made of the name; two names for one service are two places to look for everything.',
  mend: 'Give the folder and the component the same name: lower-case letters, digits and `-`, beginning with a letter, at most 50 characters.',
  examples: {
    fails: { 'services/loyalty/catalog-info.yaml': component('loyality') },
    passes: { 'services/loyalty/catalog-info.yaml': component('loyalty') },
  },
  *check(entity) {
    const folder = folderPattern.exec(entity.source.path)?.[1];
    if (folder === undefined || entity.kind !== 'component' || isPartOf(entity, folder)) return;
    if (entity.name !== folder) {
      yield {
        at: ['metadata', 'name'],
        message: `the component is ${quote(entity.name)}, but its folder is ${quote(folder)}`,
        hint: 'give both the same name; a part of the service says `subcomponentOf`',
      };
    } else if (!isServiceName(entity.name)) {
      yield {
        at: ['metadata', 'name'],
        message: `${quote(entity.name)} cannot be the name of a service`,
        hint: `lower-case letters, digits and \`-\`, beginning with a letter, at most ${maxServiceName} characters`,
      };
    } else if (entity.namespace.toLowerCase() !== 'default') {
      yield {
        at: ['metadata', 'namespace'],
        message: `the service is in the namespace ${quote(entity.namespace)} of the catalog`,
        hint: 'leave `namespace` out: services are in `default`, where their names are unique',
      };
    }
  },
};

/** Whether it is described beside the service because it is a part of it. */
function isPartOf(entity: Entity, service: string): boolean {
  return referencesOf(entity).some(
    (reference) =>
      reference.field.field === 'subcomponentOf' && reference.target === refOf('component', 'default', service),
  );
}
