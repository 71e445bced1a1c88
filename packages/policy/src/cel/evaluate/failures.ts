import { noOverload } from '../arithmetic.ts';
import { CelError, CelFailure, type CelResult, CelUnknown } from '../value.ts';

export type Failure = CelError | CelUnknown;

/** `instanceof` with the union that every failure is. */
export function isFailure(result: CelResult): result is Failure {
  return result instanceof CelFailure;
}

/** What stays of two failures: an unknown, which could turn out to decide, before an error; the earlier error of two. */
export function worse(first: Failure | undefined, second: Failure): Failure {
  if (first === undefined) return second;
  if (first instanceof CelUnknown) return second instanceof CelUnknown ? first.and(second) : first;
  return second instanceof CelUnknown ? second : first;
}

/** A failure as it is, and a value that should have been a bool as the error that it is. */
export function notBool(result: CelResult, operator: string): Failure {
  return isFailure(result) ? result : noOverload(operator, result);
}

/** What was thrown, when it is a failure of CEL; everything else is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CelError || error instanceof CelUnknown) return error;
  throw error;
}

/** Both operands of an operator are evaluated, so that the reasons of two unknowns come together. */
export function eitherFailure(left: CelResult, right: CelResult): Failure | undefined {
  if (isFailure(left)) return isFailure(right) && left instanceof CelUnknown ? worse(left, right) : left;
  return isFailure(right) ? right : undefined;
}
