import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json } from '../json/json.ts';

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
let shared: Ajv2020 | undefined;
const compiled = new WeakMap<object, ValidateFunction>();

function ajv(): Ajv2020 {
  if (shared === undefined) {
    shared = new Ajv2020(options);
    formats(shared);
  }
  return shared;
}

/** A validator of a JSON Schema (2020-12), compiled when it is first used and kept as long as the schema object. */
export function validatorOf(schema: object): SchemaValidator {
  return {
    problems(value) {
      let validate = compiled.get(schema);
      if (validate === undefined) {
        validate = ajv().compile(schema);
        // ajv itself would keep every schema for ever.
        ajv().removeSchema(schema);
        compiled.set(schema, validate);
      }
      return validate(value) ? [] : (validate.errors ?? []);
    },
  };
}

/**
 * Whether a schema that a producer wrote is one: the reason when it is not. A schema of its own instance, so
 * that a hostile `$id` cannot take the place of another schema; references to elsewhere do not compile.
 */
export function schemaProblem(schema: object): string | undefined {
  const own = new Ajv2020({ ...options, strict: true, strictTypes: false, strictRequired: false });
  formats(own);
  try {
    own.compile(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
