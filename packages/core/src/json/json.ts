/** A JSON value; what every YAML document of the platform is once parsed (YAML that is not JSON is a finding). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value that was parsed is a map: neither a list nor `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own properties only: `__proto__` and `constructor` of hostile documents are ordinary keys or absent. */
export function property(value: unknown, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value behind a path of keys and indexes, or `undefined`. */
export function valueAt(value: Json, pointer: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const segment of pointer) {
    if (Array.isArray(current)) current = (current as readonly Json[])[Number(segment)];
    else current = property(current, String(segment));
    if (current === undefined) return undefined;
  }
  return current;
}

/** The value as a list; nothing where it is something else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a string, or `undefined` when it is something else. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * An object from entries, safe for the key `__proto__` (which becomes an ordinary own property).
 */
export function objectFrom(entries: Iterable<readonly [string, Json]>): JsonObject {
  const object: Record<string, Json> = {};
  for (const [key, value] of entries) {
    if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
    else object[key] = value;
  }
  return object;
}
