import type { Digest, Plan, ServicePlan } from '@idp/core';
import { countText } from '../text/count-text.ts';
import { visibleText } from '../text/visible-text.ts';

/** Characters that the names of services without a plan may take in one line. */
const longestList = 200;

/** How many objects one service's plan creates, updates and deletes. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

export function changeCounts(plan: ServicePlan): ChangeCounts {
  const counts = { created: 0, updated: 0, deleted: 0 };
  for (const change of plan.changes) counts[change.kind] += 1;
  return counts;
}

/** `1 created, 2 updated`, or `no manifest changes`. */
export function changesText({ created, updated, deleted }: ChangeCounts): string {
  const parts = [
    created > 0 ? `${created} created` : '',
    updated > 0 ? `${updated} updated` : '',
    deleted > 0 ? `${deleted} deleted` : '',
  ];
  return parts.filter((part) => part !== '').join(', ') || 'no manifest changes';
}

/**
 * One sentence on the whole plan. Zero compared is never "no change" (design, section 7), and neither is a
 * plan that lacks a service: `not planned because of findings: checkout, invoices`.
 *
 * @param shown how a service's name is written, a user's text
 */
export function planSummary(plan: Plan, shown: (name: string) => string = visibleText): string {
  const sentence = changeSentence(plan);
  return plan.notPlanned.length === 0
    ? sentence
    : `${sentence}; not planned because of findings: ${listed(plan.notPlanned, shown)}`;
}

function changeSentence({ services, compared, notPlanned }: Plan): string {
  const pairs = countText(compared, 'service-environment pair');
  if (services.length > 0) return `${services.length} of ${pairs} ${services.length === 1 ? 'changes' : 'change'}`;
  if (compared === 0) return `Nothing was compared: ${pairs}`;
  return notPlanned.length === 0 ? `No environment changes: compared ${pairs}` : `0 of ${pairs} change`;
}

/** As many names as fit into one line; JSON has them all. */
function listed(names: readonly string[], shown: (name: string) => string): string {
  const kept: string[] = [];
  let room = longestList;
  for (const name of names) {
    const text = shown(name);
    room -= text.length + ', '.length;
    if (room < 0) break;
    kept.push(text);
  }
  const left = names.length - kept.length;
  if (kept.length === 0) return countText(left, 'service');
  return left === 0 ? kept.join(', ') : `${kept.join(', ')} and ${left} more`;
}

/** What a plan with deletions must not promise: promotion only writes (docs/rules/promote/retained.md). */
export function deletionNote({ services }: Plan): string | undefined {
  return services.some(({ changes }) => changes.some(({ kind }) => kind === 'deleted'))
    ? 'Promotion keeps what is no longer rendered: this version deletes no manifest.'
    : undefined;
}

/** The first digits of a digest, enough to tell trees apart; `none` where there is nothing. */
export function shortDigest(digest: Digest | undefined): string {
  return digest === undefined ? 'none' : digest.slice('sha256:'.length, 'sha256:'.length + 8);
}
