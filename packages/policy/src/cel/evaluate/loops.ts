import { noOverload } from '../arithmetic.ts';
import { asValue, celCompare } from '../equality.ts';
import { jsonOf } from '../json-value.ts';
import type { FailedElement } from '../program.ts';
import { charge } from '../steps.ts';
import type { LoopMacro } from '../syntax/expression.ts';
import { ArrayList, CelError, CelList, CelMap, type CelResult, type CelValue, EntryMap } from '../value.ts';
import { type Failure, failureOf, isFailure, notBool, worse } from './failures.ts';
import type { Evaluate, Frame } from './frame.ts';

export interface Loop {
  readonly macro: LoopMacro;
  readonly range: Evaluate;
  /** Where the variables are kept: one, or two for an index or key with its element or value. */
  readonly slots: readonly number[];
  readonly filter: Evaluate | undefined;
  readonly body: Evaluate;
  /** Steps of one round. */
  readonly cost: number;
  /** Of `all()`: the paths below an element that the body reads. */
  readonly paths: readonly (readonly (string | number)[])[];
}

/** One round after the other; what a round answers other than `undefined` is the result of the loop. */
type Round = (frame: Frame, key: CelValue, value: CelResult) => CelResult | undefined;

export function loop(shape: Loop): Evaluate {
  switch (shape.macro) {
    case 'all':
    case 'exists':
      return quantifier(shape);
    case 'existsOne':
      return existsOne(shape);
    case 'filter':
    case 'map':
    case 'transformList':
      return collect(shape);
    case 'sortBy':
      return sortBy(shape);
    case 'transformMap':
    case 'transformMapEntry':
      return transformMap(shape);
  }
}

/**
 * Goes through a list, or through a map's keys. Each round is paid for before it begins, so that an empty budget ends
 * outer loops too.
 */
function goThrough(shape: Loop, frame: Frame, range: CelResult, round: Round): CelResult | undefined {
  const [first = 0, second] = shape.slots;
  const { locals, budget } = frame;
  if (range instanceof CelList) {
    const { size } = range;
    for (let index = 0; index < size; index += 1) {
      charge(budget, shape.cost);
      const element = range.at(index);
      const key = BigInt(index);
      if (second === undefined) locals[first] = element;
      else {
        locals[first] = key;
        locals[second] = element;
      }
      const result = round(frame, key, element);
      if (result !== undefined) return result;
    }
    return undefined;
  }
  if (!(range instanceof CelMap)) return isFailure(range) ? range : noOverload(shape.macro, range);
  const keys = range.keys();
  charge(budget, keys.length);
  for (const key of keys) {
    charge(budget, shape.cost);
    const value = second === undefined ? key : (range.get(key) ?? null);
    locals[first] = key;
    if (second !== undefined) locals[second] = value;
    const result = round(frame, key, value);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** `all` and `exists`: the deciding element ends it, whatever the predicate does on others. */
function quantifier(shape: Loop): Evaluate {
  const deciding = shape.macro === 'exists';
  return (frame) => {
    let failure: Failure | undefined;
    const range = shape.range(frame);
    const result = goThrough(shape, frame, range, (_frame, key, value) => {
      const held = shape.body(frame);
      if (held === deciding) {
        if (!deciding) frame.failedElements.push(...failedElement(range, key, value, shape.paths));
        return deciding;
      }
      if (held !== !deciding) failure = worse(failure, notBool(held, shape.macro));
      return undefined;
    });
    return result ?? failure ?? !deciding;
  };
}

/** The JSON object that failed, or its place in the list or the map where it is no object itself. */
function failedElement(
  range: CelResult,
  key: CelValue,
  element: CelResult,
  paths: FailedElement['paths'],
): readonly FailedElement[] {
  const json = jsonOf(element);
  if (json !== undefined) return [{ element: json, paths }];
  const container = jsonOf(range);
  if (container === undefined) return [];
  const step = typeof key === 'bigint' ? Number(key) : String(key);
  return [{ element: container, paths: [[step]] }];
}

function existsOne(shape: Loop): Evaluate {
  return (frame) => {
    let count = 0;
    const result = goThrough(shape, frame, shape.range(frame), () => {
      const held = shape.body(frame);
      if (typeof held !== 'boolean') return notBool(held, shape.macro);
      if (held) count += 1;
      return undefined;
    });
    return result ?? count === 1;
  };
}

/** Lists of what the body gives, or for `filter` of the elements on which it holds. */
function collect(shape: Loop): Evaluate {
  const { filter, body } = shape.macro === 'filter' ? { filter: shape.body, body: undefined } : shape;
  return (frame) => {
    const elements: CelValue[] = [];
    const result = goThrough(shape, frame, shape.range(frame), (_frame, _key, value) => {
      const kept = filter ? filter(frame) : true;
      if (typeof kept !== 'boolean') return notBool(kept, shape.macro);
      if (!kept) return undefined;
      const element = body ? body(frame) : value;
      if (isFailure(element)) return element;
      elements.push(element);
      return undefined;
    });
    return result ?? new ArrayList(elements);
  };
}

function sortBy(shape: Loop): Evaluate {
  return (frame) => {
    const pairs: { readonly key: CelValue; readonly value: CelValue }[] = [];
    const result = goThrough(shape, frame, shape.range(frame), (_frame, _key, value) => {
      const key = shape.body(frame);
      if (isFailure(key)) return key;
      if (isFailure(value)) return value;
      pairs.push({ key, value });
      return undefined;
    });
    if (result !== undefined) return result;
    charge(frame.budget, pairs.length * Math.ceil(Math.log2(pairs.length + 1)));
    try {
      const sorted = pairs.sort((a, b) => compareKeys(a.key, b.key));
      return new ArrayList(sorted.map(({ value }) => value));
    } catch (error) {
      return failureOf(error);
    }
  };
}

function compareKeys(a: CelValue, b: CelValue): number {
  const order = celCompare(a, b);
  if (order === undefined) throw new CelError('sortBy(): the keys cannot be compared with each other');
  return order;
}

function transformMap(shape: Loop): Evaluate {
  const { filter, body } = shape;
  return (frame) => {
    const entries: (readonly [CelValue, CelValue])[] = [];
    const result = goThrough(shape, frame, shape.range(frame), (_frame, key) => {
      const kept = filter ? filter(frame) : true;
      if (typeof kept !== 'boolean') return notBool(kept, shape.macro);
      if (!kept) return undefined;
      const made = body(frame);
      if (isFailure(made)) return made;
      if (shape.macro === 'transformMap') {
        entries.push([key, made]);
        return undefined;
      }
      if (!(made instanceof CelMap)) return noOverload(shape.macro, made);
      charge(frame.budget, made.size);
      for (const name of made.keys()) entries.push([name, asValue(made.get(name) ?? null)]);
      return undefined;
    });
    if (result !== undefined) return result;
    const map = new EntryMap(entries);
    return map.size === entries.length ? map : new CelError(`${shape.macro}(): two entries have the same key`);
  };
}
