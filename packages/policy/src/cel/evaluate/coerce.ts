import { parseDuration, parseTimestamp } from '../parse-time.ts';
import type { CelType } from '../type.ts';
import { type CelResult, CelUint } from '../value.ts';

/**
 * Makes of what JSON holds what its declared type says: JSON has one type of numbers, and times are texts there. A
 * value that does not fit its type stays as it is, and fails where it is used.
 *
 * @returns nothing where JSON's own types are right
 */
export function coercionTo(type: CelType): ((value: CelResult) => CelResult) | undefined {
  switch (type.kind) {
    case 'wrapper':
      return coercionTo(type.of);
    case 'double':
      return (value) => (typeof value === 'bigint' ? Number(value) : value);
    case 'uint':
      return (value) => (typeof value === 'bigint' && value >= 0n ? new CelUint(value) : value);
    case 'timestamp':
      return (value) => (typeof value === 'string' ? parseTimestamp(value) : value);
    case 'duration':
      return (value) => (typeof value === 'string' ? parseDuration(value) : value);
    default:
      return undefined;
  }
}
