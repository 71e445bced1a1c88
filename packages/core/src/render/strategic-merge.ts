import { child, isList, isMap, stringIn, Traced } from '../provenance/traced.ts';

/**
 * By what the items of a list are told apart, for lists that merge (Kubernetes API reference, "patch strategy:
 * merge"). A list that is not here is replaced as a whole.
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  ports: ['containerPort', 'port'],
};

/**
 * Merges a patch into an object as Kubernetes' strategic merge does: maps merge, lists merge by their key or
 * are replaced, `null` deletes, `$patch: delete` and `$patch: replace` do what they say.
 */
export function strategicMerge(base: Traced, patch: Traced): Traced {
  return mergeNode(base, patch, '');
}

/** Directives of the full format that are not carried out, for a finding instead of a surprise. */
export const unsupportedDirectives: readonly string[] = ['$retainKeys', '$setElementOrder', '$deleteFromPrimitiveList'];

function mergeNode(base: Traced, patch: Traced, field: string): Traced {
  if (isMap(base) && isMap(patch)) return mergeMaps(base, patch);
  if (isList(base) && isList(patch)) return mergeLists(base, patch, field);
  return withoutDirectives(patch);
}

type MapNode = Traced & { readonly content: ReadonlyMap<string, Traced> };
type ListNode = Traced & { readonly content: readonly Traced[] };

function mergeMaps(base: MapNode, patch: MapNode): Traced {
  if (stringIn(child(patch, '$patch')) === 'replace') return withoutDirectives(patch);
  const entries = new Map(base.content);
  for (const [key, value] of patch.content) {
    if (key === '$patch') continue;
    const before = entries.get(key);
    if (value.content === null || stringIn(child(value, '$patch')) === 'delete') entries.delete(key);
    else entries.set(key, before === undefined ? withoutDirectives(value) : mergeNode(before, value, key));
  }
  return new Traced(entries, base.origin);
}

function mergeLists(base: ListNode, patch: ListNode, field: string): Traced {
  const keys = mergeKeys[field] ?? [];
  const key = keys.find((candidate) => patch.content.every((item) => child(item, candidate) !== undefined));
  if (key === undefined) return withoutDirectives(patch);
  const items = [...base.content];
  for (const item of patch.content) {
    const value = child(item, key)?.content;
    const index = items.findIndex((candidate) => child(candidate, key)?.content === value);
    const before = items[index];
    if (stringIn(child(item, '$patch')) === 'delete') {
      if (index >= 0) items.splice(index, 1);
    } else if (before === undefined) items.push(withoutDirectives(item));
    else items[index] = mergeNode(before, item, field);
  }
  return new Traced(items, base.origin);
}

function withoutDirectives(node: Traced): Traced {
  if (isList(node)) return new Traced(node.content.map(withoutDirectives), node.origin);
  if (!isMap(node)) return node;
  const entries = [...node.content].filter(([key, value]) => key !== '$patch' && value.content !== null);
  return new Traced(new Map(entries.map(([key, value]) => [key, withoutDirectives(value)])), node.origin);
}
