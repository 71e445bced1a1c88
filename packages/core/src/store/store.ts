/**
 * A content-addressed store of results (docs/decisions.md, "The store"). It is an optimisation only:
 * deleting it never changes an answer. Synchronous: an adapter loads before the stages run and writes
 * what is new after them, with a checksum per entry.
 */
export interface Store {
  /** The text stored under this key, or `undefined`. */
  get(key: StoreKey): string | undefined;
  set(key: StoreKey, value: string): void;
}

/**
 * `<computation>@<version>/<oid>[,<oid>…]`: which function, the version of that function, and all that it
 * read. Two equal keys always stand for the same result.
 */
export type StoreKey = `${string}@${string}/${string}`;

/**
 * @param computation the function whose result it is
 * @param version of that function: another one never reads what this one wrote
 * @param inputs digests or blob ids of all that it read, in a fixed order
 */
export function storeKey(computation: string, version: string, inputs: readonly string[]): StoreKey {
  return `${computation}@${version}/${inputs.join(',')}`;
}

/** Where results stay that are made of one text. */
export interface KeptText {
  readonly store: Store;
  /** Tells the text from all others, by git's id of its file. */
  readonly id: string;
}
