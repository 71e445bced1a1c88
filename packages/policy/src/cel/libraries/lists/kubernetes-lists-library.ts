import { arithmetic } from '../../arithmetic.ts';
import { celCompare, celEquals } from '../../equality.ts';
import { type FunctionLibrary, library } from '../../function-declaration.ts';
import type { StepBudget } from '../../program.ts';
import { CelDuration } from '../../time.ts';
import { CelError, CelFailure, CelList, type CelResult, CelUint, type CelValue } from '../../value.ts';
import { elementsOf } from '../elements.ts';
import { COMPARABLE, listOverloads } from './list-overloads.ts';

const ZEROS: Readonly<Record<string, CelValue>> = {
  int: 0n,
  uint: new CelUint(0n),
  double: 0,
  duration: new CelDuration(0n),
};

/** Steps for the comparisons of one call, nested values in them included. */
const comparisons = (): StepBudget => ({ remaining: 1_000_000 });

function isSorted(list: CelList): boolean | CelError {
  const elements = elementsOf(list);
  if (!elements.every(isComparable)) return new CelError('no such overload: isSorted(list)');
  return elements.every((element, index) => {
    const previous = elements[index - 1];
    return previous === undefined || !((celCompare(previous, element) ?? 0) > 0);
  });
}

/** The first element that none after it is beyond. */
function extreme(name: 'max' | 'min', list: CelList): CelResult {
  const elements = elementsOf(list);
  const [first, ...others] = elements;
  if (first === undefined) return new CelError(`${name} called on empty list`);
  if (!elements.every(isComparable)) return new CelError(`no such overload: ${name}(list)`);
  const direction = name === 'max' ? 1 : -1;
  return others.reduce((best, other) => ((celCompare(best, other) ?? 0) * direction < 0 ? other : best), first);
}

function sum(list: CelList, zero: CelValue): CelResult {
  const elements = elementsOf(list);
  const [first = zero] = elements;
  const budget = comparisons();
  // A list without a declared type is summed up by the type of its first element.
  let total: CelValue =
    Object.values(ZEROS).find((other) => typeof other === typeof first && sameClass(other, first)) ?? zero;
  for (const element of elements) {
    const next = arithmetic('+', total, element, budget);
    if (next instanceof CelFailure) return next;
    total = next;
  }
  return total;
}

function sameClass(a: CelValue, b: CelValue): boolean {
  return typeof a !== 'object' || a?.constructor === b?.constructor;
}

function isComparable(value: CelValue): boolean {
  return celCompare(value, value) !== undefined;
}

function indexOf(list: CelList, value: CelValue): bigint {
  const budget = comparisons();
  return BigInt(elementsOf(list).findIndex((element) => celEquals(element, value, budget)));
}

function lastIndexOf(list: CelList, value: CelValue): bigint {
  const budget = comparisons();
  return BigInt(elementsOf(list).findLastIndex((element) => celEquals(element, value, budget)));
}

/** Of a list, whether it has the value; of anything else, whether it is the value (Kubernetes 1.37). */
function includes(target: CelValue, value: CelValue): boolean {
  return target instanceof CelList ? indexOf(target, value) >= 0n : celEquals(target, value, comparisons());
}

const cost = (list: CelValue): number => (list instanceof CelList ? list.size : 1);

/** Kubernetes' own lists library (apiserver, pkg/cel/library/lists.go). */
export const kubernetesListsLibrary: FunctionLibrary = {
  name: 'kubernetes.lists',
  types: [],
  functions: [
    ...listOverloads(COMPARABLE, (type) => `list<${type}>.isSorted(): bool`, { evaluate: isSorted, cost }),
    ...listOverloads(COMPARABLE, (type) => `list<${type}>.max(): ${type}`, {
      evaluate: (list) => extreme('max', list),
      cost,
    }),
    ...listOverloads(COMPARABLE, (type) => `list<${type}>.min(): ${type}`, {
      evaluate: (list) => extreme('min', list),
      cost,
    }),
    ...Object.entries(ZEROS).flatMap(([type, zero]) =>
      listOverloads([type], () => `list<${type}>.sum(): ${type}`, { evaluate: (list) => sum(list, zero), cost }),
    ),
    ...library('lists', {
      functions: {
        'list<T>.indexOf(T): int': { evaluate: indexOf, cost },
        'list<T>.lastIndexOf(T): int': { evaluate: lastIndexOf, cost },
        'dyn.includes(dyn): bool': { evaluate: includes, cost },
      },
    }).functions,
  ],
};
