import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Manifest } from './manifest.ts';

/** A List of Lists of Lists is made to harm. */
const maxDepth = 8;

/**
 * The Kubernetes objects of a document: itself, or the items of a `List`, or of a typed one such as `DeploymentList`, whose
 * items a server sends without their kind.
 *
 * @returns `undefined` when the document is no Kubernetes object: it has no `apiVersion` or no `kind`
 */
export function expandLists(path: string, document: number, value: Json): readonly Manifest[] | undefined {
  return expand(value, [], 0)?.map(({ object, pointer }) => ({ path, document, pointer, object }));
}

type Found = Pick<Manifest, 'object' | 'pointer'>;

function expand(value: Json, pointer: Pointer, depth: number): readonly Found[] | undefined {
  const kind = stringOf(property(value, 'kind'));
  const apiVersion = stringOf(property(value, 'apiVersion'));
  if (!isObject(value) || !kind || !apiVersion) return undefined;
  const items = property(value, 'items');
  if (!kind.endsWith('List') || !Array.isArray(items) || depth >= maxDepth) return [{ object: value, pointer }];
  const itemKind = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
  return (items as readonly Json[]).flatMap((item, index) => {
    const at = [...pointer, 'items', index];
    return expand(itemKind === undefined ? item : typed(item, apiVersion, itemKind), at, depth + 1) ?? [];
  });
}

function typed(item: Json, apiVersion: string, kind: string): Json {
  if (!isObject(item) || property(item, 'kind') !== undefined) return item;
  return { apiVersion, kind, ...item } satisfies JsonObject;
}
