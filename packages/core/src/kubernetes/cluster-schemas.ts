import { compareStrings } from '../json/compare.ts';
import { isObject, type Json, type JsonObject, objectFrom, property, stringOf } from '../json/json.ts';
import { strings } from './keywords.ts';
import { isBuiltInType, kindsOf, referencesIn } from './open-api-types.ts';
import { reduceSchema } from './reduce-custom-resource.ts';

/** What was published by a cluster, as a file of the repository. */
export interface ClusterSchemas {
  readonly content: string;
  readonly kinds: number;
  readonly types: number;
  readonly version: string;
}

/**
 * Puts the OpenAPI 3.0 documents of a cluster together into `schemas/kubernetes.json`: the kinds that somebody can apply and what they are
 * made of, without what only people read; one type a line, sorted, so that the next refresh has a diff that can be read.
 *
 * @param complete whether these are all documents of the cluster: what is not in them then does not exist
 * @returns `undefined` when there is no kind in them
 */
export function clusterSchemas(documents: readonly Json[], complete: boolean): ClusterSchemas | undefined {
  const all = new Map<string, Json>();
  for (const document of documents) {
    const schemas = property(property(document, 'components'), 'schemas');
    if (isObject(schemas)) for (const [name, schema] of Object.entries(schemas)) all.set(name, schema);
  }
  const kinds = [...all].filter(([, schema]) => kindsOf(schema).length > 0).map(([name]) => name);
  if (kinds.length === 0) return undefined;
  const wanted = new Set(kinds);
  for (const name of wanted) for (const reference of referencesIn(all.get(name) ?? null)) wanted.add(reference);
  const version = stringOf(property(property(documents[0], 'info'), 'version')) ?? 'unknown';
  const lines = [...wanted]
    .filter((name) => all.has(name))
    .sort(compareStrings)
    .map((name) => `   ${JSON.stringify(name)}: ${JSON.stringify(reduced(name, all.get(name) ?? null))}`);
  const about = { title: 'Kubernetes', version, 'x-complete': complete, 'x-group-versions': groupVersions(documents) };
  const info = JSON.stringify(about);
  const content = `{\n "openapi": "3.0.0",\n "info": ${info},\n "paths": {},\n "components": {\n  "schemas": {\n${lines.join(',\n')}\n  }\n }\n}\n`;
  return { content, kinds: kinds.length, types: lines.length, version };
}

/**
 * Which `apiVersion`s the documents are about. A document also has types of others that some request of its own takes (an
 * Eviction of policy/v1 is posted to a pod of v1): so its paths say it, or what an earlier run wrote.
 */
function groupVersions(documents: readonly Json[]): readonly string[] {
  const found = documents.flatMap((document) => {
    const written = property(property(document, 'info'), 'x-group-versions');
    if (Array.isArray(written)) return strings(written);
    const paths = property(document, 'paths');
    return Object.keys(isObject(paths) ? paths : {}).flatMap((path) => {
      const [, core, named] = /^\/(?:api\/([^/]+)|apis\/([^/]+\/[^/]+))\//.exec(path) ?? [];
      return core ?? named ?? [];
    });
  });
  return [...new Set(found)].sort(compareStrings);
}

/** Go's zero values are published as defaults: `containerPort: 0` is required all the same. */
function reduced(name: string, schema: Json): Json {
  const short = reduceSchema(schema);
  return isBuiltInType(name) ? withoutDefaults(short) : short;
}

function withoutDefaults(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withoutDefaults);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]): (readonly [string, Json])[] => {
    if (keyword === 'properties' && isObject(value)) {
      const inner = Object.entries(value).map(([name, of]): readonly [string, Json] => [name, withoutDefaults(of)]);
      return [[keyword, objectFrom(inner)]];
    }
    return keyword === 'default' ? [] : [[keyword, withoutDefaults(value)]];
  });
  return objectFrom(entries) satisfies JsonObject;
}
