import type { Policy } from '../policy/policy.ts';
import type { PolicyRun } from './policy-run.ts';
import { failureOf, type Violation } from './violation.ts';

/** Longer values are cut off (apiserver, admission/plugin/policy/validating, maxAuditAnnotationValueLength). */
const MAXIMUM_VALUE = 10 * 1024;

/** An audit annotation of an object. */
export interface Audited {
  readonly key: string;
  readonly value: string;
}

/**
 * The audit annotations of a policy for an object: a text; without one, or with null, there is none. One that cannot be
 * evaluated denies, unless `failurePolicy` ignores it, whatever the actions of the binding, as in a cluster. One that
 * depends on what only a cluster knows is left out: it decides nothing.
 */
export function auditAnnotations(
  policy: Policy,
  run: PolicyRun,
): { readonly audit: readonly Audited[]; readonly violations: readonly Violation[] } {
  const audit: Audited[] = [];
  const violations: Violation[] = [];
  for (const { key, program } of policy.auditAnnotations) {
    const evaluation = run.evaluate(program);
    if (run.exceeded) break;
    if (evaluation.kind === 'unknown') continue;
    if (evaluation.kind === 'value' && typeof evaluation.content === 'string') {
      const value = evaluation.content.trim();
      if (value !== '') audit.push({ key, value: value.slice(0, MAXIMUM_VALUE) });
    } else if (evaluation.kind !== 'value' || evaluation.content !== null) {
      const message = evaluation.kind === 'value' ? 'it is neither a text nor null' : evaluation.message;
      const failed = failureOf(policy, program, { kind: 'error', message }, 'deny');
      violations.push(...failed.map((violation) => ({ ...violation, message: `audit annotation ${key}: ${message}` })));
    }
  }
  return { audit, violations };
}
