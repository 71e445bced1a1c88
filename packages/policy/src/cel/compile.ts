import type { CheckError } from './check/check-error.ts';
import { type CheckOptions, checkExpression } from './check/check-expression.ts';
import { declarationsOf } from './check/declarations.ts';
import { literalMistake } from './check/literal-rules.ts';
import { isAnything } from './check/substitution.ts';
import { DEFAULT_LIBRARIES } from './default-libraries.ts';
import { type Compiled, compileProgram } from './evaluate/compile-program.ts';
import type { Frame } from './evaluate/frame.ts';
import type { Activation, CelEnvironment, Compilation, Evaluation, Program, StepBudget } from './program.ts';
import { references } from './references.ts';
import { BudgetExceeded, charge } from './steps.ts';
import type { Expression, Range } from './syntax/expression.ts';
import { parseExpression } from './syntax/parse-expression.ts';
import { type CelType, DYN, objectType, printType, type TypeProvider } from './type.ts';
import { CelError, CelUnknown } from './value.ts';

type Refusal = Extract<Compilation, { kind: 'error' }>;

/**
 * Compiles a CEL expression: parses it, checks its types as far as they are known, and makes it ready to run. Never throws.
 *
 * @param expression the source
 * @param environment the variables it may use, their types, and the type it must return
 */
export function compile(expression: string, environment: CelEnvironment): Compilation {
  try {
    return compileWithin(expression, environment);
  } catch (error) {
    // The parser's limit of depth leaves much of a stack; who calls from deep inside one may have less.
    if (!(error instanceof RangeError)) throw error;
    const range = { start: 0, end: expression.length };
    return refusal({ message: `the expression is too large: ${error.message}`, range });
  }
}

function compileWithin(expression: string, environment: CelEnvironment): Compilation {
  const parsed = parseExpression(expression, { blocks: environment.blocks === true });
  if (parsed.kind === 'error') return refusal(parsed);
  const checked = checkExpression(parsed.expression, optionsOf(environment));
  const rules = environment.literals ?? (environment.libraries ? 'homogeneous' : 'strict');
  const [mistake = literalMistake(parsed.expression, checked.typeOf, rules)] = checked.errors;
  if (mistake) return refusal(mistake);
  const wrong = wrongResult(checked.type, environment.result, parsed.expression.range);
  if (wrong) return refusal(wrong);
  const compiled = compileProgram(parsed.expression, checked);
  return { kind: 'program', program: programOf(expression, parsed.expression, checked.type, compiled) };
}

/** A field that does not exist, in an expression that compiles. */
export interface FieldMistake {
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
  readonly end: number;
}

/**
 * The fields in an expression that do not exist by the types of an environment, where the values themselves are dynamic, as the
 * objects of Kubernetes' admission are: that types differ otherwise is no mistake.
 *
 * @param expression one that `compile` accepts
 * @returns every mistake, and the type of the expression for those that build on it
 */
export function fieldMistakes(
  expression: string,
  environment: CelEnvironment,
): { readonly type: CelType; readonly mistakes: readonly FieldMistake[] } {
  const parsed = parseExpression(expression, { blocks: environment.blocks === true });
  if (parsed.kind === 'error') return { type: DYN, mistakes: [] };
  const { type, errors } = checkExpression(parsed.expression, { ...optionsOf(environment), fieldsOnly: true });
  const mistakes = errors.map(({ message, hint, range }) => ({
    message,
    ...(hint === undefined ? {} : { hint }),
    offset: range.start,
    end: range.end,
  }));
  return { type, mistakes };
}

function optionsOf(environment: CelEnvironment): CheckOptions {
  return {
    declarations: declarationsOf(environment.libraries ?? DEFAULT_LIBRARIES),
    variables: variablesOf(environment),
    provider: providerOf(environment),
    container: environment.container ?? '',
    typed: environment.unchecked !== true,
  };
}

function programOf(expression: string, tree: Expression, type: CelType, { evaluate, size, slots }: Compiled): Program {
  return {
    expression,
    type,
    references: references(tree),
    evaluate(activation: Activation, budget: StepBudget): Evaluation {
      const frame: Frame = { activation, budget, locals: new Array(slots), failedElements: [] };
      try {
        charge(budget, size);
        const result = evaluate(frame);
        if (result instanceof CelError) return { kind: 'error', message: result.message };
        if (result instanceof CelUnknown) return { kind: 'unknown', reason: result.reasons.join('; ') };
        return { kind: 'value', content: result, failedElements: frame.failedElements };
      } catch (error) {
        if (error instanceof BudgetExceeded) return { kind: 'budget', message: error.message };
        // What the machine itself refuses, such as a string of more than 2^29 characters.
        if (error instanceof RangeError) return { kind: 'error', message: `too large to evaluate: ${error.message}` };
        throw error;
      }
    },
  };
}

function variablesOf({ variables, types, records }: CelEnvironment): ReadonlyMap<string, CelType> {
  return new Map(
    variables.map((name) => [name, types?.get(name) ?? (records.has(name) ? objectType(recordName(name)) : DYN)]),
  );
}

/** Objects of the environment's own provider, and records by the name of their variable. */
function providerOf({ provider, records }: CelEnvironment): TypeProvider {
  if (records.size === 0 && provider) return provider;
  const byName = new Map([...records].map(([name, fields]) => [recordName(name), fieldsOf(fields)]));
  return {
    field: (type, name) => (byName.get(type) ?? { get: (key: string) => provider?.field(type, key) }).get(name),
    fieldNames: (type) => byName.get(type)?.keys() ?? provider?.fieldNames(type),
    join: (a, b) => provider?.join?.(a, b),
  };
}

/** As it reads in a message: `variables has no field "imgae"`. */
function recordName(variable: string): string {
  return variable;
}

function fieldsOf(fields: readonly string[] | ReadonlyMap<string, CelType>): ReadonlyMap<string, CelType> {
  return fields instanceof Map ? fields : new Map([...fields].map((name) => [String(name), DYN]));
}

function wrongResult(type: CelType, wanted: CelEnvironment['result'], range: Range): CheckError | undefined {
  if (wanted === 'any' || type.kind === wanted || isAnything(type)) return undefined;
  if (type.kind === 'wrapper' && type.of.kind === wanted) return undefined;
  return { message: `the expression must return ${wanted}, but returns ${printType(type)}`, range };
}

function refusal({ message, hint, range }: { message: string; hint?: string | undefined; range: Range }): Refusal {
  return {
    kind: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
    offset: range.start,
    end: range.end,
  };
}
