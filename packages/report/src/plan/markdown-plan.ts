import type { Plan, ServicePlan } from '@idp/core';
import { codeCell, codeFence, codeSpan, htmlCode, tameBackticks } from '../markdown/code.ts';
import { markdownRow, markdownTable } from '../markdown/markdown-table.ts';
import { countText } from '../text/count-text.ts';
import { fairShare } from './fair-share.ts';
import { planLines } from './plan-lines.ts';
import { changeCounts, changesText, deletionNote, planSummary, shortDigest } from './plan-summary.ts';

/** Hidden in the comment, so that the next plan replaces this one instead of adding a comment. */
export const planMarker = '<!-- idp:plan -->';

/** Under GitHub's limit of 65,536 characters for a comment. */
const defaultMaxLength = 60_000;
/** Room for the heading and the notes on what is left out. */
const reserve = 400;
/** A fold with less room than this would show nothing of use. */
const smallestFold = 300;

/**
 * A plan as GitHub Markdown, for a job summary and a comment on a pull request: a table of what changes where,
 * then one fold for each service and environment. All that a user may have written stands in code, so that it can
 * neither link, mention, nor break out.
 *
 * @param options.maxLength in characters (at least 600 are used): beyond it the longest folds are cut first, and
 *   notes say how much is left out
 */
export function markdownPlan(plan: Plan, options: { readonly maxLength?: number } = {}): string {
  const head = `${planMarker}\n`;
  const sentence = planSummary(plan, codeSpan);
  if (plan.services.length === 0) return `${head}${sentence}.\n`;
  const note = deletionNote(plan);
  const notes = note === undefined ? [] : [`${note}\n`];
  // A sentence with names, and a note, are more than what is reserved.
  const taken = reserve + (plan.notPlanned.length > 0 ? sentence.length : 0) + (note?.length ?? 0);
  const room = Math.max(0, (options.maxLength ?? defaultMaxLength) - taken);
  const summary = summaryTable(plan, Math.floor(room / 2));
  return [`${head}### Plan: ${sentence}\n`, summary, ...notes, ...folds(plan, room - summary.length)].join('\n');
}

function summaryTable(plan: Plan, room: number): string {
  const headers = ['Service', 'Environment', 'Created', 'Updated', 'Deleted', 'Tree'];
  const alignments = ['left', 'left', 'right', 'right', 'right', 'left'] as const;
  const rows: (readonly string[])[] = [];
  let length = markdownTable(headers, [], alignments).length;
  for (const service of plan.services) {
    const row = summaryRow(service);
    length += markdownRow(row).length;
    if (length > room) break;
    rows.push(row);
  }
  const left = plan.services.length - rows.length;
  const note = left > 0 ? `\n${countText(left, 'more service-environment pair')} not listed.\n` : '';
  return rows.length > 0 ? markdownTable(headers, rows, alignments) + note : note;
}

function summaryRow(plan: ServicePlan): readonly string[] {
  const { created, updated, deleted } = changeCounts(plan);
  return [
    codeCell(plan.service),
    codeCell(plan.environment),
    String(created),
    String(updated),
    // Deletion may lose data: it should not be overlooked.
    deleted > 0 ? `**${deleted}**` : '0',
    `\`${shortDigest(plan.fromTree)}\` → \`${shortDigest(plan.toTree)}\``,
  ];
}

function folds(plan: Plan, room: number): readonly string[] {
  const candidates = plan.services.slice(0, Math.max(0, Math.floor(room / smallestFold)));
  const whole = candidates.map((service) => fold(service, Number.POSITIVE_INFINITY));
  const sizes = whole.map((text) => text.length + 1);
  const share = fairShare(sizes, room);
  const shown = candidates.map((service, index) => {
    const text = whole[index] ?? '';
    return text.length < share ? text : fold(service, share - 1);
  });
  const left = plan.services.length - shown.length;
  const note = `${countText(left, 'more service-environment pair')} not shown in detail: \`idp plan\` shows all.\n`;
  return left > 0 ? [...shown, note] : shown;
}

/** One service in one environment, in at most `room` characters as long as these are enough for its first line. */
function fold(plan: ServicePlan, room: number): string {
  const title = `${htmlCode(plan.service)} in ${htmlCode(plan.environment)}: ${changesText(changeCounts(plan))}`;
  const lines = planLines(plan).map(({ sign, depth, text }) =>
    tameBackticks(`${sign} ${'  '.repeat(depth)}${text}`.trimEnd()),
  );
  const written = (kept: readonly string[]): string =>
    `<details><summary>${title}</summary>\n\n${codeFence(kept, 'diff')}\n</details>\n`;
  const whole = written(lines);
  if (whole.length <= room) return whole;
  const note = (left: number): string => `  … ${countText(left, 'more line')}: \`idp plan\` shows all`;
  // The fence is up to nine backticks long, at both ends.
  let left = room - written([note(lines.length)]).length - 2 * 9;
  const kept: string[] = [];
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return written([...kept, note(lines.length - kept.length)]);
}
