import type { ErrorObject } from 'ajv';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Json, property } from '../json/json.ts';
import { type Pointer, parsePointer, pointerText } from '../json/pointer.ts';
import { type SchemaAuthor, validatorOf } from './validator.ts';

/** What is wrong with a value, in words of the person who wrote it. */
export interface SchemaProblem {
  readonly kind: 'unknown-field' | 'missing-field' | 'wrong-value';
  readonly pointer: Pointer;
  /** A misspelt key is pointed at itself, everything else at the value. */
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

/**
 * Validates a value by a JSON Schema and says each problem once, in the order of the places.
 *
 * @param author who wrote the schema; patterns of producers are matched in linear time
 */
export function schemaProblems(schema: object, value: Json, author?: SchemaAuthor): readonly SchemaProblem[] {
  const byPlace = new Map<string, SchemaProblem>();
  for (const error of mostTelling(validatorOf(schema, author).problems(value))) {
    const problem = problemOf(error);
    const key = `${pointerText(problem.pointer)} ${problem.part}`;
    if (!byPlace.has(key)) byPlace.set(key, problem);
  }
  return [...byPlace.values()];
}

/**
 * `anyOf` reports every branch and then itself. What a branch says of the same value says less than the choice does; what
 * it says of a value inside says more.
 */
function mostTelling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = new Map<string, string[]>();
  for (const { keyword, instancePath, schemaPath } of errors) {
    if (keyword !== 'anyOf' && keyword !== 'oneOf') continue;
    const known = choices.get(instancePath);
    if (known === undefined) choices.set(instancePath, [`${schemaPath}/`]);
    else known.push(`${schemaPath}/`);
  }
  return errors.filter(({ keyword, instancePath, schemaPath }) => {
    if (keyword === 'if' || keyword === 'propertyNames') return false;
    return !(choices.get(instancePath) ?? []).some((choice) => schemaPath.startsWith(choice));
  });
}

function problemOf(error: ErrorObject): SchemaProblem {
  if (error.propertyName !== undefined) return badName(error, error.propertyName);
  const pointer = parsePointer(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  const name = nameOf(pointer);
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const field = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      const hint = didYouMean(field, known);
      const message = `${quote(field)} is not a field here`;
      return { kind: 'unknown-field', pointer: [...pointer, field], part: 'key', message, ...(hint && { hint }) };
    }
    case 'required': {
      const field = String(params['missingProperty']);
      return {
        kind: 'missing-field',
        pointer: [...pointer, field],
        part: 'key',
        message: `${quote(field)} is missing`,
        hint: `add \`${field}:\``,
      };
    }
    case 'dependentRequired': {
      const [field, missing] = [String(params['property']), String(params['missingProperty'])];
      const message = `${quote(field)} needs ${quote(missing)} beside it`;
      return { kind: 'wrong-value', pointer: [...pointer, field], part: 'key', message, hint: `add \`${missing}:\`` };
    }
    case 'enum':
    case 'const':
    case 'anyOf':
    case 'oneOf': {
      const allowed = allowedValues(error);
      if (allowed.length === 0) break;
      const written = typeof error.data === 'string' ? error.data : JSON.stringify(error.data);
      const choices = `one of ${allowed.join(', ')}`;
      const suggestion = didYouMean(written, allowed);
      return wrong(
        pointer,
        allowed.length === 1
          ? `${name} has to be ${allowed[0]}, not ${shown(error.data)}`
          : `${name} is ${shown(error.data)}, which is not allowed`,
        suggestion?.startsWith('did') ? `${suggestion} ${choices}` : choices,
      );
    }
    case 'type':
      return wrong(
        pointer,
        `${name} has to be ${article(String(params['type']))}, not ${shown(error.data)}`,
        typeHint(params['type'], error.data) ?? describe(error) ?? `write ${article(String(params['type']))}`,
      );
    case 'pattern':
      return wrong(
        pointer,
        `${name} is ${shown(error.data)}, which does not have the right form`,
        describe(error) ?? `it has to match ${String(params['pattern'])}`,
      );
  }
  const bound = boundProblem(error.keyword, Number(params['limit']));
  if (bound !== undefined) return wrong(pointer, `${name} ${bound.message}`, describe(error) ?? bound.hint);
  return wrong(pointer, `${name} ${error.message ?? 'is not valid'}`, describe(error));
}

/** By the nearest field: the number of an item in its list says nothing to who wrote it. */
function nameOf(pointer: Pointer): string {
  const field = pointer.findLast((step) => typeof step === 'string' && !/^\d+$/.test(step));
  if (field === undefined) return pointer.length === 0 ? 'the document' : quote(String(pointer.at(-1)));
  return pointer.at(-1) === field ? quote(String(field)) : `an item of ${quote(String(field))}`;
}

/** What is too few, too many, too short, too long, too small or too large, in words that are not the schema's. */
function boundProblem(keyword: string, limit: number): { readonly message: string; readonly hint: string } | undefined {
  const count = (one: string, many: string): string => `${limit} ${limit === 1 ? one : many}`;
  switch (keyword) {
    case 'minProperties':
    case 'minItems':
      return { message: `needs at least ${count('entry', 'entries')}`, hint: 'add one' };
    case 'maxProperties':
    case 'maxItems':
      return { message: `has more than ${count('entry', 'entries')}`, hint: 'leave some out' };
    case 'minLength':
      return { message: `is shorter than ${count('character', 'characters')}`, hint: 'write more' };
    case 'maxLength':
      return { message: `is longer than ${count('character', 'characters')}`, hint: 'shorten it' };
    case 'minimum':
      return { message: `is less than ${limit}`, hint: `write ${limit} or more` };
    case 'maximum':
      return { message: `is more than ${limit}`, hint: `write ${limit} or less` };
    default:
      return undefined;
  }
}

/** A key of a map that does not have the form that names there have. */
function badName(error: ErrorObject, name: string): SchemaProblem {
  return {
    kind: 'wrong-value',
    pointer: [...parsePointer(error.instancePath), name],
    part: 'key',
    message: `${quote(name)} cannot be a name here`,
    hint: describe(error) ?? `it ${error.message ?? 'is not valid'}`,
  };
}

function wrong(pointer: Pointer, message: string, hint: string | undefined): SchemaProblem {
  return { kind: 'wrong-value', pointer, part: 'value', message, ...(hint !== undefined && { hint }) };
}

function allowedValues(error: ErrorObject): readonly string[] {
  const schema = error.parentSchema ?? {};
  if (error.keyword === 'const') return [String(error.params['allowedValue'])];
  if (error.keyword === 'enum') return (error.params['allowedValues'] as readonly unknown[]).map(String);
  const branches = (schema[error.keyword] as readonly Json[] | undefined) ?? [];
  const constants = branches.map((branch) => property(branch, 'const'));
  return constants.every((constant) => constant !== undefined) ? constants.map(String) : [];
}

function describe(error: ErrorObject): string | undefined {
  const description = error.parentSchema?.['description'];
  return typeof description === 'string' ? description : undefined;
}

function typeHint(expected: unknown, data: unknown): string | undefined {
  if (expected === 'string' && (typeof data === 'number' || typeof data === 'boolean'))
    return `write it in quotes: "${data}"`;
  if ((expected === 'integer' || expected === 'number') && typeof data === 'string')
    return 'write the number without quotes';
  return undefined;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a map',
    array: 'a list',
    integer: 'an integer',
    null: 'null',
  };
  return words[type] ?? `a ${type}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return typeof value === 'string' ? quote(value) : String(value);
}
