import type { Json } from '../json/json.ts';
import type { Store, StoreKey } from './store.ts';

/** Beyond so many characters, what a run did not ask for is left out. */
const maxLength = 4_000_000;

/**
 * Many small results in one entry of another store: a run reads them at once, and writes them again when it made one that was
 * not there. The entry is a line of JSON, `[[key, length], …]`, and the texts one after the other.
 */
export class PackedStore implements Store {
  private readonly known: ReadonlyMap<string, string>;
  private readonly asked = new Map<string, string>();
  private made = 0;

  /** @param entry what `write` gave; nothing is known by one of another form */
  constructor(entry: string | undefined) {
    this.known = entry === undefined ? new Map() : unpacked(entry);
  }

  /** Whether there is something that the entry did not have. */
  get grew(): boolean {
    return this.made > 0;
  }

  get(key: StoreKey): string | undefined {
    const text = this.asked.get(key) ?? this.known.get(key);
    if (text !== undefined) this.asked.set(key, text);
    return text;
  }

  set(key: StoreKey, value: string): void {
    if (this.get(key) === value) return;
    this.asked.set(key, value);
    this.made += 1;
  }

  write(): string {
    const { asked, known } = this;
    const all = packed(new Map([...asked, ...[...known].filter(([key]) => !asked.has(key))]));
    return all.length > maxLength ? packed(asked) : all;
  }
}

function packed(texts: ReadonlyMap<string, string>): string {
  const head = [...texts].map(([key, { length }]) => [key, length]);
  return `${JSON.stringify(head)}\n${[...texts.values()].join('')}`;
}

function unpacked(entry: string): ReadonlyMap<string, string> {
  const end = entry.indexOf('\n');
  const texts = new Map<string, string>();
  let at = end + 1;
  for (const item of headOf(entry.slice(0, Math.max(0, end)))) {
    const [key, length] = Array.isArray(item) ? item : [];
    if (typeof key !== 'string' || typeof length !== 'number' || !(length >= 0)) return new Map();
    texts.set(key, entry.slice(at, at + length));
    at += length;
  }
  return at === entry.length ? texts : new Map();
}

function headOf(line: string): readonly Json[] {
  try {
    const head: Json = JSON.parse(line);
    return Array.isArray(head) ? head : [];
  } catch {
    return [];
  }
}
