import { compareStrings } from './compare.ts';
import { isObject, type Json } from './json.ts';

/**
 * Canonical JSON text: keys sorted by UTF-16 code unit, no white space, numbers and strings as
 * ECMAScript prints them (RFC 8785). Equal values have equal text; digests are taken over it.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort(compareStrings);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
