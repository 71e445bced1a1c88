import { type Finding, sortFindings } from '@idp/core';
import { countText } from '../text/count-text.ts';

/** How many findings there are of each severity; each finding counts once however often it was reported. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function findingCounts(findings: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of sortFindings(findings)) counts[finding.severity] += 1;
  return { errors: counts.error, warnings: counts.warning, infos: counts.info };
}

/** `2 errors, 1 warning`, or `no findings`. */
export function findingsSummary(findings: readonly Finding[]): string {
  return countsText(findingCounts(findings)) || 'no findings';
}

/** `2 errors, 1 warning`; empty when all counts are zero. */
export function countsText(counts: FindingCounts): string {
  return [
    counts.errors > 0 ? countText(counts.errors, 'error') : '',
    counts.warnings > 0 ? countText(counts.warnings, 'warning') : '',
    counts.infos > 0 ? countText(counts.infos, 'info') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
