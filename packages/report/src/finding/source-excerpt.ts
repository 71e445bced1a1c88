import { characterWidth } from '../text/text-width.ts';
import { visiblePieces } from '../text/visible-text.ts';

/** Part of one line, in cells of the terminal: what to show, and where the marker under it goes. */
export interface SourceExcerpt {
  readonly text: string;
  /** Cells before the marker. */
  readonly indent: number;
  /** Cells to mark; at least 1. */
  readonly width: number;
}

export interface SourceRange {
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** The column after the last character; absent: one character. `Infinity`: up to the end of the line. */
  readonly endColumn?: number | undefined;
}

const tabStop = 4;
/** Cells of a line that are shown: a long line is cut to a window around what is marked. */
const windowWidth = 100;
/** Of which so many stand before the marker, so that the reader sees what it belongs to. */
const contextWidth = 40;
/** Code units looked at on each side: a file of one huge line costs no more than any other. */
const reach = 400;

interface PlacedPiece {
  readonly index: number;
  readonly shown: string;
  readonly width: number;
}

/**
 * A line of a file as a terminal can show it: tabs as spaces, control characters visible, a window around
 * the range when the line is long, and the cells that the range covers there.
 */
export function sourceExcerpt(line: string, range: SourceRange): SourceExcerpt {
  const start = Math.min(Math.max(range.column - 1, 0), line.length);
  const trimmedEnd = line.trimEnd().length;
  const end = Math.max(start + 1, Math.min((range.endColumn ?? range.column + 1) - 1, Math.max(trimmedEnd, start + 1)));
  const first = characterStart(line, Math.max(0, start - reach));
  const last = characterStart(line, Math.min(line.length, start + reach));
  const pieces = placePieces(line.slice(first, last), first);

  const from = windowStart(pieces, start, first > 0);
  const leading = from > 0 || first > 0 ? '…' : '';
  let text = leading;
  let used = leading.length;
  let indent = used;
  let width = 0;
  let cut = last < line.length;
  for (const piece of pieces.slice(from)) {
    if (used + piece.width > windowWidth) {
      cut = true;
      break;
    }
    text += piece.shown;
    used += piece.width;
    if (piece.index < start) indent = used;
    else if (piece.index < end) width += piece.width;
  }
  return { text: cut ? `${text}…` : text.trimEnd(), indent, width: Math.max(1, width) };
}

function placePieces(text: string, offset: number): readonly PlacedPiece[] {
  const placed: PlacedPiece[] = [];
  let cell = 0;
  for (const piece of visiblePieces(text)) {
    const shown = piece.raw === '\t' ? ' '.repeat(tabStop - (cell % tabStop)) : piece.shown;
    let width = 0;
    for (const character of shown) width += characterWidth(character);
    placed.push({ index: piece.index + offset, shown, width });
    cell += width;
  }
  return placed;
}

/** The first piece to show: the whole line if it fits, else some context before the range. */
function windowStart(pieces: readonly PlacedPiece[], start: number, alreadyCut: boolean): number {
  const total = pieces.reduce((sum, piece) => sum + piece.width, 0);
  if (total <= windowWidth && !alreadyCut) return 0;
  let index = pieces.findIndex((piece) => piece.index >= start);
  if (index === -1) index = pieces.length;
  let before = 0;
  while (index > 0) {
    const width = pieces[index - 1]?.width ?? 0;
    if (before + width > contextWidth) break;
    before += width;
    index -= 1;
  }
  return index;
}

/** Steps back over the second half of a surrogate pair, so that no character is cut in two. */
function characterStart(line: string, index: number): number {
  const unit = line.charCodeAt(index);
  return index > 0 && unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
