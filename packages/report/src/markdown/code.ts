import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';

/** GitHub's parser gives up on code spans with long runs of backticks (80 in cmark-gfm); nobody needs them. */
const longRun = /`{9,}/g;
const longestCell = 500;
const longestName = 60;

/**
 * Text as a code span: in it nothing is Markdown, HTML, a mention or a link (CommonMark 0.31, section 6.1). The
 * span's marks are longer than any run of backticks inside.
 */
export function codeSpan(text: string): string {
  const inside = tameBackticks(visibleText(text));
  const marks = '`'.repeat(longestBacktickRun(inside) + 1);
  // The parser strips one space from both ends; without these a backtick at an end would join the marks.
  const padding = /^`|`$|^ .* $/.test(inside) || inside.trim() === '' ? ' ' : '';
  return `${marks}${padding}${inside}${padding}${marks}`;
}

/**
 * A code span for a cell of a table. GitHub splits a row at pipes before it looks for code (GFM, section 4.10), so
 * a pipe is `\|` there; behind a backslash that would not do, and it is shown by its number.
 */
export function codeCell(text: string): string {
  return codeSpan(cutText(text, longestCell))
    .replaceAll('\\|', '\\\\u007c')
    .replace(/(?<!\\)\|/g, '\\|');
}

/** Lines as a fenced block, with a fence longer than any run of backticks inside. Lines must be visible text. */
export function codeFence(lines: readonly string[], language: string): string {
  const inside = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestBacktickRun(inside) + 1));
  return `${fence}${language}\n${inside}\n${fence}\n`;
}

/** Text as `<code>` for where Markdown is not read, that is inside an HTML block such as `<summary>`. */
export function htmlCode(text: string): string {
  const shown = cutText(visibleText(text), longestName);
  return `<code>${shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</code>`;
}

/** Text without the runs of backticks that GitHub's parser gives up on. */
export function tameBackticks(text: string): string {
  return text.replace(longRun, (run) => '\\u0060'.repeat(Math.min(run.length, 9)));
}

function longestBacktickRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}
