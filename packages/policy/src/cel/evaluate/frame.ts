import type { Activation, FailedElement, StepBudget } from '../program.ts';
import type { CelResult } from '../value.ts';

/** What one run of a program works with. */
export interface Frame {
  readonly activation: Activation;
  readonly budget: StepBudget;
  /** The values of loop variables and bindings, each at its own place. */
  readonly locals: CelResult[];
  readonly failedElements: FailedElement[];
}

/** A part of an expression, compiled: errors and unknowns are results like values; only an empty budget is thrown. */
export type Evaluate = (frame: Frame) => CelResult;
