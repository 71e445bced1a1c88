import { type LabelSelector, selects } from './label-selector.ts';
import type { Target } from './target.ts';

export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
  readonly resourceNames: readonly string[];
  readonly scope: '*' | 'Cluster' | 'Namespaced';
}

/** `matchConstraints` of a policy, or `matchResources` of a binding. */
export interface MatchResources {
  /** None: everything, as in a binding that narrows by selector only. */
  readonly rules: readonly ResourceRule[];
  readonly excluded: readonly ResourceRule[];
  readonly matchPolicy: 'Equivalent' | 'Exact';
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}

export type MatchResult = 'yes' | 'no' | 'unknown';

/**
 * Whether a policy or binding concerns a request (KEP-3488; apiserver, admission/plugin/webhook/predicates).
 *
 * @returns `unknown` when it depends on labels of a namespace that was not given
 */
export function matchResources(match: MatchResources, target: Target): MatchResult {
  if (match.rules.length > 0 && !match.rules.some((rule) => ruleMatches(rule, target, match.matchPolicy))) return 'no';
  if (match.excluded.some((rule) => ruleMatches(rule, target, match.matchPolicy))) return 'no';
  const { objectSelector, namespaceSelector } = match;
  if (objectSelector && !target.objectLabels.some((labels) => selects(objectSelector, labels))) return 'no';
  return namespaceSelector ? namespaceMatches(namespaceSelector, target) : 'yes';
}

function ruleMatches(rule: ResourceRule, target: Target, matchPolicy: MatchResources['matchPolicy']): boolean {
  return (
    includes(rule.operations, target.operation) &&
    includes(rule.apiGroups, target.group) &&
    // "Equivalent" also means other versions of the same resource; the object is seen as it is written.
    (matchPolicy === 'Equivalent' || includes(rule.apiVersions, target.version)) &&
    rule.resources.some((pattern) => resourceMatches(pattern, target.resource)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(target.name)) &&
    (rule.scope === '*' || (rule.scope === 'Namespaced') === target.namespaced)
  );
}

/** A rule for `pods` or for every subresource of pods concerns an object itself, one for `pods/status` does not. */
function resourceMatches(pattern: string, resource: string): boolean {
  const [name, subresource] = pattern.split('/', 2);
  return (name === '*' || name === resource) && (subresource === undefined || subresource === '*');
}

/** A selector never leaves out a cluster-scoped object, other than a Namespace, which is selected by its own labels. */
function namespaceMatches(selector: LabelSelector, target: Target): MatchResult {
  if (selector.requirements.length === 0) return 'yes';
  if (target.namespaceLabels) return selects(selector, target.namespaceLabels) ? 'yes' : 'no';
  return target.namespaced ? 'unknown' : 'yes';
}

function includes(patterns: readonly string[], value: string): boolean {
  return patterns.includes('*') || patterns.includes(value);
}
