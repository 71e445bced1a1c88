import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { traceJson } from '../provenance/traced.ts';
import { builtInDefinitions } from './built-in.ts';
import { CheckRun } from './check-run.ts';
import { SchemaCompiler } from './compile-schema.ts';
import { fieldPath } from './field-path.ts';
import { knownPattern } from './known-pattern.ts';

/** The kinds of one CustomResourceDefinition, each version with its schema. */
export interface CustomResource {
  /** `<group>/<version>/<Kind>`. */
  readonly kind: string;
  readonly schema: JsonObject;
}

/** Why a document is not a CustomResourceDefinition that can be checked by. */
export interface DefinitionProblem {
  readonly pointer: Pointer;
  readonly message: string;
  readonly hint: string;
}

const what = 'apiextensions.k8s.io/v1/CustomResourceDefinition';
const unplaced = {
  kind: 'template',
  capability: '',
  position: { path: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
} as const;

/**
 * Reads a CustomResourceDefinition as its project publishes it (apiextensions.k8s.io/v1), or a reduced one of the same form
 * (`idp schemas --capability`).
 *
 * @returns the kinds of its served versions, or what is wrong with it: fields that it does not have, `$ref`, which structural
 * schemas cannot have, patterns that are not of RE2, which is what Kubernetes evaluates
 */
export function readCustomResource(
  document: Json,
): { readonly kinds: readonly CustomResource[] } | { readonly problems: readonly DefinitionProblem[] } {
  const written = `${stringOf(property(document, 'apiVersion')) ?? ''}/${stringOf(property(document, 'kind')) ?? ''}`;
  if (written !== what) {
    const message = 'this is no CustomResourceDefinition of apiextensions.k8s.io/v1';
    return { problems: [{ pointer: [], message, hint: 'put only what the project publishes as its CRDs here' }] };
  }
  const problems = formProblems(document);
  if (problems.length > 0) return { problems };
  const spec = property(document, 'spec') ?? null;
  const group = stringOf(property(spec, 'group')) ?? '';
  const name = stringOf(property(property(spec, 'names'), 'kind')) ?? '';
  const kinds = versionsOf(spec).flatMap(({ version, schema, pointer }): readonly CustomResource[] => {
    if (property(version, 'served') === false) return [];
    if (!isObject(schema)) {
      problems.push({ pointer, message: 'this version has no schema', hint: 'add `schema.openAPIV3Schema`' });
      return [];
    }
    problems.push(...schemaProblems(schema, [...pointer, 'schema', 'openAPIV3Schema']));
    return [
      { kind: `${group}/${stringOf(property(version, 'name')) ?? ''}/${name}`, schema: withObjectFields(schema) },
    ];
  });
  return problems.length > 0 ? { problems } : { kinds };
}

/** Its own form, by the built-in type; what stands inside of its schemas is walked apart. */
function formProblems(document: Json): DefinitionProblem[] {
  const run = new CheckRun();
  new SchemaCompiler(builtInDefinitions()).type('apiextensions.v1.CustomResourceDefinition')(
    traceJson(withoutSchemas(document), () => unplaced),
    run,
  );
  return run.problems.map(({ path, says, hint }) => ({
    pointer: path,
    message: `${fieldPath(path)} ${says}`,
    hint: hint ?? 'see kubernetes.io, "CustomResourceDefinition"',
  }));
}

function withoutSchemas(document: Json): Json {
  const spec = property(document, 'spec');
  const versions = property(spec, 'versions');
  if (!isObject(document) || !isObject(spec) || !Array.isArray(versions)) return document;
  const bare = (versions as readonly Json[]).map((version) =>
    isObject(version) ? { ...version, schema: {} } : version,
  );
  return { ...document, spec: { ...spec, versions: bare } };
}

function versionsOf(spec: Json) {
  const versions = property(spec, 'versions');
  return (Array.isArray(versions) ? (versions as readonly Json[]) : []).map((version, index) => ({
    version,
    schema: property(property(version, 'schema'), 'openAPIV3Schema'),
    pointer: ['spec', 'versions', index] as const,
  }));
}

function schemaProblems(root: JsonObject, at: Pointer): readonly DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const walk = (schema: JsonObject, pointer: Pointer): void => {
    for (const [keyword, value] of Object.entries(schema)) {
      const problem = keywordProblem(keyword, value);
      if (problem !== undefined) problems.push({ pointer: [...pointer, keyword], ...problem });
    }
    for (const [inner, segment] of innerSchemas(schema)) if (isObject(inner)) walk(inner, [...pointer, ...segment]);
  };
  walk(root, at);
  return problems;
}

