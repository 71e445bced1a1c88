import type { Severity } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';

/** What a policy says against an object. */
export interface PolicyViolation {
  readonly policy: string;
  /** The policy's file. */
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
  /** How to mend it, from the policy's annotations. */
  readonly mend?: string | undefined;
  /** The fields that the failing expression speaks of, the likeliest first; they need not exist. */
  readonly fieldPaths: readonly Pointer[];
  readonly kind: 'violated' | 'error' | 'inconclusive';
}

/** What `check` needs of a policy engine; `@idp/policy` is one. */
export interface PolicyEngine {
  /** How many policies it has: zero evaluated is never a pass. */
  readonly policies: number;
  /** @param capabilities what the object's service uses: a capability's own policies judge its users, and nobody else */
  evaluate(
    object: Json,
    namespaceObject: Json | undefined,
    capabilities: ReadonlySet<string>,
  ): readonly PolicyViolation[];
}
