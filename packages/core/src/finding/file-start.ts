import type { Position } from './finding.ts';

/** The place of a finding that is about a file as a whole: its first character. */
export function fileStart(path: string): Position {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
