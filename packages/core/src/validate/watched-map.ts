/** A map that tells what is asked of it before it answers. */
export class WatchedMap<V> implements ReadonlyMap<string, V> {
  private readonly inner: ReadonlyMap<string, V>;
  private readonly onKey: (key: string) => void;
  private readonly onAll: () => void;

  /**
   * @param onKey somebody asks for this key
   * @param onAll somebody asks for more than single keys
   */
  constructor(inner: ReadonlyMap<string, V>, onKey: (key: string) => void, onAll: () => void) {
    this.inner = inner;
    this.onKey = onKey;
    this.onAll = onAll;
  }

  get(key: string): V | undefined {
    this.onKey(key);
    return this.inner.get(key);
  }

  has(key: string): boolean {
    this.onKey(key);
    return this.inner.has(key);
  }

  get size(): number {
    return this.all().size;
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.all()) visit(value, key, this);
  }

  entries() {
    return this.all().entries();
  }

  keys() {
    return this.all().keys();
  }

  values() {
    return this.all().values();
  }

  [Symbol.iterator]() {
    return this.all()[Symbol.iterator]();
  }

  private all(): ReadonlyMap<string, V> {
    this.onAll();
    return this.inner;
  }
}
