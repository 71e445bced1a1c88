import { nearest } from '../../nearest.ts';
import type { Range } from '../syntax/expression.ts';

/** Something in an expression that cannot be right, whatever it is given. */
export interface CheckError {
  readonly message: string;
  readonly hint?: string;
  readonly range: Range;
  /** It is about a field that does not exist, whatever else types say. */
  readonly ofField?: true;
}

/** What was most likely meant, or what there is. */
export function nearestHint(written: string, candidates: Iterable<string>): { readonly hint?: string } {
  const all = [...candidates];
  const best = nearest(written, all);
  if (best !== undefined && best !== written) return { hint: `did you mean "${best}"?` };
  return all.length > 0 && all.length <= 12 ? { hint: `there is ${all.join(', ')}` } : {};
}
