import {
  didYouMean,
  type Finding,
  isFileGroup,
  isObject,
  type JsonObject,
  type KubernetesTypes,
  listOf,
  property,
  quote,
  type Source,
  subjectKinds,
} from '@idp/core';
import { isNoResource, resourceName } from '@idp/policy';

/** A document in its file. */
export interface Place {
  readonly source: Source;
  readonly index: number;
}

/**
 * Resources that none of the groups of their rule has: `daemonset` beside `deployments` guards no DaemonSet, and a cluster
 * accepts it. Of groups whose resources are not all known nothing is said.
 */
export function unknownResources(
  policy: JsonObject,
  types: KubernetesTypes,
  { source, index }: Place,
): readonly Finding[] {
  const rules = listOf(property(property(property(policy, 'spec'), 'matchConstraints'), 'resourceRules'));
  return rules.flatMap((rule, position) => {
    if (!isObject(rule)) return [];
    const groups = listOf(rule['apiGroups']).filter((group) => typeof group === 'string');
    return listOf(rule['resources']).flatMap((written, at): readonly Finding[] => {
      if (typeof written !== 'string' || groups.length === 0) return [];
      const [resource = ''] = written.split('/');
      if (resource === '*' || !groups.every((group) => lacks(group, resource, types))) return [];
      const known = groups.flatMap((group) => resourcesOf(group, types));
      return [
        {
          code: 'policy/unknown-resource',
          severity: 'error',
          message: `there is no resource ${quote(resource)} in ${groups.map((group) => (group === '' ? 'the core group' : group)).join(', ')}`,
          hint: didYouMean(resource, known) ?? 'a resource is the plural of its kind, in small letters',
          ...source.locate(['spec', 'matchConstraints', 'resourceRules', position, 'resources', at], 'value', index),
        },
      ];
    });
  });
}

function lacks(group: string, resource: string, types: KubernetesTypes): boolean {
  const known = resourcesOf(group, types);
  if (known.includes(resource)) return false;
  return isFileGroup(group) || isNoResource(group, resource);
}

function resourcesOf(group: string, types: KubernetesTypes): readonly string[] {
  return isFileGroup(group)
    ? subjectKinds.filter(({ apiVersion }) => apiVersion.startsWith(`${group}/`)).map(({ resource }) => resource)
    : types.kindsOf(group).map(({ kind }) => resourceName(kind));
}
