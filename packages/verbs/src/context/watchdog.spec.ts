import type { PolicyEngine } from '@idp/core';
import { expect, it } from 'vitest';
import { loadPolicies } from './policies.ts';
import { WatchdogError, watched } from './watchdog.ts';

const none = loadPolicies({ policies: [], findings: [] }).engine;
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
  expect(engine.policies).toBe(0);
  expect(engine.report().findings).toEqual([]);
});
