import { type LabelRequirement, type LabelSelector, selects } from './label-selector.ts';
import type { Target } from './target.ts';

/** The label that the API server gives to every namespace. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

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

/**
 * Whether something concerns a request. Unknown: it depends on labels of a namespace that was not given, or on a
 * conversion to another version of the API, which only a cluster makes.
 */
export type MatchResult = 'yes' | 'no' | 'unknown-namespace' | 'unknown-version';

/** Whether a policy or binding concerns a request (KEP-3488; apiserver, admission/plugin/policy/matching). */
export function matchResources(match: MatchResources, target: Target): MatchResult {
  const { objectSelector, namespaceSelector } = match;
  if (objectSelector && !target.objectLabels.some((labels) => selects(objectSelector, labels))) return 'no';
  const byNamespace = namespaceSelector ? namespaceMatches(namespaceSelector, target) : 'yes';
  if (byNamespace === 'no') return 'no';
  const excluded = matchRules(match.excluded, target, match.matchPolicy);
  if (excluded === 'yes') return 'no';
  const included = match.rules.length === 0 ? 'yes' : matchRules(match.rules, target, match.matchPolicy);
  if (included === 'no') return 'no';
  return excluded === 'unknown-version' || included === 'unknown-version' ? 'unknown-version' : byNamespace;
}

/**
 * `Equivalent` also means the same resource in other versions: a cluster that serves one of them converts the object to it.
 * Nothing is converted here, so that such a rule alone decides nothing.
 */
function matchRules(
  rules: readonly ResourceRule[],
  target: Target,
  matchPolicy: MatchResources['matchPolicy'],
): 'yes' | 'no' | 'unknown-version' {
  let result: 'no' | 'unknown-version' = 'no';
  for (const rule of rules) {
    if (!ruleMatches(rule, target)) continue;
    if (includes(rule.apiVersions, target.version)) return 'yes';
    if (matchPolicy === 'Equivalent') result = 'unknown-version';
  }
  return result;
}

/** Whether a rule matches in all but the version. */
function ruleMatches(rule: ResourceRule, target: Target): boolean {
  return (
    includes(rule.operations, target.operation) &&
    includes(rule.apiGroups, target.group) &&
    rule.resources.some((pattern) => resourceMatches(pattern, target.resource)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(target.name)) &&
    (rule.scope === '*' || (rule.scope === 'Namespaced') === target.namespaced)
  );
}

/** A rule for `pods` or for every subresource of pods concerns an object itself, one for `pods/status` does not. */
function resourceMatches(pattern: string, resource: string): boolean {
  if (pattern === resource || pattern === '*') return true;
  if (!pattern.endsWith('/*')) return false;
  const name = pattern.slice(0, -2);
  return name === '*' || name === resource;
}

/** A selector never leaves out a cluster-scoped object, other than a Namespace, which is selected by its own labels. */
function namespaceMatches(selector: LabelSelector, target: Target): 'yes' | 'no' | 'unknown-namespace' {
  if (selector.requirements.length === 0) return 'yes';
  if (!target.namespaced && target.namespace === '') return 'yes';
  if (target.namespaceLabels) return selects(selector, target.namespaceLabels) ? 'yes' : 'no';
  return byNameAlone(selector, target.namespace);
}

/** Of a namespace that was not given the name is known all the same, and so is the label that the API server makes of it. */
function byNameAlone({ requirements }: LabelSelector, namespace: string): 'yes' | 'no' | 'unknown-namespace' {
  if (namespace === '') return 'unknown-namespace';
  const isAboutName = ({ key }: LabelRequirement): boolean => key === NAME_LABEL;
  const labels = new Map([[NAME_LABEL, namespace]]);
  if (!selects({ requirements: requirements.filter(isAboutName) }, labels)) return 'no';
  return requirements.every(isAboutName) ? 'yes' : 'unknown-namespace';
}

/** Whether a rule could concern objects of a resource at all, whatever the rest of the request. */
export function ruleConcerns(rule: ResourceRule, group: string, resource: string): boolean {
  return includes(rule.apiGroups, group) && rule.resources.some((pattern) => resourceMatches(pattern, resource));
}

function includes(patterns: readonly string[], value: string): boolean {
  return patterns.includes('*') || patterns.includes(value);
}
