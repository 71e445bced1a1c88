import type { CelInput } from '../cel/cel-input.ts';
import type { Activation, Evaluation, Program, StepBudget } from '../cel/program.ts';
import type { Policy } from '../policy/policy.ts';
import type { InputValues } from './input-values.ts';

/** One policy on one object: its variables are evaluated when they are first read, at most once. */
export class PolicyRun {
  readonly #programs: ReadonlyMap<string, Program>;
  readonly #evaluated = new Map<string, Evaluation>();
  readonly #budget: StepBudget;
  readonly #activation: Activation;

  constructor(policy: Policy, input: InputValues, steps: number) {
    this.#programs = new Map(policy.variables.map(({ name, program }) => [name, program]));
    this.#budget = { remaining: steps };
    const variables: CelInput = { kind: 'record', field: (name) => this.#variable(name) };
    this.#activation = (name) => (name === 'variables' ? variables : input.values.get(name)?.());
  }

  evaluate(program: Program): Evaluation {
    return program.evaluate(this.#activation, this.#budget);
  }

  /** Compilation lets a variable read earlier ones only, so that this ends. */
  #variable(name: string): CelInput | undefined {
    const program = this.#programs.get(name);
    if (!program) return undefined;
    const evaluation = this.#evaluated.get(name) ?? this.evaluate(program);
    this.#evaluated.set(name, evaluation);
    return evaluation;
  }
}
