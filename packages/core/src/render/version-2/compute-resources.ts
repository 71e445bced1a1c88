import type { Buildable } from '../../provenance/build.ts';
import { sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';

/** Requests and limits. Score writes a thousand bytes as `K`, which no quantity of Kubernetes has: there it is `k`. */
export function computeResources(node: Traced | undefined): Buildable {
  if (node === undefined) return undefined;
  return Object.fromEntries(
    sortedEntries(node).map(([kind, quantities]) => [
      kind,
      Object.fromEntries(sortedEntries(quantities).map(([name, quantity]) => [name, kubernetesQuantity(quantity)])),
    ]),
  );
}

/** A quantity as Kubernetes writes it. */
export function kubernetesQuantity(node: Traced): Traced {
  const text = stringIn(node);
  return text?.endsWith('K') === true ? new Traced(`${text.slice(0, -1)}k`, node.origin) : node;
}
