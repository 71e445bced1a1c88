import { isObject, type Json, type JsonObject, objectFrom, property } from '../json/json.ts';

/** For people, or for the API server alone: nothing that decides whether an object is right. */
const dropped = ['description', 'title', 'example', 'externalDocs', 'x-kubernetes-validations'];

/**
 * A CustomResourceDefinition with what checks an object, and nothing else: of a megabyte some ten kilobytes stay. Rules in
 * CEL go too: nothing here evaluates them.
 *
 * @param wanted which versions to keep, `<group>/<version>/<Kind>`; those that are not served go in any case
 * @returns `undefined` when nothing is left
 */
export function reduceCustomResource(document: Json, wanted: (kind: string) => boolean): JsonObject | undefined {
  const spec = property(document, 'spec') ?? null;
  const names = property(spec, 'names') ?? null;
  const group = property(spec, 'group') ?? '';
  const kind = property(names, 'kind') ?? '';
  const written = property(spec, 'versions');
  const versions = (Array.isArray(written) ? (written as readonly Json[]) : []).filter(
    (version) =>
      property(version, 'served') !== false &&
      wanted(`${String(group)}/${String(property(version, 'name'))}/${String(kind)}`),
  );
  if (versions.length === 0) return undefined;
  return {
    apiVersion: property(document, 'apiVersion') ?? null,
    kind: property(document, 'kind') ?? null,
    metadata: { name: property(property(document, 'metadata'), 'name') ?? null },
    spec: {
      group,
      names: { kind, plural: property(names, 'plural') ?? null },
      scope: property(spec, 'scope') ?? null,
      versions: versions.map((version) => ({
        name: property(version, 'name') ?? null,
        served: true,
        storage: property(version, 'storage') ?? false,
        schema: { openAPIV3Schema: rootSchema(property(property(version, 'schema'), 'openAPIV3Schema') ?? null) },
      })),
    },
  };
}

/** Nobody renders a status, and what every object has is known. */
function rootSchema(schema: Json): Json {
  const reduced = reduceSchema(schema);
  const properties = property(reduced, 'properties');
  if (!isObject(reduced) || !isObject(properties)) return reduced;
  const own = Object.entries(properties).filter(
    ([name]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name),
  );
  return { ...reduced, properties: objectFrom(own) };
}

/** A schema without what only people read; names of properties are not keywords. */
export function reduceSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  return objectFrom(
    Object.entries(schema)
      .filter(([keyword]) => !dropped.includes(keyword))
      .map(([keyword, value]) => [keyword, reduceKeyword(keyword, value)] as const),
  );
}

function reduceKeyword(keyword: string, value: Json): Json {
  if (['items', 'additionalProperties', 'not'].includes(keyword)) return reduceSchema(value);
  if (['allOf', 'anyOf', 'oneOf'].includes(keyword) && Array.isArray(value))
    return (value as readonly Json[]).map(reduceSchema);
  if (keyword !== 'properties' || !isObject(value)) return value;
  return objectFrom(Object.entries(value).map(([name, inner]) => [name, reduceSchema(inner)] as const));
}
