/** The cells of a row of a GitHub table, split as cmark-gfm does: at pipes that no backslash escapes, before all else. */
export function cellsOf(row: string): readonly string[] {
  const cells = [''];
  for (let index = 0; index < row.length; index += 1) {
    const character = row.charAt(index);
    if (character === '|') {
      cells.push('');
      continue;
    }
    const taken = character === '\\' && index + 1 < row.length ? row.slice(index, index + 2) : character;
    cells.push(`${cells.pop() ?? ''}${taken}`);
    index += taken.length - 1;
  }
  return cells.slice(1, -1).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What is left of a cell when its code spans (CommonMark 0.31, section 6.1) are taken out. */
export function outsideCode(cell: string): string {
  let rest = cell;
  let outside = '';
  for (;;) {
    const open = /`+/.exec(rest);
    if (open === null) return outside + rest;
    const after = rest.slice(open.index + open[0].length);
    const close = [...after.matchAll(/`+/g)].find((run) => run[0].length === open[0].length);
    if (close === undefined || open[0].length > 80) return outside + rest;
    outside += rest.slice(0, open.index);
    rest = after.slice(close.index + close[0].length);
  }
}
