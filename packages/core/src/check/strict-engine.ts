import type { PolicyEngine } from './policy-engine.ts';

/** An engine for which what cannot be decided here is as good as denied. */
export function strictEngine(engine: PolicyEngine): PolicyEngine {
  return {
    ...engine,
    evaluate: (request) =>
      engine
        .evaluate(request)
        .map((violation) => (violation.kind === 'inconclusive' ? { ...violation, severity: 'error' } : violation)),
  };
}
