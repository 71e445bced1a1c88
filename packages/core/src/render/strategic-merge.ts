import { quote } from '../finding/did-you-mean.ts';
import { child, isList, isMap, stringIn, Traced } from '../provenance/traced.ts';

/**
 * By what the items of a list are told apart, for lists that merge (Kubernetes API reference, "patch strategy:
 * merge"). A list that is not here is replaced as a whole.
 */
const mergeKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['ephemeralContainers', ['name']],
  ['env', ['name']],
  ['imagePullSecrets', ['name']],
  ['volumes', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
  ['ports', ['containerPort', 'port']],
]);

/**
 * Merges a patch into an object as Kubernetes' strategic merge does: maps merge, lists merge by their key or
 * are replaced, `null` deletes, `$patch: delete` and `$patch: replace` do what they say.
 */
export function strategicMerge(base: Traced, patch: Traced): Traced {
  return mergeNode(base, patch, '');
}

const directives = ['merge', 'replace', 'delete'];
/** Directives of the full format that are not carried out. */
const unsupportedDirectives: readonly string[] = ['$retainKeys', '$setElementOrder', '$deleteFromPrimitiveList'];

function mergeNode(base: Traced, patch: Traced, field: string): Traced {
  if (isMap(base) && isMap(patch)) return mergeMaps(base, patch);
  if (isList(base) && isList(patch)) return mergeLists(base, patch, field);
  return withoutDirectives(patch);
}

type MapNode = Traced & { readonly content: ReadonlyMap<string, Traced> };
export type ListNode = Traced & { readonly content: readonly Traced[] };

function mergeMaps(base: MapNode, patch: MapNode): Traced {
  if (saysReplace(patch)) return withoutDirectives(patch);
  const entries = new Map(base.content);
  for (const [key, value] of patch.content) {
    if (key === '$patch') continue;
    const before = entries.get(key);
    if (value.content === null || saysDelete(value)) entries.delete(key);
    else entries.set(key, before === undefined ? withoutDirectives(value) : mergeNode(before, value, key));
  }
  return new Traced(entries, base.origin);
}

function mergeLists(base: ListNode, patch: ListNode, field: string): Traced {
  const key = mergeKeyOf(patch, field);
  if (key === undefined) return withoutDirectives(patch);
  const items = [...base.content];
  for (const item of patch.content) {
    const value = child(item, key)?.content;
    const index = items.findIndex((candidate) => child(candidate, key)?.content === value);
    const before = items[index];
    if (saysDelete(item)) {
      if (index >= 0) items.splice(index, 1);
    } else if (before === undefined) items.push(withoutDirectives(item));
    else items[index] = mergeNode(before, item, field);
  }
  return new Traced(items, base.origin);
}

/** By what the items of a patch's list find theirs; `undefined` when the list is replaced as a whole. */
export function mergeKeyOf(patch: ListNode, field: string): string | undefined {
  // One item that says only this: the others are the whole new list.
  if (patch.content.some(saysReplace)) return undefined;
  const keys = mergeKeys.get(field) ?? [];
  return keys.find((candidate) => patch.content.every((item) => child(item, candidate) !== undefined));
}

export function saysReplace(node: Traced): boolean {
  return stringIn(child(node, '$patch')) === 'replace';
}

export function saysDelete(node: Traced): boolean {
  return stringIn(child(node, '$patch')) === 'delete';
}

/** What a patch says where there is nothing to merge it with: nothing to delete either. */
function withoutDirectives(node: Traced): Traced {
  if (isList(node)) {
    const items = node.content.filter((item) => !saysDelete(item) && !saysReplace(item));
    return new Traced(items.map(withoutDirectives), node.origin);
  }
  if (!isMap(node)) return node;
  const entries = [...node.content].filter(
    ([key, value]) => key !== '$patch' && value.content !== null && !saysDelete(value),
  );
  return new Traced(new Map(entries.map(([key, value]) => [key, withoutDirectives(value)])), node.origin);
}

function onlyDirective(node: Traced): boolean {
  return isMap(node) && node.content.size === 1;
}

/**
 * What keeps a patch from being carried out as it was meant: a directive that is unknown or not supported, one that
 * would delete the object itself, an item of a merged list that does not say which one it is.
 *
 * @returns the node that is at fault and what is wrong with it, for a finding instead of a surprise
 */
export function patchProblem(patch: Traced, field = ''): { readonly at: Traced; readonly message: string } | undefined {
  if (field === '' && saysDelete(patch)) return { at: patch, message: 'a patch cannot delete the object itself' };
  if (isList(patch)) return listProblem(patch, field);
  if (!isMap(patch)) return undefined;
  for (const [key, value] of patch.content) {
    if (unsupportedDirectives.includes(key.split('/')[0] ?? ''))
      return { at: value, message: `${quote(key)} is not supported in a patch` };
    if (key === '$patch' && !directives.includes(stringIn(value) ?? ''))
      return { at: value, message: `\`$patch\` is one of ${directives.join(', ')}` };
    const problem = patchProblem(value, key);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function listProblem(patch: ListNode, field: string) {
  const keys = mergeKeys.get(field);
  for (const item of patch.content) {
    const problem = patchProblem(item, `an item of ${field}`);
    if (problem !== undefined) return problem;
    if (saysReplace(item) && !onlyDirective(item))
      return { at: item, message: '`$patch: replace` stands in an item of its own, which says nothing else' };
    if (keys === undefined || !isMap(item) || saysReplace(item)) continue;
    if (!keys.some((key) => item.content.has(key)))
      return {
        at: item,
        message: `an item of \`${field}\` needs ${keys.map(quote).join(' or ')}, which tells it from others`,
      };
  }
  return undefined;
}
