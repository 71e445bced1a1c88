import type { Violation } from '../evaluate/violation.ts';
import { type Allowed, NOTHING_ALLOWED, type PolicyException } from './dialect.ts';

/** How exceptions find out what holds for the object. */
export interface ExceptionRun {
  /** Whether all conditions hold; `unknown`: it depends on what only a cluster knows. */
  readonly holds: (exception: PolicyException) => 'yes' | 'no' | 'unknown';
  /** What the policy says where expressions are told what is allowed. */
  readonly violationsWith: (allowed: Allowed) => readonly Violation[];
}

/**
 * What exceptions make of the violations of a policy (kyverno, pkg/cel/policies/vpol/compiler/policy.go): one without
 * images and values excepts the object; those of all others are told to the expressions, and what then passes is excepted
 * too. An excepted violation stays visible, with the exception and its reason.
 */
export function applyExceptions(
  violations: readonly Violation[],
  exceptions: readonly PolicyException[],
  run: ExceptionRun,
): readonly Violation[] {
  if (violations.length === 0) return violations;
  const results = exceptions.map((exception) => ({ exception, holds: run.holds(exception) }));
  const holding = results.filter(({ holds }) => holds === 'yes').map(({ exception }) => exception);
  const whole = holding.find(({ allowed }) => isEmpty(allowed));
  if (whole) return violations.map((violation) => waived(violation, whole));
  const allowed = {
    images: holding.flatMap((exception) => exception.allowed.images),
    values: holding.flatMap((exception) => exception.allowed.values),
  };
  const left = isEmpty(allowed) ? violations : run.violationsWith(allowed);
  const stays = (violation: Violation): boolean => left.some(({ validation }) => validation === violation.validation);
  const doubtful = results.some(({ holds }) => holds === 'unknown');
  const [partial] = holding;
  return violations.map((violation) => {
    if (partial && !stays(violation)) return waived(violation, partial);
    return doubtful ? inconclusive(violation) : violation;
  });
}

function isEmpty({ images, values }: Allowed): boolean {
  return images.length === NOTHING_ALLOWED.images.length && values.length === NOTHING_ALLOWED.values.length;
}

function waived(violation: Violation, { path, reason, expires }: PolicyException): Violation {
  const day = expires?.slice(0, 10);
  return { ...violation, severity: 'info', waived: { path, reason, ...(day === undefined ? {} : { expires: day }) } };
}

function inconclusive(violation: Violation): Violation {
  if (violation.kind === 'inconclusive') return violation;
  const severity = violation.severity === 'error' ? 'warning' : violation.severity;
  const message = `whether an exception holds is known to the cluster only (${violation.message})`;
  return { ...violation, kind: 'inconclusive', severity, message };
}
