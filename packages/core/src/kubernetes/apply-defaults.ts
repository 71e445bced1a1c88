import { isObject, type Json, type JsonObject, property } from '../json/json.ts';
import { isList, isMap, Traced, traceJson } from '../provenance/traced.ts';
import { innerSchemas } from './custom-resource.ts';

/**
 * The object as the API server sees it when it validates: with the defaults of its schema (kubernetes.io, "Defaulting"), so
 * that a required field with a default is there. Only the check sees it; what is deployed is what was rendered.
 */
export function applyDefaults(node: Traced, schema: Json): Traced {
  if (!isObject(schema) || !hasDefaults(schema)) return node;
  if (isList(node)) {
    const items = property(schema, 'items');
    if (items === undefined) return node;
    const filled = node.content.map((item) => applyDefaults(item, items));
    return filled.every((item, index) => item === node.content[index]) ? node : new Traced(filled, node.origin);
  }
  if (!isMap(node)) return node;
  const entries = new Map<string, Traced>();
  // What has all its defaults already stays the same node, of which may be known that nothing is wrong with it.
  let same = true;
  const properties = property(schema, 'properties');
  const others = property(schema, 'additionalProperties');
  for (const [name, value] of node.content) {
    const inner = property(properties, name) ?? others;
    const filled = inner === undefined ? value : applyDefaults(value, inner);
    same &&= filled === value;
    entries.set(name, filled);
  }
  if (isObject(properties)) {
    for (const [name, inner] of Object.entries(properties)) {
      const value = property(inner, 'default');
      const before = entries.get(name);
      if (value === undefined || (before !== undefined && before.content !== null)) continue;
      if (before !== undefined && property(inner, 'nullable') === true) continue;
      same = false;
      entries.set(
        name,
        applyDefaults(
          traceJson(value, () => node.origin),
          inner,
        ),
      );
    }
  }
  return same ? node : new Traced(entries, node.origin);
}

const known = new WeakMap<JsonObject, boolean>();

function hasDefaults(schema: JsonObject): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found =
    property(schema, 'default') !== undefined ||
    innerSchemas(schema).some(([inner]) => isObject(inner) && hasDefaults(inner));
  known.set(schema, found);
  return found;
}
