import { isObject, type Json, property } from '../json/json.ts';

/** A JSON Schema as far as paths through it need it; `undefined` stands for "anything". */
export type PathSchema = Json | undefined;

export type Step =
  | { readonly kind: 'found'; readonly schema: PathSchema }
  | { readonly kind: 'unknown'; readonly known: readonly string[] };

/**
 * One step through a JSON Schema. A schema that names its properties and does not open itself to others
 * knows no other names; one that says nothing of properties lets everything through.
 */
export function stepInto(schema: PathSchema, name: string): Step {
  if (!isObject(schema)) return { kind: 'found', schema: undefined };
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => {
    const list = property(schema, keyword);
    return Array.isArray(list) ? (list as readonly Json[]) : [];
  });
  if (branches.length > 0 && property(schema, 'properties') === undefined) return firstOf(branches, name);
  const properties = property(schema, 'properties');
  const declared = property(properties, name);
  if (declared !== undefined) return { kind: 'found', schema: declared };
  if (/^\d+$/.test(name) && property(schema, 'items') !== undefined)
    return { kind: 'found', schema: property(schema, 'items') };
  const patterns = property(schema, 'patternProperties');
  if (isObject(patterns)) return { kind: 'found', schema: Object.values(patterns)[0] };
  const additional = property(schema, 'additionalProperties');
  if (isObject(additional)) return { kind: 'found', schema: additional };
  if (properties === undefined && !isScalarType(property(schema, 'type'))) return { kind: 'found', schema: undefined };
  return { kind: 'unknown', known: isObject(properties) ? Object.keys(properties) : [] };
}

/** The schema of what `#each` gives for every entry of a list or a map. */
export function itemSchema(schema: PathSchema): PathSchema {
  const items = property(schema, 'items');
  if (items !== undefined) return items;
  const patterns = property(schema, 'patternProperties');
  if (isObject(patterns)) return Object.values(patterns)[0];
  const additional = property(schema, 'additionalProperties');
  return isObject(additional) ? additional : undefined;
}

function firstOf(branches: readonly Json[], name: string): Step {
  const known: string[] = [];
  for (const branch of branches) {
    const step = stepInto(branch, name);
    if (step.kind === 'found') return step;
    known.push(...step.known);
  }
  return { kind: 'unknown', known };
}

function isScalarType(type: Json | undefined): boolean {
  return (
    type === 'string' ||
    type === 'number' ||
    type === 'integer' ||
    type === 'boolean' ||
    type === 'null' ||
    type === 'array'
  );
}
