import type { Json, JsonObject } from './json.ts';

/** Where the fields of a lazy object come from. */
export interface LazyFields {
  /** The field, or `undefined` where there is none; the same value for the same question. */
  get(name: string): Json | undefined;
  /** The fields that show when all are asked for; `get` may know more. */
  names(): Iterable<string>;
}

/**
 * An object whose fields are made when somebody reads them: it reads like any JSON, and what nobody reads costs nothing.
 *
 * A proxy, not an object with getters: V8 makes each of those a shape of its own, which lives until a full collection.
 */
export function lazyObject(fields: LazyFields): JsonObject {
  return new Proxy<JsonObject>({}, new FieldReader(fields));
}

class FieldReader implements ProxyHandler<JsonObject> {
  private readonly fields: LazyFields;

  constructor(fields: LazyFields) {
    this.fields = fields;
  }

  get(_: JsonObject, name: string | symbol): Json | undefined {
    return typeof name === 'string' ? this.fields.get(name) : undefined;
  }

  has(target: JsonObject, name: string | symbol): boolean {
    return this.get(target, name) !== undefined;
  }

  ownKeys(): string[] {
    return [...new Set(this.fields.names())];
  }

  getOwnPropertyDescriptor(target: JsonObject, name: string | symbol): PropertyDescriptor | undefined {
    const value = this.get(target, name);
    return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: false };
  }

  set(): boolean {
    return false;
  }

  defineProperty(): boolean {
    return false;
  }

  deleteProperty(): boolean {
    return false;
  }
}
