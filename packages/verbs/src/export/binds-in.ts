import { environmentLabel, isObject, type Json, type JsonObject, property } from '@idp/core';

/**
 * Whether a binding may be in force in an environment: whether its namespaceSelector, as far as it asks for the label of the
 * environment, selects Namespaces of that one. What else it asks for is left to the cluster.
 */
export function bindsIn(binding: JsonObject, environment: string): boolean {
  const selector = property(property(property(binding, 'spec'), 'matchResources'), 'namespaceSelector');
  const label = property(property(selector, 'matchLabels'), environmentLabel);
  if (label !== undefined && label !== environment) return false;
  const expressions = property(selector, 'matchExpressions');
  return !Array.isArray(expressions) || expressions.every((each: Json) => allows(each, environment));
}

function allows(expression: Json, environment: string): boolean {
  if (!isObject(expression) || expression['key'] !== environmentLabel) return true;
  const values = expression['values'];
  const named = Array.isArray(values) && values.includes(environment);
  switch (expression['operator']) {
    case 'In':
      return named;
    case 'NotIn':
      return !named;
    case 'DoesNotExist':
      return false;
    default:
      return true;
  }
}
