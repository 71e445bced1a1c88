/**
 * What a terminal, a log or a reader would obey instead of show: control characters (C0, DEL, C1), bidirectional
 * overrides and isolates (CVE-2021-42574), invisible separators and tags, lone surrogates, and `##[`, which
 * a GitHub runner reads as a command wherever it stands in a line of a log.
 */
const obeyed =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|(?<=#)#(?=\[)|(?<=^\s*):(?=:)/gu;
const obeyedExceptLayout =
  /[^\P{Cc}\n\t]|[\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text on one line that shows every character and obeys none: `\n`, `\u001b`, `\u{e0041}` stand for what
 * would otherwise move the cursor, recolour, reorder or hide the text around it.
 */
export function visibleText(text: string): string {
  return text.replace(obeyed, escaped);
}

/** As `visibleText`, for text of many lines: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(obeyedExceptLayout, escaped);
}

/** A piece of a text: where it begins (UTF-16 code units), and how it is shown. */
export interface VisiblePiece {
  readonly index: number;
  readonly raw: string;
  readonly shown: string;
}

/** The text, one piece a character, for those who must know which column is shown where. */
export function visiblePieces(text: string): readonly VisiblePiece[] {
  const escapes = new Map([...text.matchAll(obeyed)].map((match) => [match.index, escaped(match[0])]));
  const pieces: VisiblePiece[] = [];
  let index = 0;
  for (const raw of text) {
    pieces.push({ index, raw, shown: escapes.get(index) ?? raw });
    index += raw.length;
  }
  return pieces;
}

function escaped(character: string): string {
  const name = named[character];
  if (name !== undefined) return name;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
