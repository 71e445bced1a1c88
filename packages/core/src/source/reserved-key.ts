import { isObject, type Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';

/** The one key that changes what an object is in the language of nearly every tool that will read the file. */
const reserved = '__proto__';

/**
 * Where a document has a key that no descriptor needs and that other tools stumble over.
 *
 * @param text of the file: one that does not even name the key is not walked through
 */
export function reservedKey(
  text: string,
  documents: readonly Json[],
): { readonly document: number; readonly pointer: Pointer } | undefined {
  // In quotes it may be written with escapes.
  if (!/proto|\\[xuU]/.test(text)) return undefined;
  for (const [document, value] of documents.entries()) {
    const pointer = search(value);
    if (pointer !== undefined) return { document, pointer };
  }
  return undefined;
}

function search(value: Json): Pointer | undefined {
  if (isObject(value) && Object.hasOwn(value, reserved)) return [reserved];
  const entries = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  for (const [key, item] of entries) {
    const below = search(item as Json);
    if (below !== undefined) return [key, ...below];
  }
  return undefined;
}
