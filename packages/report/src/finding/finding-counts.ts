import { type Finding, sortFindings } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { groupByCause } from './group-by-cause.ts';

/** How many findings there are of each severity; each finding counts once however often it was reported. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Accepted by a waiver, and in none of the others. */
  readonly waived: number;
}

/** Counts findings as they are shown: each once, however often it was reported. */
export function findingCounts(findings: readonly Finding[]): FindingCounts {
  return countsOf(sortFindings(findings));
}

function countsOf(distinct: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0, waived: 0 };
  for (const { severity, waived } of distinct) counts[waived === undefined ? severity : 'waived'] += 1;
  return { errors: counts.error, warnings: counts.warning, infos: counts.info, waived: counts.waived };
}

/** `2 errors, 1 warning`, with the number of causes where it is smaller, or `no findings`. */
export function findingsSummary(findings: readonly Finding[]): string {
  const sorted = sortFindings(findings);
  const causes = groupByCause(sorted).length;
  const ofCauses = causes < sorted.length ? ` (of ${countText(causes, 'cause')})` : '';
  return `${countsText(countsOf(sorted)) || 'no findings'}${ofCauses}`;
}

/** `2 errors, 1 warning`; empty when all counts are zero. */
export function countsText(counts: FindingCounts): string {
  return [
    counts.errors > 0 ? countText(counts.errors, 'error') : '',
    counts.warnings > 0 ? countText(counts.warnings, 'warning') : '',
    counts.infos > 0 ? countText(counts.infos, 'info') : '',
    counts.waived > 0 ? `${counts.waived} waived` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
