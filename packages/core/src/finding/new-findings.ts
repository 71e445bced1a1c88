import { canonicalJson } from '../json/canonical-json.ts';
import type { Finding } from './finding.ts';

/**
 * The findings that a change brings. Lines move with an edit: a finding is the same one when it says the same of the
 * same file, and one more of a kind is a new one.
 *
 * @param before what was found without the change
 * @param after what is found with it
 * @returns those of `after` that `before` lacks, in their order
 */
export function newFindings(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(identityOf(finding), (known.get(identityOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const left = known.get(identityOf(finding)) ?? 0;
    known.set(identityOf(finding), left - 1);
    return left <= 0;
  });
}

/** What a finding is about, wherever in its file it stands by now; one that is waived is another one without its waiver. */
export function identityOf({ code, message, path, subject, waived }: Finding): string {
  return canonicalJson([code, message, path ?? null, subject ?? null, waived !== undefined]);
}
