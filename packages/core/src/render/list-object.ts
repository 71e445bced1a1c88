import { child, stringIn, type Traced } from '../provenance/traced.ts';

/**
 * What makes an object a list of other objects. kubectl and Flux apply the items of everything that has a top-level
 * `items` (apimachinery, `Unstructured.IsList`), whatever its kind: each would be an object that nobody owns.
 *
 * @returns the node at fault, or `undefined`
 */
export function listPart(node: Traced): Traced | undefined {
  const kind = child(node, 'kind');
  return child(node, 'items') ?? (stringIn(kind)?.endsWith('List') ? kind : undefined);
}

/** The words of the finding `render/list-object`. */
export const listProblem = {
  message: 'this is a list of objects: they would be applied, and nobody would own them',
  hint: 'write each object as a document of its own, separated by `---`',
} as const;
