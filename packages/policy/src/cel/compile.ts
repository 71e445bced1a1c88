import { TypeError as CelTypeError, EvaluationError, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import { nearest } from '../nearest.ts';
import { engineFor } from './engine.ts';
import { isEngineNode } from './engine-node.ts';
import { BudgetExceeded, charge, type Meter, spending } from './meter.ts';
import type { Activation, CelEnvironment, Compilation, Evaluation, Program, Reference, StepBudget } from './program.ts';
import { FailedRead, readInput, UnknownRead, type Witness } from './read-input.ts';
import { references } from './references.ts';
import { survey } from './survey.ts';

type Refusal = Extract<Compilation, { kind: 'error' }>;

/**
 * Compiles a CEL expression: parses it, checks its types as far as dynamic variables allow, and refuses
 * what is nested too deeply or not supported. Never throws.
 *
 * @param expression the source
 * @param environment the variables it may use and the type it must return
 */
export function compile(expression: string, environment: CelEnvironment): Compilation {
  try {
    return compileParsed(expression, engineFor(environment.variables).parse(expression), environment);
  } catch (error) {
    return compileError(error);
  }
}

function compileParsed(expression: string, parsed: ParseResult, environment: CelEnvironment): Compilation {
  const root: unknown = parsed.ast;
  if (!isEngineNode(root)) return refusal('the engine returned no syntax tree');
  const meter: Meter = { budget: { remaining: 0 }, failedElements: [] };
  const size = survey(root, meter);
  if (typeof size !== 'number') return size;
  const read = references(root);
  const misspelt = unknownField(read, environment);
  if (misspelt) return misspelt;
  const checked = parsed.check();
  if (!checked.valid) return withNearestVariable(compileError(checked.error), environment);
  const type = checked.type ?? 'dyn';
  if (environment.result !== 'any' && type !== environment.result && !type.startsWith('dyn')) {
    return refusal(`the expression must return ${environment.result}, but returns ${type}`, 0);
  }
  return { kind: 'program', program: programOf(expression, parsed, read, meter, size) };
}

function programOf(
  expression: string,
  run: ParseResult,
  read: readonly Reference[],
  meter: Meter,
  size: number,
): Program {
  return {
    expression,
    references: read,
    evaluate(activation: Activation, budget: StepBudget): Evaluation {
      const witness: Witness = {};
      meter.budget = budget;
      meter.failedElements = [];
      try {
        charge(budget, size);
        const content: unknown = spending(budget, () => run(new ActivationContext(activation, witness)));
        return { kind: 'value', content, failedElements: meter.failedElements };
      } catch (error) {
        if (error instanceof BudgetExceeded) return { kind: 'budget', message: error.message };
        if (witness.unknown !== undefined || error instanceof UnknownRead) {
          return { kind: 'unknown', reason: witness.unknown ?? messageOf(error) };
        }
        return { kind: 'error', message: messageOf(error) };
      }
    },
  };
}

/** What the engine reads variables from: it asks for a name only when the expression comes to it. */
class ActivationContext extends Map<string, unknown> {
  readonly #activation: Activation;
  readonly #witness: Witness;

  constructor(activation: Activation, witness: Witness) {
    super();
    this.#activation = activation;
    this.#witness = witness;
  }

  override get(name: string): unknown {
    const input = this.#activation(name);
    return input && readInput(input, this.#witness);
  }
}

/** `variables.x` and the like, where all fields are known beforehand. */
function unknownField(read: readonly Reference[], environment: CelEnvironment): Refusal | undefined {
  for (const { root, path } of read) {
    const fields = environment.records.get(root);
    const [field] = path;
    const names = fields instanceof Map ? [...fields.keys()] : [...(fields ?? [])];
    if (!fields || typeof field !== 'string' || names.includes(field)) continue;
    return { ...refusal(`${root}.${field} does not exist`), ...nearestHint(field, names) };
  }
  return undefined;
}

function withNearestVariable(error: Refusal, environment: CelEnvironment): Refusal {
  const unknown = /^Unknown variable: (\w+)/.exec(error.message)?.[1];
  return unknown === undefined ? error : { ...error, ...nearestHint(unknown, environment.variables) };
}

function nearestHint(written: string, candidates: readonly string[]): { hint?: string } {
  const best = nearest(written, candidates);
  if (best !== undefined) return { hint: `did you mean "${best}"?` };
  return candidates.length > 0 ? { hint: `there is ${candidates.join(', ')}` } : {};
}

function compileError(error: unknown): Refusal {
  return refusal(messageOf(error), isCelError(error) ? error.range?.start : undefined);
}

function refusal(message: string, offset?: number): Refusal {
  return { kind: 'error', message, notSupported: false, ...(offset === undefined ? {} : { offset }) };
}

function isCelError(error: unknown): error is ParseError | EvaluationError | CelTypeError {
  return error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
}

function messageOf(error: unknown): string {
  if (isCelError(error)) return error.summary.replaceAll('matchesInLinearTime', 'matches');
  if (error instanceof FailedRead) return error.message;
  // The stack's depth; `Invalid string length` is a RangeError as well.
  if (error instanceof RangeError) return `the expression is too large to evaluate (${error.message})`;
  return error instanceof Error ? error.message : String(error);
}
