import type { Json } from '../json/json.ts';
import { objectFrom } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Origin } from './origin.ts';

export type Scalar = null | boolean | number | string;

/**
 * A JSON value in which every node knows where it came from (docs/architecture.md, "Provenance"). All that
 * is rendered is made of these, so that a finding on a manifest points at the line that is at fault.
 */
export class Traced {
  readonly content: Scalar | readonly Traced[] | ReadonlyMap<string, Traced>;
  readonly origin: Origin;

  constructor(content: Scalar | readonly Traced[] | ReadonlyMap<string, Traced>, origin: Origin) {
    this.content = content;
    this.origin = origin;
  }
}

export function isMap(node: Traced | undefined): node is Traced & { readonly content: ReadonlyMap<string, Traced> } {
  return node?.content instanceof Map;
}

export function isList(node: Traced | undefined): node is Traced & { readonly content: readonly Traced[] } {
  return Array.isArray(node?.content);
}

/** The node as an ordinary value. */
export function toJson(node: Traced): Json {
  const { content } = node;
  if (content instanceof Map) {
    return objectFrom([...content].map(([key, child]) => [key, toJson(child)] as const));
  }
  if (Array.isArray(content)) return content.map(toJson);
  return content as Scalar;
}

/** An ordinary value as a node; `originOf` says where the value behind each pointer came from. */
export function traceJson(value: Json, originOf: (pointer: Pointer) => Origin, pointer: Pointer = []): Traced {
  const origin = originOf(pointer);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return new Traced(
      items.map((item, index) => traceJson(item, originOf, [...pointer, index])),
      origin,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Readonly<Record<string, Json>>);
    return new Traced(
      new Map(entries.map(([key, child]) => [key, traceJson(child, originOf, [...pointer, key])])),
      origin,
    );
  }
  return new Traced(value as Scalar, origin);
}

/** The child of a map under `key`. */
export function child(node: Traced | undefined, key: string): Traced | undefined {
  return isMap(node) ? node.content.get(key) : undefined;
}

/** The node behind a path, or `undefined`. */
export function descend(node: Traced | undefined, pointer: Pointer): Traced | undefined {
  let current = node;
  for (const segment of pointer) {
    current = isList(current) ? current.content[Number(segment)] : child(current, String(segment));
    if (current === undefined) return undefined;
  }
  return current;
}

/** The deepest node on the way to `pointer` that exists: where a missing field would have to be written. */
export function nearestNode(node: Traced, pointer: Pointer): Traced {
  for (let length = pointer.length; length > 0; length -= 1) {
    const found = descend(node, pointer.slice(0, length));
    if (found !== undefined) return found;
  }
  return node;
}

/** The node's entries sorted by key: what is made of a map never depends on the order in which it was written. */
export function sortedEntries(node: Traced | undefined): readonly (readonly [string, Traced])[] {
  if (!isMap(node)) return [];
  return [...node.content].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export function stringIn(node: Traced | undefined): string | undefined {
  return typeof node?.content === 'string' ? node.content : undefined;
}
