import { type JsonObject, property, stringOf } from '../json/json.ts';

/** The texts of a list; of anything else none. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((item) => stringOf(item) ?? []) : [];
}

/** The number that a schema says under a keyword. */
export function numberIn(schema: JsonObject, keyword: string, otherwise: number): number {
  const value = property(schema, keyword);
  return typeof value === 'number' ? value : otherwise;
}
