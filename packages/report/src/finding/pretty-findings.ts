import { type Finding, type Severity, sortFindings } from '@idp/core';
import { type Colours, coloursFor } from '../text/colours.ts';
import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';
import { alikeText, groupByCause } from './group-by-cause.ts';
import { placeText } from './place-text.ts';
import { sourceExcerpt } from './source-excerpt.ts';
import { waiverText } from './waiver-text.ts';

/** How findings are shown to people. */
export interface PrettyFindingsOptions {
  /** A line of a file (from 1, without its line ending), for the excerpt; `undefined` when there is none. */
  readonly readLine?: ((path: string, line: number) => string | undefined) | undefined;
  readonly colour: boolean;
}

/** Cells of a message or hint; the JSON report has the whole text. */
const longest = 2_000;
const gutterWidth = 5;

/**
 * Findings for a terminal, sorted, each as
 *
 * ```
 * path:line:column: severity: message  [code]
 *    14 |       type: postgress
 *       |             ^~~~~~~~~ hint
 *       note: path:line:column: a related place
 *       also: 299 more of the same cause, in cart, invoices and 297 others
 * ```
 *
 * with as much of it as is known; what has one cause is shown once. No character of a finding or of a source line is obeyed by the terminal
 * (see `visibleText`), and none starts a line of its own.
 *
 * @returns lines with a line feed after each; empty without findings
 */
export function prettyFindings(findings: readonly Finding[], options: PrettyFindingsOptions): string {
  const colours = coloursFor(options.colour);
  return groupByCause(sortFindings(findings))
    .flatMap((group) => [
      headline(group.finding, colours),
      ...explanation(group.finding, options, colours),
      ...(group.finding.related ?? []).map((place) =>
        noteLine('note', `${placeText(place)}: ${place.message}`, colours),
      ),
      ...noteLines('waived', group.finding.waived && waiverText(group.finding.waived), colours),
      ...noteLines('also', alikeText(group), colours),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function headline(finding: Finding, colours: Colours): string {
  const place = placeText(finding);
  const start = place === '' ? '' : `${colours.bold(visibleText(`${place}:`))} `;
  const word = finding.waived === undefined ? finding.severity : 'waived';
  const severity = severityColour(finding.severity, colours)(`${word}:`);
  return `${start}${severity} ${oneLine(finding.message)}  ${colours.dim(`[${visibleText(finding.code)}]`)}`;
}

function explanation(finding: Finding, options: PrettyFindingsOptions, colours: Colours): readonly string[] {
  const { path, line, column, hint } = finding;
  const source = path === undefined || line === undefined ? undefined : options.readLine?.(path, line);
  const hintText = hint === undefined ? '' : oneLine(hint);
  if (line === undefined || source === undefined) {
    return hintText === '' ? [] : [`${' '.repeat(gutterWidth + 1)}${colours.cyan('hint:')} ${hintText}`];
  }
  const width = Math.max(gutterWidth, String(line).length);
  const gutter = (label: string) => colours.dim(`${label.padStart(width)} |`);
  const excerpt = sourceExcerpt(source, { column: column ?? 1, endColumn: endColumnInLine(finding) });
  const lines = [`${gutter(String(line))} ${excerpt.text}`.trimEnd()];
  const marker =
    column === undefined
      ? ''
      : `${' '.repeat(excerpt.indent)}${severityColour(finding.severity, colours)(`^${'~'.repeat(excerpt.width - 1)}`)}`;
  const below = [marker, hintText].filter((part) => part !== '').join(' ');
  if (below !== '') lines.push(`${gutter('')} ${below}`);
  return lines;
}

/** A range over many lines is marked up to the end of its first. */
function endColumnInLine({ line, endLine, endColumn }: Finding): number | undefined {
  if (line !== undefined && endLine !== undefined && endLine > line) return Number.POSITIVE_INFINITY;
  return endColumn;
}

function noteLines(label: string, text: string | undefined, colours: Colours): readonly string[] {
  return text === undefined || text === '' ? [] : [noteLine(label, text, colours)];
}

function noteLine(label: string, text: string, colours: Colours): string {
  return `${' '.repeat(gutterWidth + 1)}${colours.cyan(`${label}:`)} ${oneLine(text)}`;
}

function oneLine(text: string): string {
  return cutText(visibleText(text), longest);
}

function severityColour(severity: Severity, colours: Colours): (text: string) => string {
  if (severity === 'error') return (text) => colours.bold(colours.red(text));
  if (severity === 'warning') return (text) => colours.bold(colours.yellow(text));
  return (text) => colours.bold(colours.blue(text));
}
