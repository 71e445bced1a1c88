import { noOverload } from '../arithmetic.ts';
import { asValue } from '../equality.ts';
import type { FunctionDeclaration } from '../function-declaration.ts';
import type { StepBudget } from '../program.ts';
import { charge } from '../steps.ts';
import { CelDuration, CelTimestamp } from '../time.ts';
import { type CelType, OPTIONAL_NAME } from '../type.ts';
import {
  CelList,
  CelMap,
  CelOpaque,
  CelOptional,
  type CelResult,
  CelTypeValue,
  CelUint,
  CelUnknown,
  type CelValue,
} from '../value.ts';
import { type Failure, failureOf, isFailure, worse } from './failures.ts';
import type { Evaluate } from './frame.ts';

type Fits = (value: CelValue) => boolean;

/** A call of one of several overloads, chosen by what the arguments are when it runs. */
export function call(name: string, overloads: readonly FunctionDeclaration[], args: readonly Evaluate[]): Evaluate {
  const choices = overloads.map((overload) => ({ overload, fits: fitsOf(overload, args.length) }));
  return (frame) => {
    const values: CelValue[] = [];
    let failure: Failure | undefined;
    for (const argument of args) {
      const result = argument(frame);
      if (isFailure(result)) {
        failure = worse(failure, result);
        // An error decides at once; of unknowns all reasons are wanted.
        if (!(failure instanceof CelUnknown)) return failure;
      } else values.push(result);
    }
    if (failure) return failure;
    for (const { overload, fits } of choices) {
      if (fits.every((fit, index) => fit(values[index] ?? null))) return invoke(overload, values, frame.budget);
    }
    return noOverload(name, ...values);
  };
}

/** `a.or(b)` and `a.orValue(b)`: the other is evaluated only where there is no value. */
export function orElse(target: Evaluate, other: Evaluate, unwrap: boolean, otherwise: Evaluate): Evaluate {
  return (frame) => {
    const optional = target(frame);
    if (!(optional instanceof CelOptional)) return isFailure(optional) ? optional : otherwise(frame);
    if (optional.value !== undefined) return unwrap ? optional.value : optional;
    const result = other(frame);
    if (unwrap || isFailure(result) || result instanceof CelOptional) return result;
    return noOverload('or', optional, result);
  };
}

/** Pays for the work before it is done, and for a large result after it. */
function invoke(overload: FunctionDeclaration, values: readonly CelValue[], budget: StepBudget): CelResult {
  try {
    if (overload.cost) charge(budget, Math.ceil(overload.cost(...values)));
    const result = overload.evaluate(...values);
    if (typeof result === 'string' || result instanceof Uint8Array) charge(budget, result.length >> 3);
    else if (result instanceof CelList) charge(budget, result.size);
    return result;
  } catch (error) {
    return failureOf(error);
  }
}

function fitsOf({ parameters, variadic }: FunctionDeclaration, count: number): readonly Fits[] {
  if (!variadic) return parameters.length === count ? parameters.map(fitOf) : [() => false];
  if (count < parameters.length - 1) return [() => false];
  return Array.from({ length: count }, (_, index) => {
    const parameter = parameters[Math.min(index, parameters.length - 1)];
    return parameter ? fitOf(parameter) : () => false;
  });
}

/** Whether a value can be of a type; of a list only the first element is looked at. */
function fitOf(type: CelType): Fits {
  switch (type.kind) {
    case 'dyn':
    case 'error':
    case 'parameter':
      return () => true;
    case 'bool':
      return (value) => typeof value === 'boolean';
    case 'int':
      return (value) => typeof value === 'bigint';
    case 'uint':
      return (value) => value instanceof CelUint;
    case 'double':
      return (value) => typeof value === 'number';
    case 'string':
      return (value) => typeof value === 'string';
    case 'bytes':
      return (value) => value instanceof Uint8Array;
    case 'null':
      return (value) => value === null;
    case 'timestamp':
      return (value) => value instanceof CelTimestamp;
    case 'duration':
      return (value) => value instanceof CelDuration;
    case 'type':
      return (value) => value instanceof CelTypeValue;
    case 'object':
    case 'map':
      return (value) => value instanceof CelMap;
    case 'list':
      return fitsList(type.element);
    case 'wrapper': {
      const fits = fitOf(type.of);
      return (value) => value === null || fits(value);
    }
    case 'opaque':
      if (type.name === OPTIONAL_NAME) return (value) => value instanceof CelOptional;
      return (value) => value instanceof CelOpaque && value.type.kind === 'opaque' && value.type.name === type.name;
  }
}

function fitsList(element: CelType): Fits {
  const fits = fitOf(element);
  return (value) => value instanceof CelList && (value.size === 0 || fits(asValue(value.at(0))));
}
