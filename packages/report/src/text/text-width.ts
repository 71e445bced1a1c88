/** Drawn over the character before them, or not at all (Unicode categories Mn, Me, Cf; Hangul medial vowels). */
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;
/** Two cells wide in a terminal: Unicode's East Asian Width W and F, by block, and what is drawn as emoji. */
const doubleWidth =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]$/u;

/** How many cells of a terminal one character (code point) takes: 0, 1 or 2. */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (character >= ' ' && character <= '~') return 1;
  if (zeroWidth.test(character)) return 0;
  return doubleWidth.test(character) ? 2 : 1;
}

/** How many cells of a terminal a text takes; the text is one line without escape sequences. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text, or as much of it as fits into `width` cells with `…` at its end. */
export function cutText(text: string, width: number): string {
  if (text.length * 2 <= width) return text;
  let used = 0;
  let kept = 0;
  let index = 0;
  for (const character of text) {
    used += characterWidth(character);
    // A flood of combining marks takes no cells, but it must not be endless either.
    if (used > width || index > width * 4) return `${text.slice(0, kept)}…`;
    index += character.length;
    if (used < width) kept = index;
  }
  return text;
}
