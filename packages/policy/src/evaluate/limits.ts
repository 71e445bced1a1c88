/** Steps that evaluation may take; they decide, and time never does, so that a verdict is the same on every machine. */
export interface StepLimits {
  /** Of one expression on one object. Kubernetes calls it PerCallLimit and counts in costs of its own. */
  readonly expression: number;
  /** Of one policy on one object, with all its variables, conditions and messages (RuntimeCELCostBudget). */
  readonly object: number;
  /** Of one policy in a run, besides `each`. */
  readonly run: number;
  /** What each object that it judges adds to that: a platform that grows must not run out. */
  readonly each: number;
}

/** A limit that an evaluation can reach. */
export type Limit = Exclude<keyof StepLimits, 'each'>;

/**
 * The guardrails of this repository take a few hundred steps on most objects; those that look for secrets 900,000 on a
 * dashboard of half a megabyte.
 */
export const DEFAULT_LIMITS: StepLimits = {
  expression: 1_000_000,
  object: 10_000_000,
  run: 2_000_000_000,
  each: 1_000_000,
};
