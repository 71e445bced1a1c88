import type { MatchResources, ResourceRule } from '../match/match-resources.ts';
import { resourceName } from '../match/resource-name.ts';
import type { KnownKind, KnownKinds } from './known-kinds.ts';

/**
 * The kinds that a policy is about, or `undefined` when it may be about some of which nothing is known: then nothing can be
 * said of the fields that it names. (Kubernetes' type checker gives up for every wildcard; this one goes as far as it is sure.)
 */
export function matchedKinds({ rules }: MatchResources, known: KnownKinds): readonly KnownKind[] | undefined {
  const found = new Set<KnownKind>();
  for (const rule of rules) {
    const kinds = kindsOfRule(rule, known);
    if (!kinds) return undefined;
    for (const kind of kinds) found.add(kind);
  }
  return found.size === 0 ? undefined : [...found];
}

function kindsOfRule({ apiGroups, apiVersions, resources }: ResourceRule, known: KnownKinds) {
  const found: KnownKind[] = [];
  for (const group of apiGroups) {
    for (const pattern of resources) {
      const [resource = '', subresource] = pattern.split('/');
      // There are no requests for subresources here.
      if (subresource !== undefined && subresource !== '*') continue;
      const ofResource = known
        .ofGroup(group)
        .filter((kind) => resource === '*' || (kind.resource ?? resourceName(kind.kind)) === resource);
      const mayBeOthers = resource === '*' || ofResource.length === 0;
      if (mayBeOthers && (group === '*' || !known.isComplete(group))) return undefined;
      found.push(...ofResource.filter(({ version }) => apiVersions.includes('*') || apiVersions.includes(version)));
    }
  }
  return found;
}
