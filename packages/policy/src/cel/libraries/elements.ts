import { asValue } from '../equality.ts';
import type { CelList, CelValue } from '../value.ts';

/**
 * The elements of a list.
 *
 * @throws CelFailure the error or the unknown that an element is; the engine passes it on
 */
export function elementsOf(list: CelList): CelValue[] {
  return Array.from(list, asValue);
}
