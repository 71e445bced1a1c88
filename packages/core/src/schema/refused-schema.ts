import { isObject, type Json, property, valueAt } from '../json/json.ts';
import { parsePointer } from '../json/pointer.ts';

/** Keywords that ajv knows and that make it answer with a promise, or resolve references while it validates. */
const refusedKeywords = ['$async', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor'];
/** Keywords whose schemas look at the same value again, and those that go on to a part of it. */
const sameValue = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];
const sameValueByName = ['dependentSchemas', 'dependencies'];
const parts = ['items', 'prefixItems', 'additionalProperties', 'additionalItems', 'contains', 'propertyNames'];
const partsUnevaluated = ['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'];
const byName = ['properties', 'patternProperties', '$defs', 'definitions'];

/** How often one value may be looked at, however its references multiply. */
const maxLooks = 10_000;

/**
 * Why a schema is not safe to validate with, when it is not: everything a producer can write that keeps ajv
 * busy for ever, or makes it answer something else than yes or no.
 */
export function refusedSchema(root: Json): string | undefined {
  const schemas = schemasOf(root);
  const anchors = new Map<string, Json>();
  for (const schema of schemas) {
    const keyword = refusedKeywords.find((candidate) => property(schema, candidate) !== undefined);
    if (keyword !== undefined) return `"${keyword}" is not supported`;
    if (schema !== root && property(schema, '$id') !== undefined) return '"$id" is only supported at the root';
    const anchor = property(schema, '$anchor');
    if (typeof anchor === 'string') anchors.set(anchor, schema);
    const reference = property(schema, '$ref');
    if (typeof reference === 'string' && !reference.startsWith('#'))
      return `"$ref" leads out of the schema: ${JSON.stringify(reference)}; only \`#…\` is supported`;
  }
  const known = new Set(schemas);
  for (const schema of schemas) {
    const target = targetOf(schema, root, anchors);
    if (isObject(target) && !known.has(target)) return '"$ref" leads to what is not a schema';
  }
  return new Looks(root, anchors).problem(schemas);
}

/** All schemas inside a schema; what stands in `enum`, `const`, `default` and `examples` is data. */
function schemasOf(root: Json): readonly Json[] {
  const schemas: Json[] = [];
  const seen = new Set<Json>();
  const rest = [root];
  for (let schema = rest.pop(); schema !== undefined; schema = rest.pop()) {
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    schemas.push(schema);
    rest.push(...childrenOf(schema, [...sameValue, ...parts, ...partsUnevaluated], [...sameValueByName, ...byName]));
  }
  return schemas;
}

function childrenOf(schema: Json, keywords: readonly string[], named: readonly string[]): readonly Json[] {
  const single = keywords.flatMap((keyword) => {
    const value = property(schema, keyword);
    return Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
  });
  const maps = named.flatMap((keyword) => {
    const value = property(schema, keyword);
    return isObject(value) ? Object.values(value) : [];
  });
  return [...single, ...maps];
}

/** Counts how often a schema looks at one and the same value. */
class Looks {
  private readonly root: Json;
  private readonly anchors: ReadonlyMap<string, Json>;
  private readonly known = new Map<Json, number>();
  private readonly open = new Set<Json>();

  constructor(root: Json, anchors: ReadonlyMap<string, Json>) {
    this.root = root;
    this.anchors = anchors;
  }

  problem(schemas: readonly Json[]): string | undefined {
    for (const schema of schemas) {
      const looks = this.at(schema);
      if (looks === Number.POSITIVE_INFINITY) return '"$ref" leads back to itself without going into the value';
      if (looks > maxLooks) return `its references look at the same value more than ${maxLooks} times`;
    }
    return undefined;
  }

  private at(schema: Json): number {
    if (!isObject(schema)) return 1;
    if (this.open.has(schema)) return Number.POSITIVE_INFINITY;
    const known = this.known.get(schema);
    if (known !== undefined) return known;
    this.open.add(schema);
    let looks = 1;
    for (const child of childrenOf(schema, sameValue, sameValueByName)) looks += this.at(child);
    const target = targetOf(schema, this.root, this.anchors);
    if (target !== undefined) looks += this.at(target);
    this.open.delete(schema);
    this.known.set(schema, looks);
    return looks;
  }
}

/** What the reference of a schema leads to; one that leads nowhere does not compile. */
function targetOf(schema: Json, root: Json, anchors: ReadonlyMap<string, Json>): Json | undefined {
  const reference = property(schema, '$ref');
  if (typeof reference !== 'string') return undefined;
  const fragment = decoded(reference.slice(1));
  return fragment === '' || fragment.startsWith('/') ? valueAt(root, parsePointer(fragment)) : anchors.get(fragment);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
