import type { Judgement } from './judge-policy.ts';
import type { Violation } from './violation.ts';

/**
 * What is certain about an object of which nobody knows whether it exists already, from what a policy says of creating it
 * and of updating it: what both say. What only one of them says is inconclusive.
 */
export function eitherRequest(creating: Judgement, updating: Judgement): Judgement {
  const both = new Set(
    creating.violations.map(keyOf).filter((key) => updating.violations.some((v) => keyOf(v) === key)),
  );
  const certain = creating.violations.filter((violation) => both.has(keyOf(violation)));
  const rest = [...creating.violations, ...updating.violations].filter((violation) => !both.has(keyOf(violation)));
  const doubtful = new Map<number | undefined, Violation>();
  for (const violation of rest) {
    const known = doubtful.get(violation.validation);
    // One that says why it cannot be decided says more than that the two differ.
    if (!known || (known.kind !== 'inconclusive' && violation.kind === 'inconclusive'))
      doubtful.set(violation.validation, violation);
  }
  return {
    matched: creating.matched || updating.matched,
    violations: [...certain, ...[...doubtful.values()].map(asInconclusive)],
    audit: creating.audit.filter(({ key, value }) => updating.audit.some((a) => a.key === key && a.value === value)),
    discoveries: [...creating.discoveries, ...updating.discoveries],
  };
}

function keyOf({ validation, kind, message }: Violation): string {
  return JSON.stringify([validation, kind, message]);
}

function asInconclusive(violation: Violation): Violation {
  if (violation.kind === 'inconclusive') return violation;
  const severity = violation.severity === 'error' ? 'warning' : violation.severity;
  const message = `whether the object exists already is not known (${violation.message})`;
  return { ...violation, kind: 'inconclusive', severity, message };
}
