import { type ArithmeticOperator, arithmetic, negative, noOverload } from '../arithmetic.ts';
import { asValue, celCompare, celEquals } from '../equality.ts';
import { JsonList } from '../json-value.ts';
import type { StepBudget } from '../program.ts';
import { charge } from '../steps.ts';
import type { BinaryOperator } from '../syntax/expression.ts';
import { CelError, CelList, CelMap, type CelResult, type CelValue } from '../value.ts';
import { eitherFailure, type Failure, failureOf, isFailure, notBool, worse } from './failures.ts';
import type { Evaluate } from './frame.ts';

type Operate = (a: CelValue, b: CelValue, budget: StepBudget) => CelResult;

const OPERATIONS: Readonly<Record<BinaryOperator, Operate>> = {
  '+': operation('+'),
  '-': operation('-'),
  '*': operation('*'),
  '/': operation('/'),
  '%': operation('%'),
  '==': equal,
  '!=': (a, b, budget) => {
    const result = equal(a, b, budget);
    return typeof result === 'boolean' ? !result : result;
  },
  '<': comparison('<', (order) => order < 0),
  '<=': comparison('<=', (order) => order <= 0),
  '>': comparison('>', (order) => order > 0),
  '>=': comparison('>=', (order) => order >= 0),
  in: contains,
};

function operation(operator: ArithmeticOperator): Operate {
  return (a, b, budget) => arithmetic(operator, a, b, budget);
}

function equal(a: CelValue, b: CelValue, budget: StepBudget): CelResult {
  if (typeof a === 'string' || typeof a === 'boolean' || a === null) return a === b;
  try {
    return celEquals(a, b, budget);
  } catch (error) {
    return failureOf(error);
  }
}

function comparison(operator: string, holds: (order: number) => boolean): Operate {
  return (a, b) => {
    const order = celCompare(a, b);
    if (order === undefined) return noOverload(operator, a, b);
    return Number.isNaN(order) ? new CelError('NaN values cannot be ordered') : holds(order);
  };
}

/** `a in b`: an element of a list, or a key of a map. */
function contains(element: CelValue, collection: CelValue, budget: StepBudget): CelResult {
  if (collection instanceof CelMap) return collection.has(element);
  if (!(collection instanceof CelList)) return noOverload('in', element, collection);
  charge(budget, collection.size);
  if (typeof element === 'string' && collection instanceof JsonList) return collection.json.includes(element);
  try {
    for (const candidate of collection) if (celEquals(asValue(candidate), element, budget)) return true;
    return false;
  } catch (error) {
    return failureOf(error);
  }
}

/** One operator between two operands. */
export function binary(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  const operate = OPERATIONS[operator];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return eitherFailure(a, b) ?? apply(operate, a, b, frame.budget);
  };
}

/** Operators in a row, from the left. */
export function row(
  first: Evaluate,
  rest: readonly { readonly operator: BinaryOperator; readonly operand: Evaluate }[],
): Evaluate {
  const steps = rest.map(({ operator, operand }) => ({ operate: OPERATIONS[operator], operand }));
  return (frame) => {
    let result = first(frame);
    for (const { operate, operand } of steps) {
      const next = operand(frame);
      result = eitherFailure(result, next) ?? apply(operate, result, next, frame.budget);
    }
    return result;
  };
}

function apply(operate: Operate, a: CelResult, b: CelResult, budget: StepBudget): CelResult {
  return isFailure(a) ? a : isFailure(b) ? b : operate(a, b, budget);
}

/** `&&` and `||`: the deciding value ends it, whatever else fails (cel-spec, "Logical Operators"). */
export function logic(operator: '&&' | '||', terms: readonly Evaluate[]): Evaluate {
  const deciding = operator === '||';
  return (frame) => {
    let failure: Failure | undefined;
    for (const term of terms) {
      const result = term(frame);
      if (result === deciding) return deciding;
      if (result !== !deciding) failure = worse(failure, notBool(result, operator));
    }
    return failure ?? !deciding;
  };
}

export function conditional(condition: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (frame) => {
    const result = condition(frame);
    if (result === true) return yes(frame);
    return result === false ? no(frame) : notBool(result, '_?_:_');
  };
}

export function not(operand: Evaluate): Evaluate {
  return (frame) => {
    const result = operand(frame);
    return typeof result === 'boolean' ? !result : notBool(result, '!');
  };
}

export function minus(operand: Evaluate): Evaluate {
  return (frame) => {
    const result = operand(frame);
    return isFailure(result) ? result : negative(result);
  };
}
