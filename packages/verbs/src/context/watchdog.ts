import type { PolicyEngine } from '@idp/core';

/** A run that took longer than any should: it is ended, and nothing is said of what it was about. */
export class WatchdogError extends Error {}

/** Far more than a platform of 100,000 services takes. */
const limitInMinutes = 10;

/**
 * An engine that ends the run when its policies have taken ten minutes. That is never a verdict: which policy is too
 * expensive is decided by steps, the same everywhere, and steps bound how long one object can take. This is for the rest,
 * such as a machine that is too slow.
 *
 * @param now the clock of the door; asked before and after each object
 * @throws WatchdogError from `evaluate`, which a door turns into exit code 70
 */
export function watched(engine: PolicyEngine, now: () => Date): PolicyEngine {
  let spent = 0;
  return {
    ...engine,
    evaluate(request) {
      const start = now().getTime();
      const violations = engine.evaluate(request);
      spent += now().getTime() - start;
      if (spent <= limitInMinutes * 60_000) return violations;
      throw new WatchdogError(`policies took longer than ${limitInMinutes} minutes, so the run was ended`);
    },
  };
}
