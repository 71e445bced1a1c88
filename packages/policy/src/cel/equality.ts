import { jsonOf } from './json-value.ts';
import type { StepBudget } from './program.ts';
import { charge } from './steps.ts';
import { CelDuration, CelTimestamp } from './time.ts';
import {
  CelError,
  CelFailure,
  CelList,
  CelMap,
  CelOpaque,
  CelOptional,
  type CelResult,
  CelTypeValue,
  CelUint,
  type CelValue,
} from './value.ts';

const MAXIMUM_DEPTH = 500;

/**
 * Whether two values are equal (cel-spec, "Equality"): numbers of different types by their mathematical value, values of
 * different types never, NaN not even to itself. What is inside lists and maps is compared in the same way.
 *
 * Throws a `CelFailure` for an element that is one itself, and for values that are nested deeper than 500 levels.
 *
 * @param budget pays for each pair that is compared inside lists and maps
 */
export function celEquals(a: CelValue, b: CelValue, budget?: StepBudget): boolean {
  return equals(a, b, budget, 0);
}

function equals(a: CelValue, b: CelValue, budget: StepBudget | undefined, depth: number): boolean {
  if (typeof a === 'string' || typeof a === 'boolean' || a === null) return a === b;
  if (a === b && typeof a !== 'object') return true;
  const number = numberOf(a);
  if (number !== undefined) {
    const other = numberOf(b);
    return other !== undefined && compareNumbers(number, other) === 0;
  }
  if (a instanceof CelList) return b instanceof CelList && listsEqual(a, b, budget, depth);
  if (a instanceof CelMap) return b instanceof CelMap && mapsEqual(a, b, budget, depth);
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp && a.nanos === b.nanos;
  if (a instanceof CelDuration) return b instanceof CelDuration && a.nanos === b.nanos;
  if (a instanceof CelTypeValue) return b instanceof CelTypeValue && a.name === b.name;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareBytes(a, b) === 0;
  if (a instanceof CelOpaque) return b instanceof CelOpaque && a.equals(b);
  if (!(a instanceof CelOptional) || !(b instanceof CelOptional)) return false;
  if (a.value === undefined || b.value === undefined) return a.value === b.value;
  return equals(a.value, b.value, budget, depth + 1);
}

function listsEqual(a: CelList, b: CelList, budget: StepBudget | undefined, depth: number): boolean {
  if (a.size !== b.size) return false;
  enter(a.size, budget, depth);
  if (sameJson(a, b)) return true;
  for (let index = 0; index < a.size; index += 1) {
    if (!equals(asValue(a.at(index)), asValue(b.at(index)), budget, depth + 1)) return false;
  }
  return true;
}

function mapsEqual(a: CelMap, b: CelMap, budget: StepBudget | undefined, depth: number): boolean {
  const keys = a.keys();
  if (keys.length !== b.size) return false;
  enter(keys.length, budget, depth);
  if (sameJson(a, b)) return true;
  for (const key of keys) {
    const other = b.get(key);
    if (other === undefined || !equals(asValue(a.get(key) ?? null), asValue(other), budget, depth + 1)) return false;
  }
  return true;
}

/** JSON has no NaN: the same node equals itself. */
function sameJson(a: CelValue, b: CelValue): boolean {
  const json = jsonOf(a);
  return json !== undefined && json === jsonOf(b);
}

function enter(size: number, budget: StepBudget | undefined, depth: number): void {
  if (depth > MAXIMUM_DEPTH) throw new CelError(`the values are nested deeper than ${MAXIMUM_DEPTH} levels`);
  if (budget) charge(budget, size);
}

/** An element, which must be a value here. */
export function asValue(result: CelResult): CelValue {
  if (result instanceof CelFailure) throw result;
  return result;
}

/** A number as JavaScript compares it, or `undefined` for what is none. */
export function numberOf(value: CelValue): number | bigint | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof CelUint ? value.value : undefined;
}

/**
 * The order of two values (cel-spec, "Ordering"): negative, 0 or positive; NaN when one of them is NaN; `undefined` where there
 * is no order. Numbers of different types are compared by their mathematical value, strings by code points.
 */
export function celCompare(a: CelValue, b: CelValue): number | undefined {
  const number = numberOf(a);
  if (number !== undefined) {
    const other = numberOf(b);
    return other === undefined ? undefined : compareNumbers(number, other);
  }
  if (typeof a === 'string') return typeof b === 'string' ? compareStrings(a, b) : undefined;
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined;
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? compareBytes(a, b) : undefined;
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return compareBigints(a.nanos, b.nanos);
  if (a instanceof CelDuration && b instanceof CelDuration) return compareBigints(a.nanos, b.nanos);
  return undefined;
}

/**
 * Numbers of any types on one line. An integer beside a double is made one, as in cel-go: 9223372036854775807
 * equals 9223372036854775808.0. NaN has no place: the answer is NaN.
 */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  const mixed = typeof a !== typeof b;
  const [x, y] = mixed ? [Number(a), Number(b)] : [a, b];
  if (x < y) return -1;
  if (x > y) return 1;
  return x >= y ? 0 : Number.NaN;
}

function compareBigints(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By code points, as UTF-8 sorts; JavaScript's own order is by UTF-16 code units. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x === y) continue;
    const surrogates = Number(x >= 0xd800 && x <= 0xdfff) - Number(y >= 0xd800 && y <= 0xdfff);
    return surrogates === 0 ? x - y : surrogates;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
