import { CelUint } from './value.ts';

/** A number of CEL of any of its three types. */
export type CelNumber = bigint | number | CelUint;

export function isNumber(value: unknown): value is CelNumber {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof CelUint;
}

/**
 * Compares numbers of any types as if all were on one line of real numbers (cel-spec, "Numeric values").
 *
 * @returns below, at or above 0; `undefined` when one is NaN, which has no place there
 */
export function compareNumbers(a: CelNumber, b: CelNumber): number | undefined {
  const [x, y] = [a instanceof CelUint ? a.value : a, b instanceof CelUint ? b.value : b];
  // JavaScript compares a bigint with a number exactly.
  if (x < y) return -1;
  if (x > y) return 1;
  return [x, y].some(Number.isNaN) ? undefined : 0;
}
