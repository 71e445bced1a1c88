import type { Finding, Json, Severity } from '@idp/core';

/** What there is to know of a policy or a code. */
export interface Explanation {
  /** As people call it. */
  readonly id: string;
  /** As findings carry it. */
  readonly code: string;
  readonly what: string;
  readonly why: string | undefined;
  readonly mend: string | undefined;
  /** Of a rule of the tool; a policy has one for each environment. */
  readonly severity: Severity | undefined;
  /** The page of a rule, in the tool's repository. */
  readonly page: string | undefined;
  readonly examples: readonly Example[];
  readonly policy: PolicyExplanation | undefined;
  /** What is found today, those that are waived among them; `undefined` where nobody looked. */
  readonly found: readonly Finding[] | undefined;
}

export interface Example {
  readonly verdict: 'fails' | 'passes';
  /** The file of an example, or what of a platform it is about. */
  readonly path: string;
  readonly text: string;
}

export interface PolicyExplanation {
  readonly path: string;
  readonly line: number;
  readonly owner: string | undefined;
  /** Whether anything puts it in force. */
  readonly isBound: boolean;
  /**
   * By environment, the strongest of its bindings there: `deny`, `warn`, `audit`; `undefined` where none is in force. None for a
   * policy over what is in no environment.
   */
  readonly actions: ReadonlyMap<string, string | undefined>;
  /** The strongest of its bindings over what is in no environment, where it judges such things. */
  readonly elsewhere: string | undefined;
  readonly waivable: boolean;
  readonly waiverDays: number;
  readonly waivers: readonly ExplainedWaiver[];
}

export interface ExplainedWaiver {
  readonly path: string;
  readonly subject: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly state: 'holds' | 'ended' | 'not begun';
  /** How many of the findings it covers. */
  readonly covers: number;
}

/** For machines. */
export function explanationJson({ policy, found, ...rest }: Explanation): Json {
  return JSON.parse(
    JSON.stringify({
      ...rest,
      ...(policy !== undefined && { ...policy, actions: Object.fromEntries(policy.actions) }),
      ...(found !== undefined && {
        failing: found.filter(({ waived }) => waived === undefined).length,
        waived: found.filter(({ waived }) => waived !== undefined).length,
      }),
    }),
  ) as Json;
}
