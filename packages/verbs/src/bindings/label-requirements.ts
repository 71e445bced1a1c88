import { environmentLabel, isObject, type JsonObject, listOf, type Pointer, property } from '@idp/core';

/** One thing that a namespaceSelector asks of the labels of a Namespace. */
export interface LabelRequirement {
  readonly key: string;
  /** Where the key stands. */
  readonly pointer: Pointer;
  /** Of a metav1.LabelSelector; one of `matchLabels` is `In`. */
  readonly operator: string;
  readonly values: readonly { readonly name: string; readonly pointer: Pointer }[];
}

/** The namespaceSelector of a binding, or of a policy itself, in its place. */
export function namespaceSelectorOf(
  document: JsonObject,
): { readonly selector: JsonObject; readonly pointer: Pointer } | undefined {
  for (const field of ['matchResources', 'matchConstraints']) {
    const selector = property(property(property(document, 'spec'), field), 'namespaceSelector');
    if (isObject(selector)) return { selector, pointer: ['spec', field, 'namespaceSelector'] };
  }
  return undefined;
}

/** What a binding, or a policy itself, asks of the labels of Namespaces: `matchLabels`, then `matchExpressions`. */
export function labelRequirements(document: JsonObject): readonly LabelRequirement[] {
  const found = namespaceSelectorOf(document);
  if (found === undefined) return [];
  const { selector, pointer } = found;
  const labels = property(selector, 'matchLabels');
  return [
    ...Object.entries(isObject(labels) ? labels : {}).map(([key, value]): LabelRequirement => {
      const place = [...pointer, 'matchLabels', key];
      // A value that is no text has a finding of its own: known is only that the label is asked for.
      return typeof value === 'string'
        ? { key, pointer: place, operator: 'In', values: [{ name: value, pointer: place }] }
        : { key, pointer: place, operator: 'Exists', values: [] };
    }),
    ...listOf(property(selector, 'matchExpressions')).flatMap((each, index): readonly LabelRequirement[] => {
      const key = property(each, 'key');
      if (typeof key !== 'string') return [];
      const place = [...pointer, 'matchExpressions', index];
      const values = listOf(property(each, 'values')).flatMap((name, position) =>
        typeof name === 'string' ? [{ name, pointer: [...place, 'values', position] }] : [],
      );
      return [{ key, pointer: [...place, 'key'], operator: String(property(each, 'operator')), values }];
    }),
  ];
}

/** What is asked of the label that names the environment. What else a selector asks for is left to the cluster. */
export function environmentRequirements(document: JsonObject): readonly LabelRequirement[] {
  return labelRequirements(document).filter(({ key }) => key === environmentLabel);
}
