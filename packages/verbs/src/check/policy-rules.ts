import { type Platform, policyFacts } from '@idp/core';
import type { SarifRule } from '@idp/report';

/** What the codes of a platform's policies mean, in the words of their authors. */
export function policyRules({ policies }: Pick<Platform, 'policies'>): ReadonlyMap<string, SarifRule> {
  return new Map(
    [...policyFacts(policies).values()].map(({ name, title, rationale, mend, owner }) => [
      `policy/${name}`,
      {
        title: title ?? name,
        why: rationale ?? `The policy ${name} asks for it.`,
        mend: mend ?? (owner === undefined ? 'Ask who wrote the policy.' : `Ask ${owner}.`),
      },
    ]),
  );
}
