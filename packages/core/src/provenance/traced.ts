import type { Json } from '../json/json.ts';
import { objectFrom } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Origin } from './origin.ts';

export type Scalar = null | boolean | number | string;

export type Content = Scalar | readonly Traced[] | ReadonlyMap<string, Traced>;

/** That a value was looked at and nothing was found, and what looking took. */
export interface Passed {
  readonly by: unknown;
  readonly depth: number;
  readonly steps: number;
}

/**
 * A JSON value in which every node knows where it came from (docs/architecture.md, "Provenance"). All that
 * is rendered is made of these, so that a finding on a manifest points at the line that is at fault.
 */
export class Traced {
  /** A memory of who has looked at all of the value and has to look again at what it is a part of. */
  passed: Passed | undefined;
  protected ownContent: Content | undefined;
  protected ownOrigin: Origin | undefined;

  constructor(content: Content | undefined, origin: Origin | undefined) {
    this.passed = undefined;
    this.ownContent = content;
    this.ownOrigin = origin;
  }

  get content(): Content {
    return this.ownContent ?? null;
  }

  get origin(): Origin {
    if (this.ownOrigin === undefined) throw new Error('a traced value has no origin');
    return this.ownOrigin;
  }
}

/**
 * A value as it was written: its nodes and their origins are made when somebody looks at them. Most of a file is only
 * ever looked at as a whole, by its schema.
 */
class WrittenValue extends Traced {
  readonly json: Json;
  private readonly originOf: (pointer: Pointer) => Origin;
  private readonly parent: WrittenValue | undefined;
  private readonly key: string | number;

  constructor(
    json: Json,
    originOf: (pointer: Pointer) => Origin,
    parent: WrittenValue | undefined,
    key: string | number,
  ) {
    super(undefined, undefined);
    this.json = json;
    this.originOf = originOf;
    this.parent = parent;
    this.key = key;
  }

  override get content(): Content {
    this.ownContent ??= this.contentOf(this.json);
    return this.ownContent;
  }

  override get origin(): Origin {
    this.ownOrigin ??= this.originOf(this.pointer);
    return this.ownOrigin;
  }

  private contentOf(json: Json): Content {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json))
      return (json as readonly Json[]).map((item, index) => new WrittenValue(item, this.originOf, this, index));
    const entries = new Map<string, Traced>();
    for (const [key, child] of Object.entries(json as Readonly<Record<string, Json>>))
      entries.set(key, new WrittenValue(child, this.originOf, this, key));
    return entries;
  }

  private get pointer(): Pointer {
    const pointer: (string | number)[] = [];
    for (let node: WrittenValue = this; node.parent !== undefined; node = node.parent) pointer.unshift(node.key);
    return pointer;
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
  if (node instanceof WrittenValue) return node.json;
  const { content } = node;
  if (content instanceof Map) {
    return objectFrom([...content].map(([key, child]) => [key, toJson(child)] as const));
  }
  if (Array.isArray(content)) return content.map(toJson);
  return content as Scalar;
}

/** An ordinary value as a node; `originOf` says where the value behind each pointer came from. */
export function traceJson(value: Json, originOf: (pointer: Pointer) => Origin): Traced {
  return new WrittenValue(value, originOf, undefined, '');
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
  const entries = [...node.content];
  // Most maps are small and sorted already: they are asked for very often.
  for (let index = 1; index < entries.length; index += 1)
    if ((entries[index - 1]?.[0] ?? '') > (entries[index]?.[0] ?? ''))
      return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return entries;
}

export function stringIn(node: Traced | undefined): string | undefined {
  return typeof node?.content === 'string' ? node.content : undefined;
}
