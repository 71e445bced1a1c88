import { type CelInput, celValue } from '../cel/cel-input.ts';
import type { Activation, Evaluation, Program } from '../cel/program.ts';
import type { JsonObject } from '../json.ts';
import type { Policy } from '../policy/policy.ts';
import type { InputValues } from './input-values.ts';
import type { Limit, StepLimits } from './limits.ts';

/** Steps that a policy may still take in the whole run. */
export interface RunBudget {
  remaining: number;
}

/** What a policy may take: of its own on this object, and of what it has left for the run. */
export interface RunSteps {
  readonly limits: StepLimits;
  readonly run: RunBudget;
}

/** One policy on one object with one param: its variables are evaluated when they are first read, at most once. */
export class PolicyRun {
  readonly #policy: Policy;
  #evaluated: Map<string, Evaluation> | undefined;
  readonly #steps: RunSteps;
  readonly #activation: Activation;
  #left: number;
  #exceeded: Limit | undefined;

  constructor(policy: Policy, input: InputValues, param: JsonObject | null, steps: RunSteps) {
    this.#policy = policy;
    this.#steps = steps;
    this.#left = steps.limits.object;
    const variables: CelInput = { kind: 'record', field: (name) => this.#variable(name) };
    this.#activation = (name) => {
      if (name === 'variables') return variables;
      return name === 'params' ? celValue(param) : input(name);
    };
  }

  /** Which budget ran out; nothing more is evaluated then. */
  get exceeded(): Limit | undefined {
    return this.#exceeded;
  }

  /** @param hidden a variable that is null for this program, as the API server has it */
  evaluate(program: Program, hidden?: string): Evaluation {
    const { limits, run } = this.#steps;
    const granted = Math.min(limits.expression, this.#left, run.remaining);
    const budget = { remaining: granted };
    const evaluation = program.evaluate(
      hidden === undefined ? this.#activation : (name) => (name === hidden ? celValue(null) : this.#activation(name)),
      budget,
    );
    // What a variable took inside has been taken already, from these two and from no expression's own.
    const taken = granted - Math.max(0, budget.remaining);
    this.#left -= taken;
    run.remaining -= taken;
    if (evaluation.kind === 'budget') {
      this.#exceeded ??= run.remaining <= 0 ? 'run' : this.#left <= 0 ? 'object' : 'expression';
    }
    // Also when it was a variable's: a logical operator absorbs errors, but never that steps are gone.
    return this.#exceeded ? { kind: 'budget', message: 'it takes more steps than it may' } : evaluation;
  }

  /** Compilation lets a variable read earlier ones only, so that this ends. */
  #variable(name: string): CelInput | undefined {
    const known = this.#evaluated?.get(name);
    if (known) return known;
    const program = this.#policy.variables.find((variable) => variable.name === name)?.program;
    if (!program) return undefined;
    const evaluation = this.evaluate(program);
    this.#evaluated ??= new Map();
    this.#evaluated.set(name, evaluation);
    return evaluation;
  }
}
