import { describe, expect, it } from 'vitest';
import { differenceOf } from './testing/difference-to-oracle.ts';
import { differencesToOracle, oracleCases } from './testing/oracle-cases.ts';

const recorded = oracleCases(new URL('__golden__/oracle.jsonl', import.meta.url));

describe.each(['kubernetes', 'ext'] as const)('every function, as %s has it', (env) => {
  it('gives what the oracle gave', () => {
    const differences = recorded
      .filter((one) => one.env === env && !differencesToOracle.some(([pattern]) => pattern.test(one.expression)))
      .flatMap((one) => {
        const difference = differenceOf(one);
        return difference === undefined ? [] : [`${one.expression} ${difference}`];
      });
    expect(differences).toEqual([]);
  });
});

it.each(differencesToOracle)('%s differs, as it is said', (pattern) => {
  const different = recorded.filter((one) => pattern.test(one.expression) && differenceOf(one) !== undefined);
  expect(different).not.toEqual([]);
});
