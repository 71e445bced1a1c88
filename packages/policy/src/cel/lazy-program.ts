import type { Activation, Compilation, Evaluation, Program, Reference, StepBudget } from './program.ts';
import { type CelType, DYN } from './type.ts';

/** A program that is compiled when it is first asked for anything. One that does not compile is an error when it runs. */
export class LazyProgram implements Program {
  readonly expression: string;
  readonly #compile: () => Compilation;
  #compiled: Compilation | undefined;

  constructor(expression: string, compile: () => Compilation) {
    this.expression = expression;
    this.#compile = compile;
  }

  get type(): CelType {
    const compiled = this.#compilation();
    return compiled.kind === 'program' ? compiled.program.type : DYN;
  }

  get references(): readonly Reference[] {
    const compiled = this.#compilation();
    return compiled.kind === 'program' ? compiled.program.references : [];
  }

  evaluate(activation: Activation, budget: StepBudget): Evaluation {
    const compiled = this.#compilation();
    if (compiled.kind === 'program') return compiled.program.evaluate(activation, budget);
    return { kind: 'error', message: compiled.message };
  }

  #compilation(): Compilation {
    this.#compiled ??= this.#compile();
    return this.#compiled;
  }
}
