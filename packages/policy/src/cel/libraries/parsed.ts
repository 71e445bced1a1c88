/** What a text means, or why it means nothing. */
export type Parsed<T> = { readonly kind: 'parsed'; readonly value: T } | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

export function parsed<T>(value: T): Parsed<T> {
  return { kind: 'parsed', value };
}

export function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}
