import { canonicalJson, type Finding } from '@idp/core';
import { visibleText } from '../text/visible-text.ts';

/** Findings that one mend mends: the first as it is, and where else the same shows. */
export interface FindingGroup {
  readonly finding: Finding;
  readonly alike: readonly Finding[];
}

/**
 * Gathers what has one cause, so that one template's mistake in 300 services is one thing to read.
 *
 * A finding's own `cause` decides. Without one, findings of the same rule at the same place are of one cause when each
 * is about another subject: a second one about the same subject says something else.
 *
 * @param findings in the order in which they are shown
 * @returns groups in the order of their first findings; every finding is in one of them
 */
export function groupByCause(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, { readonly finding: Finding; readonly alike: Finding[] }>();
  for (const [index, finding] of findings.entries()) {
    const key = keyOf(finding) ?? `alone ${index}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { finding, alike: [] });
    else if (finding.cause !== undefined || isOfAnother(finding, group)) group.alike.push(finding);
    else groups.set(`alone ${index}`, { finding, alike: [] });
  }
  return [...groups.values()];
}

function keyOf({ code, severity, cause, waived, path, line, column, subject, hint }: Finding): string | undefined {
  const what = [code, severity, waived?.path ?? null];
  if (cause !== undefined) return canonicalJson([...what, cause]);
  if (path === undefined || line === undefined || subject === undefined) return undefined;
  return canonicalJson([...what, path, line, column ?? null, hint ?? null]);
}

function isOfAnother({ subject }: Finding, { finding, alike }: FindingGroup): boolean {
  return subject !== finding.subject && alike.every((other) => other.subject !== subject);
}

const named = 5;

/**
 * Where else the same shows, for people: `299 more in cart, invoices and 297 others`; empty when nowhere.
 */
export function alikeText({ finding, alike }: FindingGroup): string {
  if (alike.length === 0) return '';
  const own = nameOf(finding);
  const names = [...new Set(alike.map(nameOf))].filter((name) => name !== own).sort();
  if (names.length === 0) return `${alike.length} more of the same cause`;
  const shown = names.slice(0, names.length > named + 1 ? named : named + 1);
  const left = names.length - shown.length;
  const list = left > 0 ? `${shown.join(', ')} and ${left} others` : listed(shown);
  return visibleText(`${alike.length} more of the same cause, in ${list}`);
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `checkout` of `service:checkout` and of `component:default/checkout`. */
function nameOf({ subject, path }: Finding): string {
  return subject?.replace(/^.*[:/]/s, '') ?? path ?? 'the repository';
}
