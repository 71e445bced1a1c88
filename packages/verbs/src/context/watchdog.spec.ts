import { expect, it } from 'vitest';
import { noPolicies } from '../../../core/src/check/no-policies.ts';
import { WatchdogError, watched } from './watchdog.ts';

const request = { object: {}, scopes: new Set<string>() };

it('ends a run whose policies took ten minutes in all, and no other', () => {
  let minutes = 0;
  const slow = { ...noPolicies, policies: 1, evaluate: () => [] };
  const engine = watched(
    {
      ...slow,
      evaluate: () => {
        minutes += 4;
        return [];
      },
    },
    () => new Date(minutes * 60_000),
  );
  expect(engine.evaluate(request)).toEqual([]);
  // What happens between objects is not the policies' time.
  minutes += 600;
  expect(engine.evaluate(request)).toEqual([]);
  expect(() => engine.evaluate(request)).toThrow(WatchdogError);
  expect(engine.policies).toBe(1);
  expect(engine.report().findings).toEqual([]);
});
