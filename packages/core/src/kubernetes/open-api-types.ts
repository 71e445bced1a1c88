import { isObject, type Json, type JsonObject, objectFrom, property, stringOf } from '../json/json.ts';
import { knownLimits } from './known-limits.ts';
import type { TypeDefinitions } from './type-definitions.ts';

const prefix = '#/components/schemas/';
/** Types whose JSON is not that of their fields. */
const special: Readonly<Record<string, JsonObject>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
};

/**
 * The types of an OpenAPI 3.0 document as an API server publishes it. Kinds are what has an ObjectMeta: lists and the options of
 * requests are nothing that anybody applies.
 */
export function openApiTypes(schemas: JsonObject): TypeDefinitions {
  const kinds = new Map<string, string>();
  for (const [name, schema] of Object.entries(schemas)) for (const kind of kindsOf(schema)) kinds.set(kind, name);
  return {
    kinds,
    definition(name) {
      const schema = property(schemas, name);
      return isObject(schema) ? (special[name] ?? normalised(schema, name)) : undefined;
    },
  };
}

/** `<group>/<version>/<Kind>` of a schema that describes objects with a name. */
export function kindsOf(schema: Json): readonly string[] {
  const metadata = property(property(schema, 'properties'), 'metadata');
  if (!referencesIn(metadata ?? null).some((name) => name.endsWith('.meta.v1.ObjectMeta'))) return [];
  const published = property(schema, 'x-kubernetes-group-version-kind');
  return (Array.isArray(published) ? (published as readonly Json[]) : []).flatMap((each) => {
    const group = stringOf(property(each, 'group'));
    const version = stringOf(property(each, 'version'));
    const kind = stringOf(property(each, 'kind'));
    if (group === undefined || version === undefined || kind === undefined) return [];
    return [group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`];
  });
}

/** The names of the schemas that a schema leads to. */
export function referencesIn(schema: Json): readonly string[] {
  if (Array.isArray(schema)) return (schema as readonly Json[]).flatMap(referencesIn);
  if (!isObject(schema)) return [];
  const own = stringOf(property(schema, '$ref'));
  return [...(own === undefined ? [] : [nameIn(own)]), ...Object.values(schema).flatMap(referencesIn)];
}

function nameIn(reference: string): string {
  return reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
}

/** Whether a type is compiled into the API server: its schema is made of Go, where an empty one means anything. */
export function isBuiltInType(name: string): boolean {
  return name.startsWith('io.k8s.');
}

function normalised(schema: JsonObject, name: string): JsonObject {
  const inner = withNames(schema);
  if (!isObject(inner)) return {};
  const properties = property(inner, 'properties');
  if (!isBuiltInType(name)) return inner;
  if (!isObject(properties)) {
    const open = property(inner, 'type') === 'object' && property(inner, 'additionalProperties') === undefined;
    return open ? { 'x-kubernetes-preserve-unknown-fields': true } : inner;
  }
  const limits = knownLimits[shortName(name)] ?? {};
  return {
    ...inner,
    properties: objectFrom(
      Object.entries(properties).map(([field, value]) => {
        const limit = Object.hasOwn(limits, field) ? limits[field] : undefined;
        if (limit === undefined || !isObject(value)) return [field, value] as const;
        return [field, { ...(special[refOf(value) ?? ''] ?? value), ...limit }] as const;
      }),
    ),
  };
}

function refOf(schema: JsonObject): string | undefined {
  const all = property(schema, 'allOf');
  return stringOf(property(schema, '$ref')) ?? (Array.isArray(all) ? stringOf(property(all[0], '$ref')) : undefined);
}

/** With references by name alone. */
function withNames(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withNames);
  if (!isObject(schema)) return schema;
  return objectFrom(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === '$ref' && typeof value === 'string' ? nameIn(value) : withNames(value),
    ]),
  );
}

/** `core.v1.Container` of `io.k8s.api.core.v1.Container`, as the table and the known limits call it. */
function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis)\./, '');
}
