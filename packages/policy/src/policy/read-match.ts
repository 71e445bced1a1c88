import { neverAsked } from '../match/asked-here.ts';
import type { LabelRequirement, LabelSelector } from '../match/label-selector.ts';
import type { MatchResources } from '../match/match-resources.ts';
import { isLabelValue, isQualifiedName } from './names.ts';
import {
  optionalObject,
  type Place,
  readChoice,
  readObjects,
  readStringMap,
  readStrings,
  requiredString,
} from './read-fields.ts';
import { readRules } from './read-rules.ts';

export const MATCH_FIELDS = {
  known: ['resourceRules', 'excludeResourceRules', 'namespaceSelector', 'objectSelector', 'matchPolicy'],
};
const SELECTOR_FIELDS = { known: ['matchLabels', 'matchExpressions'] };
const REQUIREMENT_FIELDS = { known: ['key', 'operator', 'values'] };
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

/** Says of a policy that can never be asked here that it decides nothing: it must not look like one that was passed. */
export function reportNeverAsked(constraints: Place, match: MatchResources): void {
  const reason = neverAsked(match);
  if (reason === undefined || constraints.log.hasErrors) return;
  const pointer = [...constraints.pointer, 'resourceRules'];
  constraints.log.add(pointer, 'policy/not-evaluated', `${reason}: it decides nothing here`);
}

/** A metav1.LabelSelector in a field, with the rules of its validation. */
export function readSelector(place: Place, key: string): LabelSelector | undefined {
  const selector = optionalObject(place, key, SELECTOR_FIELDS);
  if (!selector) return undefined;
  const labels = Object.entries(readStringMap(selector, 'matchLabels')).map(([label, value]): LabelRequirement => {
    const at = [...selector.pointer, 'matchLabels', label];
    if (!isQualifiedName(label))
      selector.log.add(at, 'policy/invalid', `${JSON.stringify(label)} is no key of a label`);
    if (!isLabelValue(value)) selector.log.add(at, 'policy/invalid', `${JSON.stringify(value)} is no value of a label`);
    return { key: label, operator: 'In', values: [value] };
  });
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
  if (!isQualifiedName(key))
    place.log.add([...place.pointer, 'key'], 'policy/invalid', `${JSON.stringify(key)} is no key of a label`);
  values.forEach((value, index) => {
    if (isLabelValue(value)) return;
    const problem = `${JSON.stringify(value)} is no value of a label`;
    place.log.add([...place.pointer, 'values', index], 'policy/invalid', problem);
  });
  return [{ key, operator, values }];
}
