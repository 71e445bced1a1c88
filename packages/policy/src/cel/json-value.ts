import type { Json, JsonObject } from '../json.ts';
import { CelList, CelMap, type CelValue } from './value.ts';

const MAXIMUM_INT = 2 ** 63;

/**
 * A JSON value as CEL sees it. A number without a fraction is an `int`, every other one a `double`: JSON cannot say
 * more (where a declared type says double, the checker makes it one). Objects and arrays are read when an
 * expression reads them, so that a value costs nothing until then, and keeps its identity (`json`).
 */
export function fromJson(json: Json): CelValue {
  if (typeof json === 'object') {
    if (json === null) return null;
    return isArray(json) ? new JsonList(json) : new JsonMap(json);
  }
  if (typeof json === 'number') return isInt(json) ? BigInt(json) : json;
  return json;
}

/** A list over a JSON array. */
export class JsonList extends CelList {
  readonly json: readonly Json[];

  constructor(json: readonly Json[]) {
    super();
    this.json = json;
  }

  get size(): number {
    return this.json.length;
  }

  at(index: number): CelValue {
    return fromJson(this.json[index] ?? null);
  }
}

/** A map over a JSON object. Only its own keys exist: `constructor` and `__proto__` are keys like others. */
export class JsonMap extends CelMap {
  readonly json: JsonObject;

  constructor(json: JsonObject) {
    super();
    this.json = json;
  }

  get size(): number {
    return this.keys().length;
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.json, key)) return undefined;
    const value = this.json[key];
    return value === undefined ? undefined : fromJson(value);
  }

  has(key: CelValue): boolean {
    return typeof key === 'string' && Object.hasOwn(this.json, key) && this.json[key] !== undefined;
  }

  keys(): readonly string[] {
    return Object.keys(this.json).filter((key) => this.json[key] !== undefined);
  }
}

/** The JSON that a value was read from, by its identity, or `undefined` for what an expression made itself. */
export function jsonOf(value: unknown): Json | undefined {
  return value instanceof JsonMap || value instanceof JsonList ? value.json : undefined;
}

function isArray(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json);
}

function isInt(number: number): boolean {
  return Number.isInteger(number) && number >= -MAXIMUM_INT && number < MAXIMUM_INT;
}
