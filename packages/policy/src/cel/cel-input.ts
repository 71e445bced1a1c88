import type { Json } from '../json.ts';
import { fromJson } from './json-value.ts';
import type { CelValue } from './value.ts';

/** What an expression can be given: a value, or something that only shows what it is when it is read. */
export type CelInput =
  | { readonly kind: 'value'; readonly content: CelValue }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'budget'; readonly message: string }
  | { readonly kind: 'record'; readonly field: (name: string) => CelInput | undefined };

/** A JSON value as the input of an expression; it is read when the expression reads it. */
export function celValue(json: Json): CelInput {
  return { kind: 'value', content: fromJson(json) };
}
