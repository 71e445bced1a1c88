import { isObject, type Json } from '../json/json.ts';

const width = 118;
/** Schemas are 40 levels deep; to indent all of them would be half of the file. */
const maxIndent = 12;

/** JSON in which whatever fits on a line is on one: short, and with differences that can be read. */
export function compactJson(value: Json, indent = ''): string {
  const text = JSON.stringify(value);
  if (indent.length + text.length <= width) return text;
  const inner = indent.length < maxIndent ? `${indent} ` : indent;
  if (Array.isArray(value))
    return `[\n${(value as readonly Json[]).map((item) => inner + compactJson(item, inner)).join(',\n')}\n${indent}]`;
  if (!isObject(value)) return text;
  const entries = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${compactJson(item, inner)}`,
  );
  return `{\n${entries.join(',\n')}\n${indent}}`;
}
