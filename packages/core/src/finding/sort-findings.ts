import { canonicalJson } from '../json/canonical-json.ts';
import { compareStrings } from '../json/compare.ts';
import type { Json } from '../json/json.ts';
import type { Finding } from './finding.ts';

/** What is sorted already: a stage sorts what it found, and each report what it is given. */
const sortedBefore = new WeakSet<readonly Finding[]>();

/**
 * By path, place, code and message, without duplicates: the same findings print the same text on every run.
 *
 * @returns the list itself when it came from here
 */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  if (sortedBefore.has(findings)) return findings;
  const unique = new Map(findings.map((finding) => [canonicalJson(finding as unknown as Json), finding]));
  const sorted = [...unique]
    .sort(
      ([leftText, a], [rightText, b]) =>
        compareStrings(a.path ?? '', b.path ?? '') ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0) ||
        compareStrings(a.code, b.code) ||
        compareStrings(a.message, b.message) ||
        compareStrings(leftText, rightText),
    )
    .map(([, finding]) => finding);
  sortedBefore.add(sorted);
  return sorted;
}
