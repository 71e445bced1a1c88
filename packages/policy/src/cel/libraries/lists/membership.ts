import { celEquals } from '../../equality.ts';
import type { StepBudget } from '../../program.ts';
import { CelUint, type CelValue } from '../../value.ts';

/** Pairs of nested values that one call may compare; what is nested in itself over and over would else never end. */
const MAXIMUM_COMPARISONS = 1_000_000;

/**
 * A set of values by CEL's equality, in which 1, 1u and 1.0 are one. Strings, booleans and numbers are found at once;
 * only lists, maps and the like are compared one by one.
 */
export class Membership {
  readonly #simple = new Set<string | boolean | bigint | number | null>();
  readonly #others: CelValue[] = [];
  readonly #budget: StepBudget = { remaining: MAXIMUM_COMPARISONS };

  constructor(values: Iterable<CelValue> = []) {
    for (const value of values) this.add(value);
  }

  add(value: CelValue): void {
    const simple = simpleKey(value);
    if (simple === undefined) this.#others.push(value);
    // NaN is equal to nothing.
    else if (!Number.isNaN(simple)) this.#simple.add(simple);
  }

  has(value: CelValue): boolean {
    const simple = simpleKey(value);
    if (simple !== undefined) return this.#simple.has(simple);
    return this.#others.some((other) => celEquals(other, value, this.#budget));
  }
}

/** Values that are compared one by one. */
export function countCompared(values: Iterable<unknown>): number {
  let count = 0;
  for (const value of values) if (typeof value === 'object' && value !== null && !(value instanceof CelUint)) count++;
  return count;
}

function simpleKey(value: CelValue): string | boolean | bigint | number | null | undefined {
  if (value instanceof CelUint) return value.value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return typeof value === 'object' && value !== null ? undefined : value;
}
