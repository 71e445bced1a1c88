import { isObject, type Json, property, valueAt } from '../json/json.ts';
import { type Pointer, parsePointer } from '../json/pointer.ts';
import type { Origin } from '../provenance/origin.ts';
import { isList, isMap, Traced, traceJson } from '../provenance/traced.ts';
import { type LinearPattern, linearPattern } from '../schema/linear-pattern.ts';

/** The schema that defaults come from, and where it stands. */
export interface DefaultsSource {
  readonly schema: Json;
  /** Of a place in the schema. */
  readonly origin: (pointer: Pointer) => Origin;
  /** The defaults that are made already, by their place: the same nodes for all who have them filled in. */
  readonly made: Map<string, Traced>;
}

/**
 * Fills in the `default`s of a schema, also those of objects inside, of items and behind references. Where an object is
 * not there, neither are the defaults of its fields, unless it has a default itself. As ajv's `useDefaults` does it:
 * nothing under `anyOf`, `oneOf`, `not` and `if`, because which of them holds is not known before; and where several
 * have a default for one field, what `$ref` leads to comes first, then the parts of `allOf`, then the schema itself.
 * Unlike ajv, nothing under `then`, `else` and `dependentSchemas`, which depend on what is filled in.
 */
export function withDefaults(node: Traced, source: DefaultsSource): Traced {
  return filled(node, source.schema, [], source);
}

function filled(node: Traced, schema: Json | undefined, at: Pointer, source: DefaultsSource): Traced {
  if (!isObject(schema)) return node;
  let current = node;
  const reference = property(schema, '$ref');
  const target = typeof reference === 'string' ? targetOf(reference, source.schema) : undefined;
  if (target !== undefined) current = filled(current, target.schema, target.at, source);
  const parts = property(schema, 'allOf');
  if (Array.isArray(parts)) {
    (parts as readonly Json[]).forEach((part, index) => {
      current = filled(current, part, [...at, 'allOf', index], source);
    });
  }
  if (isMap(current)) return fields(current, schema, at, source);
  return isList(current) ? items(current, schema, at, source) : current;
}

type MapNode = Traced & { readonly content: ReadonlyMap<string, Traced> };
type ListNode = Traced & { readonly content: readonly Traced[] };

function fields(node: MapNode, schema: Json, at: Pointer, source: DefaultsSource): Traced {
  const entries = new Map(node.content);
  let same = true;
  const properties = property(schema, 'properties');
  const declared = isObject(properties) ? Object.entries(properties) : [];
  for (const [name, fieldSchema] of declared) {
    const place = [...at, 'properties', name];
    const fallback = property(fieldSchema, 'default');
    const before = entries.get(name);
    const present = before ?? (fallback === undefined ? undefined : defaultAt([...place, 'default'], fallback, source));
    if (present === undefined) continue;
    const field = filled(present, fieldSchema, place, source);
    if (field === before) continue;
    same = false;
    entries.set(name, field);
  }
  const names = new Set(declared.map(([name]) => name));
  for (const [name, value] of entries) {
    const matching = patternsFor(name, schema);
    let field = value;
    for (const [pattern, patternSchema] of matching)
      field = filled(field, patternSchema, [...at, 'patternProperties', pattern], source);
    if (!names.has(name) && matching.length === 0)
      field = filled(field, property(schema, 'additionalProperties'), [...at, 'additionalProperties'], source);
    if (field === value) continue;
    same = false;
    entries.set(name, field);
  }
  return same ? node : new Traced(entries, node.origin);
}

function defaultAt(at: Pointer, value: Json, { origin, made }: DefaultsSource): Traced {
  const place = JSON.stringify(at);
  const known = made.get(place);
  if (known !== undefined) return known;
  const node = traceJson(value, (inner) => origin([...at, ...inner]));
  made.set(place, node);
  return node;
}

function items(node: ListNode, schema: Json, at: Pointer, source: DefaultsSource): Traced {
  const first = property(schema, 'prefixItems');
  const prefix: readonly Json[] = Array.isArray(first) ? first : [];
  const content = node.content.map((item, index) =>
    index < prefix.length
      ? filled(item, prefix[index], [...at, 'prefixItems', index], source)
      : filled(item, property(schema, 'items'), [...at, 'items'], source),
  );
  return content.every((item, index) => item === node.content[index]) ? node : new Traced(content, node.origin);
}

/** `refusedSchema` lets only references through that stay inside and do not run in circles over one value. */
function targetOf(
  reference: string,
  root: Json,
): { readonly schema: Json | undefined; readonly at: Pointer } | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  try {
    const at = parsePointer(decodeURIComponent(reference.slice(1)));
    return { schema: valueAt(root, at), at };
  } catch {
    // Not a URI fragment; ajv has said so.
    return undefined;
  }
}

const compiled = new WeakMap<object, readonly (readonly [string, LinearPattern])[]>();

/** The `patternProperties` that a name matches, with their schemas. */
function patternsFor(name: string, schema: Json): readonly (readonly [string, Json | undefined])[] {
  const patterns = property(schema, 'patternProperties');
  if (!isObject(patterns)) return [];
  const known = compiled.get(patterns) ?? Object.keys(patterns).map((text) => [text, linearPattern(text)] as const);
  compiled.set(patterns, known);
  return known.flatMap(([text, pattern]) => (pattern.test(name) ? [[text, property(patterns, text)] as const] : []));
}
