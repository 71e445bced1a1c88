/** Steps that evaluation may take; they decide, and time never does, so that a verdict is the same on every machine. */
export interface StepLimits {
  /** Of one expression on one object. Kubernetes calls it PerCallLimit and counts in costs of its own. */
  readonly expression: number;
  /** Of one policy on one object, with all its variables, conditions and messages (RuntimeCELCostBudget). */
  readonly object: number;
  /** Of one policy on all the objects of a run. */
  readonly run: number;
}

/** The guardrails of this repository take a few hundred steps on an object. */
export const DEFAULT_LIMITS: StepLimits = { expression: 1_000_000, object: 10_000_000, run: 2_000_000_000 };
