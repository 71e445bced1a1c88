import type { Pointer } from '../json.ts';
import type { Action } from '../policy/policy.ts';

/** What a policy has to say against an object. */
export interface Violation {
  /** The policy's name, and the file that it is in. */
  readonly policy: string;
  readonly path: string;
  /** The position in `spec.validations`; absent when a match condition or the matching itself is the reason. */
  readonly validation?: number;
  /**
   * `violated`: the expression is false. `error`: it could not be evaluated, which `failurePolicy: Fail`
   * makes a refusal. `inconclusive`: it depends on what only a cluster knows; never a pass.
   */
  readonly kind: 'violated' | 'error' | 'inconclusive';
  /** The strongest action of the bindings that concern the object. */
  readonly action: Action;
  /** deny is an error, warn a warning, audit an info; what is inconclusive is at most a warning. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** `Invalid`, `Forbidden`, …: the reason that the API server would answer with. */
  readonly reason: string;
  readonly expression: string;
  /** Places in the object that the expression most likely speaks of, the likeliest first; they need not exist. */
  readonly fieldPaths: readonly Pointer[];
}
