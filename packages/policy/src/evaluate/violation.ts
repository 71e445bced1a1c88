import type { Evaluation, Program } from '../cel/program.ts';
import type { Pointer } from '../json.ts';
import type { Action, Policy } from '../policy/policy.ts';
import { otherPaths } from './field-paths.ts';

/** What a policy has to say against an object. */
export interface Violation {
  /** The policy's name, and the file that it is in. */
  readonly policy: string;
  readonly path: string;
  /** The policy's document, by its position in what was given to `readPolicies`. */
  readonly document: number;
  /** The position in `spec.validations`; absent when something before the validations is the reason. */
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
  /** What is wrong; of what is inconclusive, why. */
  readonly message: string;
  /** `Invalid`, `Forbidden`, …: the reason that the API server would answer with. */
  readonly reason: string;
  readonly expression: string;
  /** Places in the object that the expression most likely speaks of, the likeliest first; they need not exist. */
  readonly fieldPaths: readonly Pointer[];
  /** What it reads of everything but the object, the variable first. */
  readonly otherPaths: readonly Pointer[];
  /** Accepted by an exception: it fails nothing. */
  readonly waived?: { readonly path: string; readonly reason: string; readonly expires?: string };
}

const SEVERITIES = { deny: 'error', warn: 'warning', audit: 'info' } as const;

export function violationOf(
  policy: Policy,
  program: Program | undefined,
  kind: Violation['kind'],
  action: Action,
): Omit<Violation, 'message'> {
  const severity = SEVERITIES[action];
  return {
    policy: policy.name,
    path: policy.path,
    document: policy.document,
    kind,
    action,
    severity: kind === 'inconclusive' && severity === 'error' ? 'warning' : severity,
    reason: 'Invalid',
    expression: program?.expression.trim() ?? '',
    fieldPaths: [],
    otherPaths: program === undefined ? [] : otherPaths(program, policy),
  };
}

/**
 * What an expression without a value comes to: unknown is inconclusive, an error is what `failurePolicy` says. That says
 * nothing of a budget that is gone: an expensive policy would be one that passes.
 */
export function failureOf(
  policy: Policy,
  program: Program,
  evaluation: Evaluation,
  action: Action,
): readonly Violation[] {
  if (evaluation.kind === 'unknown') {
    const violation = violationOf(policy, program, 'inconclusive', action);
    return [{ ...violation, message: evaluation.reason }];
  }
  if (evaluation.kind === 'value') return [];
  if (evaluation.kind === 'error' && policy.failurePolicy === 'Ignore') return [];
  return [{ ...violationOf(policy, program, 'error', action), message: `cannot be evaluated: ${evaluation.message}` }];
}

/** Of an expression over dynamic values only a run shows that it returns no boolean. */
export function asBoolean(evaluation: Evaluation): Evaluation {
  if (evaluation.kind !== 'value' || typeof evaluation.content === 'boolean') return evaluation;
  return { kind: 'error', message: 'the expression returns something other than true or false' };
}
