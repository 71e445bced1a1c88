import { noOverload } from '../arithmetic.ts';
import {
  CelError,
  CelList,
  CelMap,
  CelOptional,
  type CelResult,
  CelUint,
  type CelUnknown,
  type CelValue,
} from '../value.ts';
import { isFailure } from './failures.ts';

/** `value.field`; of an optional the field of what is inside, as an optional. */
export function selectField(value: CelResult, field: string): CelResult {
  if (value instanceof CelMap) return present(value.get(field), field);
  if (value instanceof CelOptional) return insideOptional(value, (inside) => optionalField(inside, field));
  return isFailure(value) ? value : new CelError(`no such key: ${field}`);
}

/** `value.?field`; nothing where there is no field, also on null and on a text; an error on a list, as in cel-go. */
export function optionalField(value: CelResult, field: string): CelResult {
  if (value instanceof CelMap) return asOptional(value.get(field));
  if (value instanceof CelOptional) return insideOptional(value, (inside) => optionalField(inside, field));
  if (value instanceof CelList) return noFields();
  return isFailure(value) ? value : CelOptional.none;
}

/** `has(value.field)`; false on null and on a text, an error on a list, as in cel-go by default. */
export function hasField(value: CelResult, field: string): boolean | CelError | CelUnknown {
  if (value instanceof CelMap) return value.has(field);
  if (value instanceof CelOptional) return value.value !== undefined && hasField(value.value, field);
  if (value instanceof CelList) return noFields();
  return isFailure(value) ? value : false;
}

function noFields(): CelError {
  return new CelError('a list has no fields');
}

/** `value[index]`. */
export function elementAt(value: CelResult, index: CelValue): CelResult {
  if (value instanceof CelList) {
    const position = positionOf(index);
    if (position === undefined) return noOverload('_[_]', value, index);
    if (position < 0 || position >= value.size) {
      return new CelError(`index out of bounds: ${index instanceof CelUint ? index.value : String(index)}`);
    }
    return value.at(position);
  }
  if (value instanceof CelMap) return present(value.get(index), index);
  if (value instanceof CelOptional) return insideOptional(value, (inside) => optionalElement(inside, index));
  return isFailure(value) ? value : noOverload('_[_]', value, index);
}

/** `value[?index]`. */
export function optionalElement(value: CelResult, index: CelValue): CelResult {
  if (value instanceof CelList) {
    const position = positionOf(index);
    if (position === undefined) return noOverload('_[?_]', value, index);
    return position < 0 || position >= value.size ? CelOptional.none : asOptional(value.at(position));
  }
  if (value instanceof CelMap) return asOptional(value.get(index));
  if (value instanceof CelOptional) return insideOptional(value, (inside) => optionalElement(inside, index));
  return isFailure(value) ? value : CelOptional.none;
}

/** An index of whatever number type; cel-go takes doubles and uints that are whole. */
function positionOf(index: CelValue): number | undefined {
  if (typeof index === 'bigint') return Number(index);
  if (index instanceof CelUint) return Number(index.value);
  return typeof index === 'number' && Number.isInteger(index) ? index : undefined;
}

function insideOptional({ value }: CelOptional, read: (inside: CelValue) => CelResult): CelResult {
  return value === undefined ? CelOptional.none : read(value);
}

function asOptional(result: CelResult | undefined): CelResult {
  if (result === undefined) return CelOptional.none;
  return isFailure(result) ? result : CelOptional.of(result);
}

/** Null is a value: only `undefined` is nothing. */
function present(result: CelResult | undefined, key: CelValue): CelResult {
  return result === undefined ? noSuchKey(key) : result;
}

function noSuchKey(key: CelValue): CelError {
  const text = key instanceof CelUint ? String(key.value) : typeof key === 'object' ? '…' : String(key);
  return new CelError(`no such key: ${text}`);
}
