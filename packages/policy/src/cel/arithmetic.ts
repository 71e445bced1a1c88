import { asValue } from './equality.ts';
import { durationOf, timestampOf } from './parse-time.ts';
import type { StepBudget } from './program.ts';
import { charge } from './steps.ts';
import { CelDuration, CelTimestamp } from './time.ts';
import { ArrayList, CelError, CelList, type CelResult, CelUint, type CelValue, typeNameOf } from './value.ts';

const MINIMUM_INT = -(2n ** 63n);
const MAXIMUM_INT = 2n ** 63n - 1n;
const MAXIMUM_UINT = 2n ** 64n - 1n;

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** An int of 64 bits, or the error that cel-go gives. */
export function intOf(value: bigint): bigint | CelError {
  return value < MINIMUM_INT || value > MAXIMUM_INT ? new CelError('integer overflow') : value;
}

/** An unsigned int of 64 bits, or the error that cel-go gives. */
export function uintOf(value: bigint): CelUint | CelError {
  return value < 0n || value > MAXIMUM_UINT ? new CelError('unsigned integer overflow') : new CelUint(value);
}

/** `a + b` and its like, on two values of whatever type (cel-spec, "Numeric Values", "Concatenation", "Timestamps"). */
export function arithmetic(operator: ArithmeticOperator, a: CelValue, b: CelValue, budget: StepBudget): CelResult {
  if (typeof a === 'bigint' && typeof b === 'bigint') return integers(operator, a, b, intOf);
  if (typeof a === 'number' && typeof b === 'number') return doubles(operator, a, b);
  if (a instanceof CelUint && b instanceof CelUint) return integers(operator, a.value, b.value, uintOf);
  if (operator === '+') return sum(a, b, budget);
  if (operator === '-') return difference(a, b);
  return noOverload(operator, a, b);
}

function integers<T>(
  operator: ArithmeticOperator,
  a: bigint,
  b: bigint,
  fit: (value: bigint) => T | CelError,
): T | CelError {
  switch (operator) {
    case '+':
      return fit(a + b);
    case '-':
      return fit(a - b);
    case '*':
      return fit(a * b);
    case '/':
      return b === 0n ? new CelError('division by zero') : fit(a / b);
    case '%':
      return b === 0n ? new CelError('modulus by zero') : fit(a % b);
  }
}

function doubles(operator: ArithmeticOperator, a: number, b: number): CelResult {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return noOverload(operator, a, b);
  }
}

/** Strings, bytes and lists pay for what they become: a loop cannot fill the memory. */
function sum(a: CelValue, b: CelValue, budget: StepBudget): CelResult {
  if (typeof a === 'string' && typeof b === 'string') {
    charge(budget, (a.length + b.length) >> 3);
    return a + b;
  }
  if (a instanceof CelList && b instanceof CelList) {
    charge(budget, a.size + b.size);
    return new ArrayList([...a, ...b].map(asValue));
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    charge(budget, (a.length + b.length) >> 3);
    const joined = new Uint8Array(a.length + b.length);
    joined.set(a);
    joined.set(b, a.length);
    return joined;
  }
  if (a instanceof CelDuration && b instanceof CelDuration) return durationOf(a.nanos + b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return timestampOf(a.nanos + b.nanos);
  if (a instanceof CelDuration && b instanceof CelTimestamp) return timestampOf(a.nanos + b.nanos);
  return noOverload('+', a, b);
}

function difference(a: CelValue, b: CelValue): CelResult {
  if (a instanceof CelDuration && b instanceof CelDuration) return durationOf(a.nanos - b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return timestampOf(a.nanos - b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return durationOf(a.nanos - b.nanos);
  return noOverload('-', a, b);
}

/** `-a`. */
export function negative(value: CelValue): CelResult {
  if (typeof value === 'bigint') return intOf(-value);
  if (typeof value === 'number') return -value;
  return noOverload('-', value);
}

export function noOverload(name: string, ...args: readonly CelValue[]): CelError {
  return new CelError(`no such overload: ${name}(${args.map(typeNameOf).join(', ')})`);
}
