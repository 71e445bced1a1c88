import type { StepBudget } from './program.ts';

/** Ends an evaluation at once: nothing in an expression absorbs it. */
export class BudgetExceeded extends Error {}

/** Takes steps from a budget; called before the work that they pay for. */
export function charge(budget: StepBudget, steps: number): void {
  budget.remaining -= steps;
  if (budget.remaining < 0) throw new BudgetExceeded('the expression takes more steps than its budget allows');
}
