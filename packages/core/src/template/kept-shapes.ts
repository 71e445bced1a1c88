import { isExactJson } from '../json/exact-json.ts';
import { storeKey } from '../store/store.ts';
import type { Shape } from './shape.ts';
import type { Template } from './template.ts';

/** Part of the key of what is stored: a new one with each change of what `parseShapes` makes of a text. */
const parserVersion = 'yaml-2.9.1';

/**
 * The documents that a template prints on one way, from its store; else made, and put there. To parse them takes longer than
 * all else of rendering one service, and whoever goes the same way through a text has the same.
 *
 * @param make parses them; what is not YAML is not kept
 */
export function keptShapes<Made extends { readonly documents: readonly Shape[] } | { readonly error: unknown }>(
  { kept, path }: Template,
  way: string,
  make: () => Made,
): Made | { readonly documents: readonly Shape[] } {
  if (kept === undefined) return make();
  const key = storeKey('shapes', parserVersion, [kept.id, way, path]);
  const stored = kept.store.get(key);
  if (stored !== undefined) return { documents: JSON.parse(stored) as readonly Shape[] };
  const made = make();
  if ('documents' in made && isExactJson(made.documents)) kept.store.set(key, JSON.stringify(made.documents));
  return made;
}
