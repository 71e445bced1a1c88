/** One line of a difference of two texts. */
export interface DiffLine {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

/** Above this many pairs of lines to compare, the middle is shown as removed and added as a whole. */
const mostPairs = 250_000;

/**
 * The lines that two texts differ in, with `context` lines around each; what is left out between is one line
 * `…`. A missing line feed at the end shows where only one of the texts has it.
 */
export function lineDiff(before: string, after: string, context: number): readonly DiffLine[] {
  const marksEnd = before.endsWith('\n') !== after.endsWith('\n');
  return withContext(compareLines(linesOf(before, marksEnd), linesOf(after, marksEnd)), context);
}

/** The lines of a text; a line feed at its end ends the last line and begins no other. */
export function linesOf(text: string, marksEnd: boolean): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') return lines.slice(0, -1);
  return marksEnd ? [...lines.slice(0, -1), `${lines.at(-1)} (no line feed at the end)`] : lines;
}

function compareLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < before.length - start && same < after.length - start && before.at(-1 - same) === after.at(-1 - same)) {
    same += 1;
  }
  return [
    ...before.slice(0, start).map((text) => ({ sign: ' ', text }) as const),
    ...compareMiddle(before.slice(start, before.length - same), after.slice(start, after.length - same)),
    ...before.slice(before.length - same).map((text) => ({ sign: ' ', text }) as const),
  ];
}

/** By the longest common subsequence, removed lines before added ones. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ sign: '-', text });
  const added = (text: string): DiffLine => ({ sign: '+', text });
  if (before.length * after.length > mostPairs) return [...before.map(removed), ...after.map(added)];
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const fresh = after[column];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(removed(old));
      row += 1;
    } else if (fresh !== undefined) {
      lines.push(added(fresh));
      column += 1;
    }
  }
  return lines;
}

function withContext(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  const near = new Set<number>();
  lines.forEach((line, index) => {
    if (line.sign === ' ') return;
    for (let other = index - context; other <= index + context; other += 1) near.add(other);
  });
  const shown: DiffLine[] = [];
  lines.forEach((line, index) => {
    if (near.has(index)) shown.push(line);
    else if (index === 0 || near.has(index - 1)) shown.push({ sign: ' ', text: '…' });
  });
  return shown;
}
