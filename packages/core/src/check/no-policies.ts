import type { PolicyEngine } from './policy-engine.ts';

/** The engine of who has no policies: says nothing against anything. */
export const noPolicies: PolicyEngine = {
  policies: 0,
  needs: { operation: false, operationOf: new Set(), catalog: false, beside: [] },
  evaluate: () => [],
  matched: new Map(),
  report: () => ({ findings: [], unmatched: [], audit: [] }),
};
