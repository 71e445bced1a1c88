import type { CelDuration, CelTimestamp } from './time.ts';
import { type CelType, DYN, listType, mapType, OPTIONAL_NAME } from './type.ts';

/**
 * A value of CEL. `int` is a bigint, `uint` a `CelUint`, `double` a number; the others are as in JavaScript, or
 * classes that know their own type. JSON is read lazily (`json-value.ts`).
 */
export type CelValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | CelUint
  | CelList
  | CelMap
  | CelTimestamp
  | CelDuration
  | CelOptional
  | CelTypeValue
  | CelOpaque;

/** What evaluating a part of an expression gives: a value, an error, or something that is not known here. */
export type CelResult = CelValue | CelError | CelUnknown;

/** Common to errors and unknowns, so that one `instanceof` tells them from values. */
export abstract class CelFailure {
  abstract readonly kind: 'error' | 'unknown';
}

/**
 * An error of evaluation, a value that `&&`, `||` and `all()` may absorb (cel-spec, "Runtime errors"). A function
 * returns it, or throws it from deep inside: the engine takes both.
 */
export class CelError extends CelFailure {
  readonly kind = 'error';
  readonly message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}

/** Something that only a cluster or the network knows. It spreads to whatever depends on it, as in cel-go's partial evaluation. */
export class CelUnknown extends CelFailure {
  readonly kind = 'unknown';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super();
    this.reasons = reasons;
  }

  /** What depends on two unknowns has the reasons of both. */
  and(other: CelUnknown): CelUnknown {
    return other === this ? this : new CelUnknown([...new Set([...this.reasons, ...other.reasons])]);
  }
}

/** An unsigned integer of 64 bits. */
export class CelUint {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** A list. Elements may be made when they are read, so an element itself can be a failure. */
export abstract class CelList {
  abstract readonly size: number;
  /** The element at an index from 0 to `size - 1`. */
  abstract at(index: number): CelResult;

  *[Symbol.iterator](): IterableIterator<CelResult> {
    for (let index = 0; index < this.size; index += 1) yield this.at(index);
  }
}

/** A map. Keys are strings, ints, uints or booleans; a number finds its equal of another type (`{1: 'a'}[1u]`). */
export abstract class CelMap {
  abstract readonly size: number;
  /** `undefined` when there is no such key. */
  abstract get(key: CelValue): CelResult | undefined;
  abstract has(key: CelValue): boolean;
  abstract keys(): readonly CelValue[];
}

/** A value that may be absent (cel-spec, optional types). */
export class CelOptional {
  static readonly none = new CelOptional(undefined);
  /** `undefined` when there is none. */
  readonly value: CelValue | undefined;

  private constructor(value: CelValue | undefined) {
    this.value = value;
  }

  static of(value: CelValue): CelOptional {
    return new CelOptional(value);
  }
}

/** A type as a value: what `type(x)` gives. Equal by name. */
export class CelTypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A value of a library: a quantity, a URL, … Its type is opaque: only the library's functions see into it. */
export abstract class CelOpaque {
  abstract readonly type: CelType;
  abstract equals(other: CelOpaque): boolean;
}

/** A list over values that are already there. */
export class ArrayList extends CelList {
  readonly elements: readonly CelValue[];

  constructor(elements: readonly CelValue[]) {
    super();
    this.elements = elements;
  }

  get size(): number {
    return this.elements.length;
  }

  at(index: number): CelResult {
    return this.elements[index] ?? null;
  }
}

/** What a JavaScript Map finds a key by: numbers that are equal in CEL are the same key. */
export function keyOf(key: CelValue): string | boolean | bigint | undefined {
  if (typeof key === 'string' || typeof key === 'boolean' || typeof key === 'bigint') return key;
  if (key instanceof CelUint) return key.value;
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : undefined;
}

/** A map over entries that are already there. */
export class EntryMap extends CelMap {
  readonly #entries = new Map<string | boolean | bigint, readonly [CelValue, CelValue]>();

  /** Of two entries with equal keys the later one counts; a literal with such keys is refused before. */
  constructor(entries: Iterable<readonly [CelValue, CelValue]>) {
    super();
    for (const entry of entries) {
      const key = keyOf(entry[0]);
      if (key !== undefined) this.#entries.set(key, entry);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: CelValue): CelValue | undefined {
    const known = keyOf(key);
    return known === undefined ? undefined : this.#entries.get(known)?.[1];
  }

  has(key: CelValue): boolean {
    const known = keyOf(key);
    return known !== undefined && this.#entries.has(known);
  }

  keys(): readonly CelValue[] {
    return Array.from(this.#entries.values(), ([key]) => key);
  }
}

/** The type of a value at run time; what is inside lists and maps is not looked at. */
export function typeOf(value: CelValue): CelType {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value === true || value === false ? { kind: 'bool' } : { kind: 'string' };
    case 'bigint':
      return { kind: 'int' };
    case 'number':
      return { kind: 'double' };
  }
  if (value === null) return { kind: 'null' };
  if (value instanceof CelMap) return mapType(DYN, DYN);
  if (value instanceof CelList) return listType(DYN);
  if (value instanceof CelUint) return { kind: 'uint' };
  if (value instanceof Uint8Array) return { kind: 'bytes' };
  if (value instanceof CelOptional) return { kind: 'opaque', name: OPTIONAL_NAME, parameters: [DYN] };
  if (value instanceof CelTypeValue) return { kind: 'type', of: undefined };
  return value.type;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  null: 'null_type',
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
};

/** The name by which `type(value)` is known: `int`, `list`, `google.protobuf.Timestamp`, `kubernetes.Quantity`. */
export function typeNameOf(value: CelValue): string {
  return nameOfType(typeOf(value));
}

/** The name of a type as a value, without its parameters. */
export function nameOfType(type: CelType): string {
  if (type.kind === 'opaque' || type.kind === 'object' || type.kind === 'parameter') return type.name;
  return TYPE_NAMES[type.kind] ?? type.kind;
}
