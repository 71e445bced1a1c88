import { library } from '../function-declaration.ts';
import { CelDuration } from '../time.ts';
import {
  ArrayList,
  CelError,
  CelFailure,
  CelList,
  CelMap,
  CelOptional,
  CelUint,
  type CelUnknown,
  type CelValue,
} from '../value.ts';

/** Optional values (cel-go, `cel.OptionalTypes`). `or` and `orValue` are strict here as functions; the engine passes errors on. */
export const optionalFunctions = library('optional', {
  functions: {
    'optional.of(T): optional<T>': (value) => CelOptional.of(value),
    'optional.none(): optional<T>': () => CelOptional.none,
    'optional.ofNonZeroValue(T): optional<T>': (value) => (isZero(value) ? CelOptional.none : CelOptional.of(value)),
    'optional<T>.hasValue(): bool': ({ value }) => value !== undefined,
    'optional<T>.value(): T': ({ value }) =>
      value === undefined ? new CelError('optional.none() dereference') : value,
    'optional<T>.or(optional<T>): optional<T>': (optional, other) => (optional.value === undefined ? other : optional),
    'optional<T>.orValue(T): T': ({ value }, other) => (value === undefined ? other : value),
    'optional.unwrap(list<optional<T>>): list<T>': unwrap,
    'list<optional<T>>.unwrapOpt(): list<T>': unwrap,
    'list<T>.first(): optional<T>': (list) => elementOf(list, 0),
    'list<T>.last(): optional<T>': (list) => elementOf(list, list.size - 1),
  },
});

function elementOf(list: CelList, index: number): CelOptional | CelError | CelUnknown {
  if (index < 0 || index >= list.size) return CelOptional.none;
  const element = list.at(index);
  return element instanceof CelFailure ? element : CelOptional.of(element);
}

function unwrap(list: CelList): CelList | CelError {
  const elements: CelValue[] = [];
  for (const element of list) {
    if (!(element instanceof CelOptional)) return new CelError('unwrap: the list has an element that is not optional');
    if (element.value !== undefined) elements.push(element.value);
  }
  return new ArrayList(elements);
}

function isZero(value: CelValue): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return true;
  if (value instanceof CelList || value instanceof CelMap) return value.size === 0;
  if (value instanceof Uint8Array) return value.length === 0;
  if (value instanceof CelUint) return value.value === 0n;
  return value instanceof CelDuration && value.nanos === 0n;
}
