export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** A metav1.LabelSelector; `matchLabels` is written as requirements. No requirement matches everything. */
export interface LabelSelector {
  readonly requirements: readonly LabelRequirement[];
}

/** Whether labels satisfy every requirement. As in Kubernetes, `NotIn` is satisfied where the label is absent. */
export function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return selector.requirements.every((requirement) => satisfies(requirement, labels.get(requirement.key)));
}

function satisfies({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
