import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { linearPattern } from './linear-pattern.ts';
import { refusedSchema } from './refused-schema.ts';

/** What one JSON Schema says of a value. */
export interface SchemaValidator {
  /** The first problem of each place, or none. */
  problems(value: Json): readonly ErrorObject[];
}

const formats = addFormats.default;
/**
 * `validateSchema` is off: compiling the metaschema of 2020-12 costs 0.4 s of every run, and what it would find
 * in our own schemas the tests find; in a producer's schema strict compilation finds it.
 */
const options = {
  allErrors: true,
  strict: false,
  verbose: true,
  ownProperties: true,
  validateSchema: false,
  // A producer's `$id` is theirs alone: it neither clashes with another schema nor takes its place.
  addUsedSchema: false,
} as const;
/** Who wrote a schema: patterns of ours are known to be harmless, and may look around. */
export type SchemaAuthor = 'ours' | 'producer';

const regExp = Object.assign(linearPattern, { code: 'linearPattern' });
/** No address is longer, and the pattern of this format takes time by the square of a text (ajv-formats 3). */
const maxUrl = 2000;

interface Compiler {
  readonly ajv: Ajv2020;
  readonly compiled: WeakMap<object, ValidateFunction>;
}
const compilers = new Map<SchemaAuthor, Compiler>();

function compilerOf(author: SchemaAuthor): Compiler {
  const known = compilers.get(author);
  if (known !== undefined) return known;
  const ajv =
    author === 'ours' ? formats(new Ajv2020(options)) : bounded(new Ajv2020({ ...options, code: { regExp } }));
  const compiler = { ajv, compiled: new WeakMap<object, ValidateFunction>() };
  compilers.set(author, compiler);
  return compiler;
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
        return answer(compile(schema, compilerOf(author)), value);
      } catch (error) {
        if (author === 'ours') throw error;
        return [notChecked(error instanceof Error ? error.message : String(error))];
      }
    },
  };
}

function compile(schema: object, { ajv, compiled }: Compiler): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(schema);
  // ajv itself would keep every schema for ever.
  ajv.removeSchema(schema);
  compiled.set(schema, validate);
  return validate;
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
 * Whether a schema that a producer wrote is one: the reason when it is not. A schema of its own instance, so
 * that a hostile `$id` cannot take the place of another schema; references to elsewhere do not compile.
 */
export function schemaProblem(schema: object): string | undefined {
  try {
    const refused = refusedSchema(schema as Json);
    if (refused !== undefined) return refused;
    const strict = { strict: true, strictTypes: false, strictRequired: false } as const;
    bounded(new Ajv2020({ ...options, ...strict, code: { regExp } })).compile(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
