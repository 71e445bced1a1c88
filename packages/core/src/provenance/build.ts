import type { Origin } from './origin.ts';
import { type Scalar, Traced } from './traced.ts';

/** A literal with nodes inside: what the typed conversion writes. `undefined` leaves a field out. */
export type Buildable = Scalar | Traced | undefined | readonly Buildable[] | { readonly [key: string]: Buildable };

/** Makes nodes of a literal: nodes inside keep their origins, everything else gets `origin`. */
export function build(literal: Buildable, origin: Origin): Traced {
  if (literal instanceof Traced) return literal;
  if (Array.isArray(literal)) {
    const items: Traced[] = [];
    for (const item of literal as readonly Buildable[]) if (item !== undefined) items.push(build(item, origin));
    return new Traced(items, origin);
  }
  if (typeof literal === 'object' && literal !== null) {
    const entries = new Map<string, Traced>();
    const fields = literal as Readonly<Record<string, Buildable>>;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (value !== undefined) entries.set(key, build(value, origin));
    }
    return new Traced(entries, origin);
  }
  return new Traced((literal ?? null) as Scalar, origin);
}
