import { library } from '../../function-declaration.ts';
import type { CelList } from '../../value.ts';
import { elementsOf } from '../elements.ts';
import { countCompared, Membership } from './membership.ts';

function contains(list: CelList, sublist: CelList): boolean {
  const members = new Membership(elementsOf(list));
  return elementsOf(sublist).every((value) => members.has(value));
}

function intersects(a: CelList, b: CelList): boolean {
  const members = new Membership(elementsOf(b));
  return elementsOf(a).some((value) => members.has(value));
}

const cost = (a: CelList, b: CelList): number => a.size + b.size + countCompared(a) * countCompared(b);

/** cel-go's sets library (ext/sets.go). */
export const setsLibrary = library('cel.lib.ext.sets', {
  functions: {
    'sets.contains(list<T>, list<T>): bool': { evaluate: contains, cost },
    'sets.intersects(list<T>, list<T>): bool': { evaluate: intersects, cost },
    'sets.equivalent(list<T>, list<T>): bool': {
      evaluate: (a, b) => contains(a, b) && contains(b, a),
      cost: (a, b) => 2 * cost(a, b),
    },
  },
});
