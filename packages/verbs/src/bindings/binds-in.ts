import type { JsonObject } from '@idp/core';
import { environmentRequirements, type LabelRequirement } from './label-requirements.ts';

/**
 * Whether a binding, or a policy itself, may be about objects in an environment: whether its namespaceSelector, as far as it
 * asks for the label of the environment, selects Namespaces of that one.
 */
export function bindsIn(document: JsonObject, environment: string): boolean {
  return environmentRequirements(document).every((requirement) => allows(requirement, environment));
}

function allows({ operator, values }: LabelRequirement, environment: string): boolean {
  const named = values.some(({ name }) => name === environment);
  switch (operator) {
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
