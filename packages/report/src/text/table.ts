import { type Colours, coloursFor, type Tone, toned } from './colours.ts';
import { cutText, textWidth } from './text-width.ts';
import { visibleText } from './visible-text.ts';

/** Numbers stand at the right of their column. A tone colours the cell. */
export type Cell = string | number | { readonly text: string; readonly tone: Tone };

/** How a table is laid out. */
export interface TableOptions {
  readonly headers: readonly string[];
  readonly colour: boolean;
  /** In cells of the terminal; the widest columns are cut first. Default: as wide as the content. */
  readonly maxWidth?: number | undefined;
}

const gap = '  ';
const narrowest = 4;

/**
 * Rows as aligned columns under a header: bold and underlined with colour, with a line of dashes without.
 * Cells are one line each and are made visible; a row's cells beyond the headers are left out.
 */
export function table(rows: readonly (readonly Cell[])[], options: TableOptions): string {
  const colours = coloursFor(options.colour);
  const headers = options.headers.map(visibleText);
  const body = rows.map((row) => headers.map((_, column) => row[column] ?? ''));
  const texts = body.map((row) => row.map(cellText));
  const natural = headers.map((header, column) =>
    texts.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), textWidth(header)),
  );
  const widths = fitColumns(natural, options.maxWidth);
  const numeric = headers.map((_, column) => body.length > 0 && body.every((row) => typeof row[column] === 'number'));

  const line = (cells: readonly string[], style: (text: string, column: number) => string): string => {
    const last = cells.length - 1;
    return cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const shown = cutText(cell, width);
        const padding = ' '.repeat(Math.max(0, width - textWidth(shown)));
        if (numeric[column]) return padding + style(shown, column);
        return style(shown, column) + (column === last ? '' : padding);
      })
      .join(gap)
      .trimEnd();
  };

  const lines = [line(headers, (text) => colours.bold(colours.underline(text)))];
  if (!options.colour) lines.push(widths.map((width) => '-'.repeat(width)).join(gap));
  texts.forEach((row, index) => {
    lines.push(line(row, (text, column) => styledCell(text, body[index]?.[column], colours)));
  });
  return `${lines.join('\n')}\n`;
}

function cellText(cell: Cell): string {
  return visibleText(typeof cell === 'object' ? cell.text : String(cell));
}

function styledCell(text: string, cell: Cell | undefined, colours: Colours): string {
  return typeof cell === 'object' ? toned(text, cell.tone, colours) : text;
}

/** Takes cells from the widest column until all fit, or until every column is as narrow as it may get. */
function fitColumns(natural: readonly number[], maxWidth: number | undefined): readonly number[] {
  const widths = [...natural];
  if (maxWidth === undefined) return widths;
  const room = maxWidth - gap.length * (widths.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
