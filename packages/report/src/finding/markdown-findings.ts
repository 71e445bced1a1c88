import { type Finding, type Severity, sortFindings } from '@idp/core';
import { codeCell } from '../markdown/code.ts';
import { markdownRow, markdownTable } from '../markdown/markdown-table.ts';
import { countText } from '../text/count-text.ts';
import { findingsSummary } from './finding-counts.ts';
import { alikeText, type FindingGroup, groupByCause } from './group-by-cause.ts';
import { placeText } from './place-text.ts';
import { waiverText } from './waiver-text.ts';

const sections: readonly { readonly title: string; readonly has: (finding: Finding) => boolean }[] = [
  { title: 'Errors', has: ofSeverity('error') },
  { title: 'Warnings', has: ofSeverity('warning') },
  { title: 'Infos', has: ofSeverity('info') },
  { title: 'Waived', has: ({ waived }) => waived !== undefined },
];
/** Room for headings and for the notes on what is left out. */
const reserve = 600;

/**
 * Findings as GitHub Markdown for a job summary: one table a severity, one row a cause. All that a user may have written stands
 * in code spans, so that it can neither link, mention, nor leave its cell.
 *
 * @param options.maxLength in characters; rows beyond it are left out and counted. Default 60,000
 */
export function markdownFindings(findings: readonly Finding[], options: { readonly maxLength?: number } = {}): string {
  const sorted = sortFindings(findings);
  let room = (options.maxLength ?? 60_000) - reserve;
  const tables = sections.flatMap(({ title, has }) => {
    const found = sorted.filter(has);
    if (found.length === 0) return [];
    const rows: (readonly string[])[] = [];
    let left = found.length;
    for (const group of groupByCause(found)) {
      const row = groupRow(group);
      room -= markdownRow(row).length;
      if (room < 0) break;
      rows.push(row);
      left -= 1 + group.alike.length;
    }
    return [
      `#### ${title} (${found.length})\n`,
      rows.length > 0 ? markdownTable(['Where', 'What', 'Rule'], rows) : '',
      left > 0 ? `${countText(left, 'more finding')} not shown.\n` : '',
    ].filter((part) => part !== '');
  });
  return [`### Findings: ${findingsSummary(sorted)}\n`, ...tables].join('\n');
}

function ofSeverity(wanted: Severity): (finding: Finding) => boolean {
  return ({ severity, waived }) => waived === undefined && severity === wanted;
}

function groupRow(group: FindingGroup): readonly string[] {
  const { finding } = group;
  const place = placeText(finding);
  const also = alikeText(group);
  const notes = (finding.related ?? []).map((related) => `${placeText(related)}: ${related.message}`);
  const texts = [
    finding.message,
    ...(finding.hint === undefined ? [] : [finding.hint]),
    ...notes.slice(0, 3),
    ...(finding.waived === undefined ? [] : [waiverText(finding.waived)]),
    ...(also === '' ? [] : [also]),
  ];
  return [place === '' ? '' : codeCell(place), texts.map(codeCell).join('<br>'), codeCell(finding.code)];
}
