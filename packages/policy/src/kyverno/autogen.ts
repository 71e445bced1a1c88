import { isObject, type Json, type JsonObject, property } from '../json.ts';

/** A policy for pods, rewritten for controllers that make pods. */
export interface GeneratedSpec {
  /** As Kyverno calls it in `status.autogen.configs`. */
  readonly name: 'defaults' | 'cronjobs';
  readonly spec: JsonObject;
}

export interface Autogen {
  readonly specs: readonly GeneratedSpec[];
  /** Controllers for which Kyverno takes the pod out of the object first, which is not done here. */
  readonly notEvaluated: readonly string[];
}

const TEMPLATES = {
  defaults: 'spec.template',
  cronjobs: 'spec.jobTemplate.spec.template',
} as const;

/** Controllers by their resource: group, and where the template of the pod is. */
const CONTROLLERS: ReadonlyMap<string, { readonly group: string; readonly name: keyof typeof TEMPLATES }> = new Map([
  ['daemonsets', { group: 'apps', name: 'defaults' }],
  ['deployments', { group: 'apps', name: 'defaults' }],
  ['replicasets', { group: 'apps', name: 'defaults' }],
  ['statefulsets', { group: 'apps', name: 'defaults' }],
  ['jobs', { group: 'batch', name: 'defaults' }],
  ['cronjobs', { group: 'batch', name: 'cronjobs' }],
]);

const NOTHING: Autogen = { specs: [], notEvaluated: [] };

/**
 * What Kyverno makes of a policy over pods: the same over the controllers of pods (kyverno, pkg/cel/autogen and
 * pkg/cel/policies/vpol/autogen). Only for a policy with a single rule for `pods`, and without an object selector,
 * exclusions or resource names; `spec.autogen.podControllers.controllers` says for which, all without it.
 */
export function autogen(spec: JsonObject): Autogen {
  const constraints = property(spec, 'matchConstraints');
  const operations = isObject(constraints) ? operationsOfPods(constraints) : undefined;
  if (!isObject(constraints) || operations === undefined) return NOTHING;
  const written = property(property(property(spec, 'autogen'), 'podControllers'), 'controllers');
  const wanted = Array.isArray(written)
    ? written.filter((name): name is string => typeof name === 'string')
    : [...CONTROLLERS.keys()];
  const known = [...new Set(wanted)].filter((name) => CONTROLLERS.has(name));
  const specs = (['defaults', 'cronjobs'] as const).flatMap((name): readonly GeneratedSpec[] => {
    const controllers = known.filter((controller) => CONTROLLERS.get(controller)?.name === name);
    if (controllers.length === 0) return [];
    const match = constraintsFor(controllers, operations, constraints);
    return [{ name, spec: asObject({ ...asObject(rewritten(spec, TEMPLATES[name])), matchConstraints: match }) }];
  });
  // A bare name that is none of these is passed over where there is no cluster to ask, as Kyverno does.
  return { specs, notEvaluated: wanted.filter((name) => /^[^.]+\.[^.]+\..+$/.test(name)) };
}

/** The operations of the rule, if the policy is about pods and nothing else. */
function operationsOfPods(constraints: JsonObject): readonly Json[] | undefined {
  const selector = property(constraints, 'objectSelector');
  if (hasContent(property(selector, 'matchLabels')) || hasContent(property(selector, 'matchExpressions')))
    return undefined;
  if (hasContent(property(constraints, 'excludeResourceRules'))) return undefined;
  const rules = property(constraints, 'resourceRules');
  const [rule, ...more] = Array.isArray(rules) ? rules : [];
  if (rule === undefined || more.length > 0 || hasContent(property(rule, 'resourceNames'))) return undefined;
  const isOnly = (key: string, value: string): boolean => {
    const written = property(rule, key);
    return Array.isArray(written) && written.length === 1 && written[0] === value;
  };
  if (!isOnly('apiGroups', '') || !isOnly('apiVersions', 'v1') || !isOnly('resources', 'pods')) return undefined;
  const operations = property(rule, 'operations');
  return Array.isArray(operations) && operations.length > 0 ? operations : undefined;
}

function hasContent(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function constraintsFor(
  controllers: readonly string[],
  operations: readonly Json[],
  constraints: JsonObject,
): JsonObject {
  const groups = [...new Set(controllers.map((name) => CONTROLLERS.get(name)?.group ?? ''))].sort();
  const resourceRules = groups.map((group) => ({
    apiGroups: [group],
    apiVersions: ['v1'],
    operations,
    resources: controllers.filter((name) => CONTROLLERS.get(name)?.group === group).sort(),
  }));
  const namespaceSelector = property(constraints, 'namespaceSelector');
  return { resourceRules, ...(namespaceSelector === undefined ? {} : { namespaceSelector }) };
}

/** Every text of a value with the paths of a pod as those of its template. */
function rewritten(value: Json, template: string): Json {
  if (typeof value === 'string') return rewriteText(value, template);
  if (Array.isArray(value)) return value.map((element: Json) => rewritten(element, template));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, rewritten(field, template)]));
}

/**
 * `object.spec` → `object.spec.template.spec`, and the same of metadata and of `oldObject`, wherever the characters
 * stand, as Kyverno replaces them. `object.metadata.namespace` stays: a template has none.
 */
export function rewriteText(text: string, template: string): string {
  const notNamespace = '(?!\\.namespace(?![A-Za-z0-9_]))';
  return text
    .replace(new RegExp(`(object|oldObject)\\.spec${notNamespace}`, 'g'), `$1.${template}.spec`)
    .replace(new RegExp(`(object|oldObject)\\.metadata${notNamespace}`, 'g'), `$1.${template}.metadata`);
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
