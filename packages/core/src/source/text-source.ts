import { lineMap } from './line-map.ts';
import type { Range } from './locate-yaml.ts';
import type { Source } from './source.ts';

/** A file that is text and no YAML, as a source of one value: its whole text. */
export function textSource(path: string, oid: string, text: string): Source {
  const whole: Range = { start: 0, end: text.length };
  const locateRange = (range: Range) => lineMap(text).position(path, range);
  return {
    path,
    oid,
    text,
    documents: [text],
    locateRange,
    locate: () => locateRange({ start: 0, end: Math.min(1, text.length) }),
    rangeOf: () => whole,
  };
}
