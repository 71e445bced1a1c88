import type { Waived } from '@idp/core';

/** Who accepted it, until when and why, in one line that is not yet safe to print. */
export function waiverText({ path, reason, owner, expires }: Waived): string {
  const until = expires === undefined ? '' : ` until ${expires}`;
  const by = owner === undefined ? '' : ` for ${owner}`;
  return `${path}${by}${until}: ${reason}`;
}
