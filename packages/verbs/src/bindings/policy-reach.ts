import {
  isClusterScoped,
  isFileGroup,
  isObject,
  type JsonObject,
  type KubernetesTypes,
  listOf,
  property,
  subjectKinds,
} from '@idp/core';
import { resourceName } from '@idp/policy';

/**
 * Whether a policy judges what is in an environment, and whether it judges what is in none: files other than Score files,
 * and cluster-scoped objects. A namespaceSelector never leaves those out (apiserver, matching by namespaces).
 */
export interface PolicyReach {
  readonly inEnvironments: boolean;
  readonly elsewhere: boolean;
}

/** Where a policy reaches, by its resource rules. A kind that is not known here is taken for one in namespaces. */
export function policyReach(policy: JsonObject, types: KubernetesTypes): PolicyReach {
  const rules = listOf(property(property(property(policy, 'spec'), 'matchConstraints'), 'resourceRules'));
  const reaches = rules.filter(isObject).flatMap((rule): readonly PolicyReach[] => {
    const scope = property(rule, 'scope') ?? '*';
    return wordsOf(rule, 'apiGroups').flatMap((group) =>
      wordsOf(rule, 'resources').flatMap((pattern) =>
        reachOf(group, pattern.split('/')[0] ?? '', types).map(({ inEnvironments, elsewhere }) => ({
          inEnvironments: inEnvironments && scope !== 'Cluster',
          elsewhere: elsewhere && scope !== 'Namespaced',
        })),
      ),
    );
  });
  return {
    inEnvironments: reaches.some(({ inEnvironments }) => inEnvironments),
    elsewhere: reaches.some(({ elsewhere }) => elsewhere),
  };
}

const inside: PolicyReach = { inEnvironments: true, elsewhere: false };
const outside: PolicyReach = { inEnvironments: false, elsewhere: true };

function reachOf(group: string, resource: string, types: KubernetesTypes): readonly PolicyReach[] {
  const files = subjectKinds
    .filter((each) => group === '*' || each.apiVersion.startsWith(`${group}/`))
    .filter((each) => resource === '*' || each.resource === resource)
    // A Score file is judged as it is in each environment.
    .map(({ kind }) => (kind === 'Workload' ? inside : outside));
  if (isFileGroup(group)) return files;
  if (group === '*' && resource === '*') return [inside, outside];
  const kinds = types.kindsOf(group).filter(({ kind }) => resource === '*' || resourceName(kind) === resource);
  if (kinds.length === 0) return files.length > 0 ? files : [inside];
  // A Namespace is selected by its own labels.
  return [...files, ...kinds.map((each) => (isClusterScoped(each) && each.kind !== 'Namespace' ? outside : inside))];
}

function wordsOf(rule: JsonObject, field: string): readonly string[] {
  return listOf(property(rule, field)).filter((word) => typeof word === 'string');
}
