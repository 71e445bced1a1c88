import { type Finding, type Severity, sortFindings } from '@idp/core';
import { codeCell } from '../markdown/code.ts';
import { markdownRow, markdownTable } from '../markdown/markdown-table.ts';
import { countText } from '../text/count-text.ts';
import { findingsSummary } from './finding-counts.ts';
import { placeText } from './place-text.ts';

const groups: readonly { readonly severity: Severity; readonly title: string }[] = [
  { severity: 'error', title: 'Errors' },
  { severity: 'warning', title: 'Warnings' },
  { severity: 'info', title: 'Infos' },
];
/** Room for headings and for the notes on what is left out. */
const reserve = 600;

/**
 * Findings as GitHub Markdown for a job summary: one table a severity. All that a user may have written stands
 * in code spans, so that it can neither link, mention, nor leave its cell.
 *
 * @param options.maxLength in characters; rows beyond it are left out and counted. Default 60,000
 */
export function markdownFindings(findings: readonly Finding[], options: { readonly maxLength?: number } = {}): string {
  const sorted = sortFindings(findings);
  let room = (options.maxLength ?? 60_000) - reserve;
  const sections = groups.flatMap(({ severity, title }) => {
    const ofSeverity = sorted.filter((finding) => finding.severity === severity);
    if (ofSeverity.length === 0) return [];
    const rows: (readonly string[])[] = [];
    for (const finding of ofSeverity) {
      const row = findingRow(finding);
      room -= markdownRow(row).length;
      if (room < 0) break;
      rows.push(row);
    }
    const left = ofSeverity.length - rows.length;
    return [
      `#### ${title} (${ofSeverity.length})\n`,
      rows.length > 0 ? markdownTable(['Where', 'What', 'Rule'], rows) : '',
      left > 0 ? `${countText(left, 'more finding')} not shown.\n` : '',
    ].filter((part) => part !== '');
  });
  return [`### Findings: ${findingsSummary(sorted)}\n`, ...sections].join('\n');
}

function findingRow(finding: Finding): readonly string[] {
  const place = placeText(finding);
  const notes = (finding.related ?? []).map((related) => `${placeText(related)}: ${related.message}`);
  const texts = [finding.message, ...(finding.hint === undefined ? [] : [finding.hint]), ...notes.slice(0, 3)];
  return [place === '' ? '' : codeCell(place), texts.map(codeCell).join('<br>'), codeCell(finding.code)];
}
