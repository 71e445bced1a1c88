import type { Json } from '../json.ts';

/** What an expression can be given: a value, or something that only shows what it is when it is read. */
export type CelInput =
  | { readonly kind: 'value'; readonly content: unknown }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'budget'; readonly message: string }
  | { readonly kind: 'record'; readonly field: (name: string) => CelInput | undefined };

const MAXIMUM_DEPTH = 500;
const MAXIMUM_INT = 2 ** 63;

/**
 * A JSON value as CEL sees it. A number without a fraction is an `int`, every other one a `double`:
 * JSON cannot say more, and Kubernetes' schemas use integers wherever a policy compares one. Objects
 * become maps, so that keys such as `constructor` and `__proto__` are ordinary keys.
 *
 * @returns an unknown when the document is nested deeper than 500 levels
 */
export function celValue(json: Json): CelInput {
  const content = convert(json, 0);
  if (content === TOO_DEEP)
    return { kind: 'unknown', reason: `the object is nested deeper than ${MAXIMUM_DEPTH} levels` };
  return { kind: 'value', content };
}

const TOO_DEEP = Symbol('nested too deeply');

function convert(json: Json, depth: number): unknown {
  if (typeof json === 'number') return isInt(json) ? BigInt(json) : json;
  if (typeof json !== 'object' || json === null) return json;
  if (depth >= MAXIMUM_DEPTH) return TOO_DEEP;
  if (Array.isArray(json)) return convertList(json, depth);
  const map = new Map<string, unknown>();
  for (const [key, value] of Object.entries(json)) {
    if (value === undefined) continue;
    const converted = convert(value, depth + 1);
    if (converted === TOO_DEEP) return TOO_DEEP;
    map.set(key, converted);
  }
  return map;
}

function convertList(json: readonly Json[], depth: number): unknown {
  const list: unknown[] = [];
  for (const element of json) {
    const converted = convert(element, depth + 1);
    if (converted === TOO_DEEP) return TOO_DEEP;
    list.push(converted);
  }
  return list;
}

function isInt(number: number): boolean {
  return Number.isInteger(number) && number >= -MAXIMUM_INT && number < MAXIMUM_INT;
}
