import type { LabelRequirement, LabelSelector } from '../match/label-selector.ts';
import type { MatchResources, ResourceRule } from '../match/match-resources.ts';
import {
  optionalObject,
  type Place,
  readChoice,
  readObjects,
  readStringMap,
  readStrings,
  requiredString,
} from './read-fields.ts';

export const MATCH_FIELDS = {
  known: ['resourceRules', 'excludeResourceRules', 'namespaceSelector', 'objectSelector', 'matchPolicy'],
};
const RULE_FIELDS = { known: ['apiGroups', 'apiVersions', 'resources', 'operations', 'resourceNames', 'scope'] };
const SELECTOR_FIELDS = { known: ['matchLabels', 'matchExpressions'] };
const REQUIREMENT_FIELDS = { known: ['key', 'operator', 'values'] };
const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** `matchConstraints` of a policy or `matchResources` of a binding. */
export function readMatch(place: Place): MatchResources {
  const namespaceSelector = readSelector(place, 'namespaceSelector');
  const objectSelector = readSelector(place, 'objectSelector');
  return {
    rules: readRules(place, 'resourceRules'),
    excluded: readRules(place, 'excludeResourceRules'),
    matchPolicy: readChoice(place, 'matchPolicy', ['Equivalent', 'Exact'], 'Equivalent'),
    ...(namespaceSelector ? { namespaceSelector } : {}),
    ...(objectSelector ? { objectSelector } : {}),
  };
}

function readRules(place: Place, key: string): readonly ResourceRule[] {
  return readObjects(place, key, RULE_FIELDS).map((rule) => ({
    apiGroups: required(rule, 'apiGroups'),
    apiVersions: required(rule, 'apiVersions'),
    resources: required(rule, 'resources'),
    operations: readOperations(rule),
    resourceNames: readStrings(rule, 'resourceNames'),
    scope: readChoice(rule, 'scope', ['*', 'Cluster', 'Namespaced'], '*'),
  }));
}

function readOperations(rule: Place): readonly string[] {
  const operations = required(rule, 'operations');
  operations.forEach((operation, index) => {
    if (OPERATIONS.includes(operation)) return;
    const pointer = [...rule.pointer, 'operations', index];
    rule.log.add(pointer, 'policy/invalid', `${JSON.stringify(operation)} is none of ${OPERATIONS.join(', ')}`);
  });
  return operations;
}

function required(rule: Place, key: string): readonly string[] {
  const strings = readStrings(rule, key);
  if (strings.length === 0) rule.log.add(rule.pointer, 'policy/invalid', `${key} is missing`);
  return strings;
}

function readSelector(place: Place, key: string): LabelSelector | undefined {
  const selector = optionalObject(place, key, SELECTOR_FIELDS);
  if (!selector) return undefined;
  const labels = Object.entries(readStringMap(selector, 'matchLabels')).map(
    ([label, value]): LabelRequirement => ({ key: label, operator: 'In', values: [value] }),
  );
  const expressions = readObjects(selector, 'matchExpressions', REQUIREMENT_FIELDS).flatMap(readRequirement);
  return { requirements: [...labels, ...expressions] };
}

function readRequirement(place: Place): readonly LabelRequirement[] {
  const key = requiredString(place, 'key');
  const written = requiredString(place, 'operator');
  const values = readStrings(place, 'values');
  if (key === undefined || written === undefined) return [];
  const operator = readChoice(place, 'operator', OPERATORS, 'Exists');
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues !== values.length > 0) {
    const problem = needsValues ? `values is missing: ${operator} needs one` : `values must be empty for ${operator}`;
    place.log.add(place.pointer, 'policy/invalid', problem);
  }
  return [{ key, operator, values }];
}
