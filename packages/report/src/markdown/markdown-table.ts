export type Alignment = 'left' | 'right';

/** A GitHub table. Cells are Markdown that keeps to one cell: see `codeCell`. */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  const rule = headers.map((_, column) => (alignments[column] === 'right' ? '--:' : '---'));
  return [headers, rule, ...rows].map(markdownRow).join('');
}

/** One row of a table, with its line feed. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
