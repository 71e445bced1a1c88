import { jsonOf } from '../../cel/json-value.ts';
import { CelFailure, CelList, CelMap, type CelResult, CelUint } from '../../cel/value.ts';
import type { Json } from '../../json.ts';

const MAXIMUM_DEPTH = 100;

/** A value of CEL as JSON, with sorted keys as Go writes maps; `undefined` for what JSON cannot say. */
export function toJson(value: CelResult, depth = 0): Json | undefined {
  if (value instanceof CelFailure || depth > MAXIMUM_DEPTH) return undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof CelUint) return Number(value.value);
  const json = jsonOf(value);
  if (json !== undefined && (typeof json !== 'object' || json === null)) return json;
  if (value instanceof CelList) return listOf(value, depth);
  return value instanceof CelMap ? mapOf(value, depth) : undefined;
}

function listOf(list: CelList, depth: number): Json | undefined {
  const elements: Json[] = [];
  for (const element of list) {
    const json = toJson(element, depth + 1);
    if (json === undefined) return undefined;
    elements.push(json);
  }
  return elements;
}

function mapOf(map: CelMap, depth: number): Json | undefined {
  const entries: [string, Json][] = [];
  for (const key of map.keys()) {
    const value = map.get(key);
    const json = value === undefined ? undefined : toJson(value, depth + 1);
    if (typeof key !== 'string' || json === undefined) return undefined;
    entries.push([key, json]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
