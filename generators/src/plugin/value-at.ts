/** The value at a path of own keys in a parsed document, `undefined` where there is none. */
export function valueAt(document: unknown, ...keys: readonly string[]): unknown {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The same where a text that says something is wanted. */
export function textAt(document: unknown, ...keys: readonly string[]): string | undefined {
  const value = valueAt(document, ...keys);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The values of the mapping at a path, with their keys. */
export function entriesAt(document: unknown, ...keys: readonly string[]): readonly (readonly [string, unknown])[] {
  const value = valueAt(document, ...keys);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The items of the list at a path. */
export function itemsAt(document: unknown, ...keys: readonly string[]): readonly unknown[] {
  const value = valueAt(document, ...keys);
  return Array.isArray(value) ? value : [];
}
