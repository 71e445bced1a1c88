import type { Position } from '../finding/finding.ts';
import type { Range } from './locate-yaml.ts';

export interface LineMap {
  position(path: string, range: Range): Position;
}

/** Turns offsets into lines and columns (from 1; columns are UTF-16 code units). */
export function lineMap(text: string): LineMap {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const place = (offset: number): { line: number; column: number } => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return {
    position(path, range) {
      const start = place(Math.min(range.start, text.length));
      const end = place(Math.min(Math.max(range.end, range.start), text.length));
      return { path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
    },
  };
}