/** What a schema may say, and what each keyword has to be (apiextensions/v1, JSONSchemaProps). */
const keywords: Readonly<Record<string, (value: Json) => boolean>> = (() => {
  const is = (type: string) => (value: Json) => typeof value === type;
  const list = (value: Json) => Array.isArray(value);
  const text = is('string');
  const number = is('number');
  const flag = is('boolean');
  const any = () => true;
  return {
    ...{ description: text, title: text, example: any, externalDocs: isObject, id: text },
    ...{ type: text, format: text, nullable: flag, default: any, enum: list },
    ...{ properties: isObject, required: list, minProperties: number, maxProperties: number },
    ...{ additionalProperties: (value) => isObject(value) || typeof value === 'boolean' },
    ...{ items: isObject, minItems: number, maxItems: number, uniqueItems: flag },
    ...{ pattern: text, minLength: number, maxLength: number },
    ...{ minimum: number, maximum: number, exclusiveMinimum: flag, exclusiveMaximum: flag, multipleOf: number },
    ...{ allOf: list, anyOf: list, oneOf: list, not: isObject },
    ...{ 'x-kubernetes-embedded-resource': flag, 'x-kubernetes-int-or-string': flag },
    ...{ 'x-kubernetes-list-map-keys': list, 'x-kubernetes-list-type': text, 'x-kubernetes-map-type': text },
    ...{ 'x-kubernetes-preserve-unknown-fields': flag, 'x-kubernetes-validations': list },
  };
})();

function keywordProblem(keyword: string, value: Json): Omit<DefinitionProblem, 'pointer'> | undefined {
  if (keyword === '$ref') return { message: 'a structural schema has no `$ref`', hint: 'write the schema out' };
  const accepts = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
  if (accepts === undefined) {
    const hint = didYouMean(keyword, Object.keys(keywords)) ?? 'see kubernetes.io, "CustomResourceDefinition"';
    return { message: `${quote(keyword)} is not a keyword of a structural schema`, hint };
  }
  if (!accepts(value))
    return { message: `the keyword ${quote(keyword)} cannot have this value`, hint: 'mend the schema' };
  const refused = keyword === 'pattern' && typeof value === 'string' ? patternProblem(value) : undefined;
  return refused === undefined ? undefined : { message: refused, hint: 'mend the pattern, or leave it out' };
}

function patternProblem(pattern: string): string | undefined {
  try {
    knownPattern(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The schemas directly inside of a schema, with the way to each. */
export function innerSchemas(schema: JsonObject): readonly (readonly [Json, Pointer])[] {
  const found: (readonly [Json, Pointer])[] = [];
  for (const keyword of ['items', 'additionalProperties', 'not']) {
    const inner = property(schema, keyword);
    if (isObject(inner)) found.push([inner, [keyword]]);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const list = property(schema, keyword);
    if (Array.isArray(list))
      (list as readonly Json[]).forEach((inner, index) => void found.push([inner, [keyword, index]]));
  }
  const properties = property(schema, 'properties');
  if (isObject(properties))
    for (const [name, inner] of Object.entries(properties)) found.push([inner, ['properties', name]]);
  return found;
}

/** Every object has these, and a schema of a custom resource may say no more of them than that. */
function withObjectFields(schema: JsonObject): JsonObject {
  const properties = property(schema, 'properties');
  return {
    ...schema,
    type: 'object',
    properties: {
      ...(isObject(properties) && properties),
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: 'meta.v1.ObjectMeta' },
    },
  };
}
