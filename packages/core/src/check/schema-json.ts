import { isObject, type Json, type JsonObject, objectFrom, property, valueAt } from '../json/json.ts';
import { parsePointer } from '../json/pointer.ts';

/** A schema that we or a producer wrote is JSON but for symbols of its library. */
export function jsonOf(schema: object | undefined): JsonObject {
  const value: unknown = schema;
  return isObject(value) ? value : {};
}

/** The schema behind `#/$defs/name` in another one. */
export function within(schema: JsonObject | undefined, reference: string): JsonObject | undefined {
  const hash = reference.indexOf('#');
  if (schema === undefined || hash < 0) return undefined;
  const found = valueAt(schema, parsePointer(reference.slice(hash + 1)));
  return isObject(found) && found['$ref'] !== reference ? found : undefined;
}

/** The schema with another one at a path in it. */
export function replacedAt(
  schema: JsonObject,
  [key, ...rest]: readonly [string, ...(readonly string[])],
  by: JsonObject,
): JsonObject {
  const [next, ...others] = rest;
  const value: Json = next === undefined ? by : replacedAt(jsonAt(schema, key), [next, ...others], by);
  return objectFrom([...Object.entries(schema), [key, value]]);
}

function jsonAt(schema: JsonObject, key: string): JsonObject {
  const inner = Object.hasOwn(schema, key) ? schema[key] : undefined;
  return isObject(inner) ? inner : {};
}

/** The schema with its references to itself (`#/$defs/size`) made ones that can be followed from elsewhere: `<root>#/$defs/size`. */
export function rooted(schema: JsonObject, root: string): JsonObject {
  const follow = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(follow);
    if (!isObject(value)) return value;
    const reference = property(value, '$ref');
    const entries = Object.entries(value).map(([key, inner]) => [key, follow(inner)] as const);
    const own = typeof reference === 'string' && reference.startsWith('#');
    return objectFrom(own ? [...entries, ['$ref', `${root}${reference}`]] : entries);
  };
  return objectFrom(Object.entries(schema).map(([key, inner]) => [key, follow(inner)] as const));
}
