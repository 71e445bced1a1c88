import { once } from './once.ts';

/** A map whose values are made when somebody asks for them, once each. */
export class LazyMap<V> implements ReadonlyMap<string, V> {
  private readonly made: ReadonlyMap<string, () => V>;

  constructor(keys: Iterable<string>, make: (key: string) => V) {
    this.made = new Map(Array.from(keys, (key) => [key, once(() => make(key))]));
  }

  get size(): number {
    return this.made.size;
  }

  get(key: string): V | undefined {
    return this.made.get(key)?.();
  }

  has(key: string): boolean {
    return this.made.has(key);
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  *entries(): MapIterator<[string, V]> {
    for (const [key, make] of this.made) yield [key, make()];
    return undefined;
  }

  keys(): MapIterator<string> {
    return this.made.keys();
  }

  *values(): MapIterator<V> {
    for (const make of this.made.values()) yield make();
    return undefined;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
