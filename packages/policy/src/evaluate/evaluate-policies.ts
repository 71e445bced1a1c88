import type { PolicySet } from '../policy/policy.ts';
import { type EvaluationInput, PolicyEvaluation } from './policy-evaluation.ts';
import type { Violation } from './violation.ts';

/**
 * What the policies have to say against one object, see `PolicyEvaluation` for many. A pure function of its arguments.
 *
 * @returns violations in the order of policies and validations; none is a pass
 */
export function evaluatePolicies(set: PolicySet, input: EvaluationInput): readonly Violation[] {
  return new PolicyEvaluation(set).evaluate(input);
}
