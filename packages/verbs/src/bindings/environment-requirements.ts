import { environmentLabel, isObject, type JsonObject, listOf, type Pointer, property } from '@idp/core';

/** What a namespaceSelector asks of the label that names the environment. */
export interface EnvironmentRequirement {
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

/** What a binding, or a policy itself, asks of the label of the environment. What else it asks for is left to the cluster. */
export function environmentRequirements(document: JsonObject): readonly EnvironmentRequirement[] {
  const found = namespaceSelectorOf(document);
  if (found === undefined) return [];
  const { selector, pointer } = found;
  const label = property(property(selector, 'matchLabels'), environmentLabel);
  const requirements: EnvironmentRequirement[] = [];
  if (typeof label === 'string')
    requirements.push({
      operator: 'In',
      values: [{ name: label, pointer: [...pointer, 'matchLabels', environmentLabel] }],
    });
  listOf(property(selector, 'matchExpressions')).forEach((each, index) => {
    if (property(each, 'key') !== environmentLabel) return;
    const values = listOf(property(each, 'values')).flatMap((name, position) =>
      typeof name === 'string' ? [{ name, pointer: [...pointer, 'matchExpressions', index, 'values', position] }] : [],
    );
    requirements.push({ operator: String(property(each, 'operator')), values });
  });
  return requirements;
}

/** The keys of labels that a namespaceSelector asks for. */
export function selectedLabels(document: JsonObject): readonly { readonly key: string; readonly pointer: Pointer }[] {
  const found = namespaceSelectorOf(document);
  if (found === undefined) return [];
  const { selector, pointer } = found;
  const labels = property(selector, 'matchLabels');
  return [
    ...(isObject(labels) ? Object.keys(labels) : []).map((key) => ({ key, pointer: [...pointer, 'matchLabels', key] })),
    ...listOf(property(selector, 'matchExpressions')).flatMap((each, index) => {
      const key = property(each, 'key');
      return typeof key === 'string' ? [{ key, pointer: [...pointer, 'matchExpressions', index, 'key'] }] : [];
    }),
  ];
}
