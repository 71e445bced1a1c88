import { lineMap } from '../../source/line-map.ts';

/** What a language takes for a comment to the end of the line, and for a text; a longer quote before a shorter. */
export interface Marks {
  readonly line: readonly string[];
  readonly quotes: readonly string[];
}

const closing: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);
const closers: ReadonlySet<string> = new Set(closing.values());

/**
 * The first bracket, text or comment that does not end, or ends what was not begun: what is left of a file that was cut.
 *
 * @returns the fault with its line in `text`, or `undefined`
 */
export function bracketFault(text: string, { line, quotes }: Marks): string | undefined {
  const open: { readonly end: string; readonly at: number }[] = [];
  const unended = (at: number): string => `line ${lineAt(text, at)}: what begins here does not end`;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const quote = quotes.find((mark) => text.startsWith(mark, at));
    if (quote !== undefined) {
      const end = endOfText(text, at, quote);
      if (end === undefined) return unended(at);
      at = end;
    } else if (line.some((mark) => text.startsWith(mark, at))) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return unended(at);
      at = end + 2;
    } else {
      const end = closing.get(character);
      if (end !== undefined) open.push({ end, at });
      else if (closers.has(character) && open.pop()?.end !== character)
        return `line ${lineAt(text, at)}: "${character}" closes nothing`;
      at += 1;
    }
  }
  const last = open.at(-1);
  return last && unended(last.at);
}

/** Behind the end of the text that begins at `at`; a text of one quote ends in its line. */
function endOfText(text: string, at: number, quote: string): number | undefined {
  for (let index = at + quote.length; index < text.length; index += 1) {
    if (text.startsWith(quote, index)) return index + quote.length;
    if (text.charAt(index) === '\n' && quote.length === 1) return undefined;
    if (text.charAt(index) === '\\') index += 1;
  }
  return undefined;
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return lineMap(text).position('', { start: offset, end: offset }).line;
}
