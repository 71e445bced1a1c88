import { celCompare } from '../../equality.ts';
import { type FunctionLibrary, library } from '../../function-declaration.ts';
import { BudgetExceeded } from '../../steps.ts';
import { ArrayList, CelError, CelList, type CelValue, typeNameOf } from '../../value.ts';
import { elementsOf } from '../elements.ts';
import { COMPARABLE, listOverloads } from './list-overloads.ts';
import { countCompared, Membership } from './membership.ts';

const MAXIMUM_RANGE = 1_000_000n;

function slice(list: CelList, start: bigint, end: bigint): ArrayList | CelError {
  const call = `cannot slice(${start}, ${end})`;
  if (start < 0n || end < 0n) return new CelError(`${call}, negative indexes not supported`);
  if (start > end) return new CelError(`${call}, start index must be less than or equal to end index`);
  if (end > BigInt(list.size)) return new CelError(`${call}, list is length ${list.size}`);
  return new ArrayList(elementsOf(list).slice(Number(start), Number(end)));
}

/** More elements than these are not put into one list. */
const MAXIMUM_FLAT = 100_000;

function flatten(list: CelList, depth: bigint): ArrayList | CelError {
  if (depth < 0n) return new CelError('level must be non-negative');
  const flat: CelValue[] = [];
  const add = (from: CelList, level: bigint): void => {
    for (const element of elementsOf(from)) {
      if (element instanceof CelList && level > 0n) add(element, level - 1n);
      else flat.push(element);
      if (flat.length > MAXIMUM_FLAT)
        throw new BudgetExceeded('flatten() would make a list of more than 100,000 elements');
    }
  };
  add(list, depth);
  return new ArrayList(flat);
}

/** Elements in the order of their keys; equal keys keep their order. */
export function sortByKeys(elements: readonly CelValue[], keys: readonly CelValue[]): ArrayList | CelError {
  const [first] = keys;
  if (first === undefined) return new ArrayList(elements);
  if (celCompare(first, first) === undefined) return new CelError('list elements must be comparable');
  const type = typeNameOf(first);
  if (!keys.every((key) => typeNameOf(key) === type)) return new CelError('list elements must have the same type');
  const positions = Array.from(keys.keys());
  const order = (a: number, b: number): number => celCompare(keys[a] ?? null, keys[b] ?? null) || 0;
  return new ArrayList(positions.sort(order).map((position) => elements[position] ?? null));
}

function sort(list: CelList): ArrayList | CelError {
  const elements = elementsOf(list);
  return sortByKeys(elements, elements);
}

function distinct(list: CelList): ArrayList {
  const seen = new Membership();
  return new ArrayList(
    elementsOf(list).filter((element) => {
      if (seen.has(element)) return false;
      seen.add(element);
      return true;
    }),
  );
}

const sortCost = (list: CelList): number => list.size * Math.ceil(Math.log2(list.size + 2));

const lists = library('lists', {
  functions: {
    'list<T>.slice(int, int): list<T>': { evaluate: slice, cost: (list) => list.size },
    'list<list<T>>.flatten(): list<T>': { evaluate: (list) => flatten(list, 1n), cost: (list) => list.size },
    // A list whose elements are known at run time only may be flat already.
    'list<dyn>.flatten(): list<dyn>': { evaluate: (list) => flatten(list, 1n), cost: (list) => list.size },
    'list<dyn>.flatten(int): list<dyn>': { evaluate: flatten, cost: (list) => list.size },
    'lists.range(int): list<int>': {
      evaluate: (size) => {
        if (size < 0n) return new CelError(`lists.range: size must be non-negative, got ${size}`);
        if (size > MAXIMUM_RANGE) {
          return new CelError(`lists.range: size ${size} exceeds maximum allowed (${MAXIMUM_RANGE})`);
        }
        return new ArrayList(Array.from({ length: Number(size) }, (_, index) => BigInt(index)));
      },
      cost: (size) => (size > 0n && size <= MAXIMUM_RANGE ? Number(size) : 1),
    },
    'list<T>.reverse(): list<T>': {
      evaluate: (list) => new ArrayList(elementsOf(list).reverse()),
      cost: (list) => list.size,
    },
    'list<T>.distinct(): list<T>': { evaluate: distinct, cost: (list) => list.size + countCompared(list) ** 2 },
  },
});

/** cel-go's lists library (ext/lists.go); `sortBy` is a macro, which the engine has. */
export const listsLibrary: FunctionLibrary = {
  name: 'cel.lib.ext.lists',
  functions: [
    ...lists.functions,
    ...listOverloads(COMPARABLE, (type) => `list<${type}>.sort(): list<${type}>`, { evaluate: sort, cost: sortCost }),
  ],
  types: [],
};
