import { timestampText } from '../../text.ts';
import { CelDuration, CelTimestamp } from '../../time.ts';
import {
  CelFailure,
  CelList,
  CelMap,
  CelOptional,
  type CelResult,
  CelTypeValue,
  CelUint,
  typeNameOf,
} from '../../value.ts';
import { encodeBase64 } from '../base64.ts';

/** A value as JSON that keeps its type, the same as `bench/cel-oracle` writes it; entries of maps by their keys. */
export function canonical(value: CelResult): unknown {
  if (value instanceof CelFailure) return { failure: value.kind };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return { double: Number.isFinite(value) ? value + 0 : String(value) };
  if (value instanceof CelUint) return { uint: String(value.value) };
  if (value instanceof Uint8Array) return { bytes: encodeBase64(value) };
  if (value instanceof CelDuration) return { duration: String(value.nanos) };
  if (value instanceof CelTimestamp) return { timestamp: timestampText(value) };
  if (value instanceof CelTypeValue) return { type: value.name };
  if (value instanceof CelOptional) return { optional: value.value === undefined ? [] : [canonical(value.value)] };
  if (value instanceof CelList) return Array.from(value, canonical);
  if (!(value instanceof CelMap)) return { opaque: typeNameOf(value) };
  const entries = value.keys().map((key) => [canonical(key), canonical(value.get(key) ?? null)]);
  return { map: entries.sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1)) };
}
