import type { Position } from '../finding/finding.ts';
import { valueAt } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import type { Source } from './source.ts';

/**
 * The place of a part of a text that a file holds: also inside quotes, escapes and blocks of several lines. The place of
 * the key where that is not to be had (behind an alias).
 *
 * @param part UTF-16 code units of the text; without an end, one
 */
export function locateInText(
  source: Source,
  place: { readonly pointer: Pointer; readonly document: number },
  part: { readonly start: number; readonly end?: number | undefined },
): Position {
  const { pointer, document } = place;
  const range = source.rangeOf(pointer, document);
  const value = valueAt(source.documents[document] ?? null, pointer);
  if (range === undefined || typeof value !== 'string') return source.locate(pointer, 'key', document);
  const read = scalarOffsets(source.text, range.start, range.end);
  if (read.value.trimEnd() !== value.trimEnd()) return source.locate(pointer, 'key', document);
  // What is missing at the end is shown on the last character that is there.
  const lastUnit = Math.max(value.trimEnd().length - 1, 0);
  const at = (unit: number): number => read.offsets[Math.min(Math.max(unit, 0), lastUnit)] ?? range.start;
  const start = at(part.start);
  const end = Math.max(at((part.end ?? part.start + 1) - 1), start) + 1;
  // A finding that goes over a line break ends with its first line.
  const lineEnd = source.text.indexOf('\n', start);
  return source.locateRange({ start, end: lineEnd > start && lineEnd < end ? lineEnd : end });
}
