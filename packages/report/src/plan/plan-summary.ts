import type { Digest, Plan, ServicePlan } from '@idp/core';
import { countText } from '../text/count-text.ts';

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

/** One sentence on the whole plan. Zero compared is never "no change" (design, section 7). */
export function planSummary(plan: Plan): string {
  const compared = countText(plan.compared, 'service-environment pair');
  if (plan.services.length > 0) {
    const verb = plan.services.length === 1 ? 'changes' : 'change';
    return `${plan.services.length} of ${compared} ${verb}`;
  }
  return plan.compared > 0 ? `No environment changes: compared ${compared}` : `Nothing was compared: ${compared}`;
}

/** The first digits of a digest, enough to tell trees apart; `none` where there is nothing. */
export function shortDigest(digest: Digest | undefined): string {
  return digest === undefined ? 'none' : digest.slice('sha256:'.length, 'sha256:'.length + 8);
}
