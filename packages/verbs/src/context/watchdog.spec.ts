import type { PolicyEngine } from '@idp/core';
import { expect, it } from 'vitest';
import { WatchdogError, watched } from './watchdog.ts';

const none: PolicyEngine = {
  policies: 1,
  needs: { operation: false, catalog: false },
  evaluate: () => [],
  report: () => ({ matched: new Map(), findings: [], unmatched: [], audit: [] }),
};
const request = { object: {}, scopes: new Set<string>() };

it('ends a run whose policies took ten minutes in all, and no other', () => {
  let minutes = 0;
  const slow: Pick<PolicyEngine, 'evaluate'> = {
    evaluate: () => {
      minutes += 4;
      return [];
    },
  };
  const engine = watched({ ...none, ...slow }, () => new Date(minutes * 60_000));
  expect(engine.evaluate(request)).toEqual([]);
  // What happens between objects is not the policies' time.
  minutes += 600;
  expect(engine.evaluate(request)).toEqual([]);
  expect(() => engine.evaluate(request)).toThrow(WatchdogError);
  expect(engine.policies).toBe(1);
  expect(engine.report().findings).toEqual([]);
});
