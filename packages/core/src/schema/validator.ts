import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { canonicalJson } from '../json/canonical-json.ts';
import { type Json, property } from '../json/json.ts';
import { ajvOptions } from './ajv-options.ts';
import { compiledSchemas } from './compiled-schemas.ts';
import { linearPattern } from './linear-pattern.ts';
import { refusedSchema } from './refused-schema.ts';

/** What one JSON Schema says of a value. */
export interface SchemaValidator {
  /** The first problem of each place, or none. */
  problems(value: Json): readonly ErrorObject[];
}

const formats = addFormats.default;
/** Who wrote a schema: patterns of ours are known to be harmless, and may look around. */
export type SchemaAuthor = 'ours' | 'producer';

const regExp = Object.assign(linearPattern, { code: 'linearPattern' });
/** No address is longer, and the pattern of this format takes time by the square of a text (ajv-formats 3). */
const maxUrl = 2000;

/** One for each author, made when a schema has to be compiled. */
const compilers = new Map<SchemaAuthor, Ajv2020>();
const validators: Readonly<Record<SchemaAuthor, WeakMap<object, ValidateFunction>>> = {
  ours: new WeakMap(),
  producer: new WeakMap(),
};

function compilerOf(author: SchemaAuthor): Ajv2020 {
  const known = compilers.get(author);
  if (known !== undefined) return known;
  const ajv =
    author === 'ours' ? formats(new Ajv2020(ajvOptions)) : bounded(new Ajv2020({ ...ajvOptions, code: { regExp } }));
  compilers.set(author, ajv);
  return ajv;
}

/** Replaces what takes time by the square of a value. */
function bounded(ajv: Ajv2020): Ajv2020 {
  formats(ajv);
  const url = ajv.formats['url'];
  if (url instanceof RegExp) ajv.addFormat('url', (text: string) => text.length <= maxUrl && url.test(text));
  ajv.removeKeyword('uniqueItems');
  return ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (unique: boolean, items: readonly Json[]) =>
      !unique || new Set(items.map(canonicalJson)).size === items.length,
    error: { message: 'must not have the same item twice' },
  });
}

/**
 * A validator of a JSON Schema (2020-12), compiled when it is first used and kept as long as the schema object.
 *
 * What a producer wrote never ends a run: a schema that does not compile or answers neither yes nor no, and one
 * that runs out of stack, is a problem of the value.
 */
export function validatorOf(schema: object, author: SchemaAuthor = 'producer'): SchemaValidator {
  return {
    problems(value) {
      try {
        return answer(compiled(schema, author), value);
      } catch (error) {
        if (author === 'ours') throw error;
        return [notChecked(error instanceof Error ? error.message : String(error))];
      }
    },
  };
}

function compiled(schema: object, author: SchemaAuthor): ValidateFunction {
  const known = validators[author].get(schema);
  if (known !== undefined) return known;
  const beforehand = author === 'ours' ? compiledSchemas.get(schema) : undefined;
  const validate = beforehand?.() ?? compile(schema, compilerOf(author));
  validators[author].set(schema, validate);
  return validate;
}

function compile(schema: object, ajv: Ajv2020): ValidateFunction {
  try {
    return ajv.compile(schema);
  } finally {
    // ajv itself would keep every schema for ever.
    ajv.removeSchema(schema);
  }
}

function answer(validate: ValidateFunction, value: Json): readonly ErrorObject[] {
  // An asynchronous schema answers with a promise, which is neither, and whose rejection nobody would hear.
  if ('$async' in validate) return [notChecked('"$async" is not supported')];
  if (validate(value) === true) return [];
  return validate.errors ?? [notChecked('the schema gives no answer')];
}

function notChecked(reason: string): ErrorObject {
  const message = `cannot be checked: ${reason}`;
  return { keyword: 'schema', instancePath: '', schemaPath: '#', params: {}, message };
}

/**
 * Whether a schema that a producer wrote is one: the reason when it is not. References to elsewhere do not compile,
 * and a schema with an `$id` gets a compiler of its own, so that a hostile one cannot take the place of another schema.
 */
export function schemaProblem(schema: object): string | undefined {
  try {
    const refused = refusedSchema(schema as Json);
    if (refused !== undefined) return refused;
    const compiler = property(schema as Json, '$id') === undefined ? strictCompiler() : newStrictCompiler();
    // Strictness is about what a schema may say: what compiles answers the same, and is not compiled again for a value.
    validators.producer.set(schema, compile(schema, compiler));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const strictCompilers: Ajv2020[] = [];

/** Making one takes longer than what a small schema asks of it. */
function strictCompiler(): Ajv2020 {
  const [known = newStrictCompiler()] = strictCompilers;
  strictCompilers[0] = known;
  return known;
}

function newStrictCompiler(): Ajv2020 {
  const strict = { strict: true, strictTypes: false, strictRequired: false } as const;
  return bounded(new Ajv2020({ ...ajvOptions, ...strict, code: { regExp } }));
}
