import { childrenOf, type EngineNode, isEngineNode } from './engine-node.ts';
import type { FailedElement, StepBudget } from './program.ts';
import { references } from './references.ts';

/** What one run of a program uses up and learns. Set before a run; a program never runs inside itself. */
export interface Meter {
  budget: StepBudget;
  failedElements: FailedElement[];
}

type Evaluate = (evaluator: Evaluator, node: EngineNode, context: Context) => unknown;
interface Evaluator {
  run(node: EngineNode, context: Context): unknown;
}
interface Context {
  getValue(name: string): unknown;
}

export class BudgetExceeded extends Error {}

/** Takes steps from the budget. Called before the work, so that an exhausted budget also ends outer loops. */
export function charge(budget: StepBudget, steps: number): void {
  budget.remaining -= steps;
  if (budget.remaining < 0) throw new BudgetExceeded('the expression takes more steps than its budget allows');
}

let spent: StepBudget | undefined;

/** Runs a program so that the functions that it calls know which budget they take from. Variables nest programs. */
export function spending<T>(budget: StepBudget, run: () => T): T {
  const outer = spent;
  spent = budget;
  try {
    return run();
  } finally {
    spent = outer;
  }
}

/** Takes steps from the budget of the program that runs. */
export function chargeRunning(steps: number): void {
  if (spent !== undefined) charge(spent, steps);
}

/**
 * Makes a loop pay for its iterations before it makes them, and `all()` remember the element on which it failed.
 *
 * @param comprehension the engine's node for the loop
 * @param macro its name in the source, `all` for example
 */
export function meterLoop(comprehension: EngineNode, macro: string, meter: Meter): void {
  const { args } = comprehension;
  if (typeof args !== 'object' || args === null || !('iterable' in args) || !('step' in args)) return;
  const { iterable, step } = args;
  if (!isEngineNode(iterable) || !isEngineNode(step)) return;
  const cost = sizeOf(step);
  // What the engine does here itself, with the price paid between the range and the loop.
  comprehension.setMeta('evaluate', (evaluator: Evaluator, node: EngineNode, context: Context): unknown => {
    const range = evaluator.run(iterable, context);
    charge(meter.budget, cost * lengthOf(range));
    return node.handle?.(range, args, evaluator, context);
  });
  const variable = 'iterVarName' in args ? args.iterVarName : undefined;
  if (macro === 'all' && typeof variable === 'string') watchElements(step, variable, meter);
}

/** The concatenation of lists and strings is the only other way to grow: it pays for its result. */
export function meterConcatenation(node: EngineNode, meter: Meter): void {
  const run = evaluateOf(node);
  if (!run) return;
  node.setMeta('evaluate', (evaluator: Evaluator, self: EngineNode, context: Context): unknown => {
    const result = run(evaluator, self, context);
    charge(meter.budget, lengthOf(result));
    return result;
  });
}

function watchElements(step: EngineNode, variable: string, meter: Meter): void {
  const run = evaluateOf(step);
  if (!run) return;
  const paths = references(step)
    .filter((reference) => reference.root === variable)
    .map((reference) => reference.path);
  step.setMeta('evaluate', (evaluator: Evaluator, self: EngineNode, context: Context): unknown => {
    const result = run(evaluator, self, context);
    if (result === false) meter.failedElements.push({ element: context.getValue(variable), paths });
    return result;
  });
}

function evaluateOf(node: EngineNode): Evaluate | undefined {
  const { evaluate } = node.meta;
  return typeof evaluate === 'function' ? (...args) => Reflect.apply(evaluate, undefined, args) : undefined;
}

/** How many nodes an expression has. */
export function sizeOf(node: EngineNode): number {
  let size = 1;
  for (const child of childrenOf(node)) size += sizeOf(child);
  return size;
}

/** Elements of a collection; a string's length counts a sixteenth, since copying it is that much cheaper. */
function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  return typeof value === 'string' ? Math.ceil(value.length / 16) : 1;
}
