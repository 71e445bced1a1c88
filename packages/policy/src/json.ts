/** A JSON value: what a YAML document of Kubernetes is once parsed. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Keys and indexes from the root of a document. */
export type Pointer = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own properties only: `__proto__` and `constructor` of a hostile document are ordinary keys or absent. */
export function property(value: unknown, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The string behind a chain of keys, or `undefined` when there is none. */
export function stringAt(value: unknown, ...keys: readonly string[]): string | undefined {
  let current: unknown = value;
  for (const key of keys) current = property(current, key);
  return typeof current === 'string' ? current : undefined;
}
