import { expect, it } from 'vitest';
import { differenceOf } from '../libraries/testing/difference-to-oracle.ts';
import { oracleCases } from '../libraries/testing/oracle-cases.ts';

/**
 * What Kubernetes 1.37 and cel-go 0.29 make of the language itself: chosen expressions, and random ones on which the two
 * engines agreed when they were recorded with `bench/cel-oracle` (of 44,000 they agreed on 97 in 100; the
 * kinds of difference that can matter are among the chosen ones).
 */
const recorded = oracleCases(new URL('__golden__/language.jsonl', import.meta.url));

/** Where this engine differs on purpose, by expression, with the reason. */
const differences = new Map([
  ["double('0x1p-2')", 'Go reads hexadecimal floating-point numbers'],
  ["double('1_000.5')", 'Go reads underscores between digits'],
  ['{1.5: 2}.size()', 'cel-spec has keys of four types; cel-go looks at them only where it must'],
  ['{null: 2}.size()', 'cel-spec has keys of four types; cel-go looks at them only where it must'],
  ['{1: 2, 1: 3}.size()', 'cel-spec wants an error for a key that is there twice; cel-go takes the last'],
  [
    "has({'a': optional.of({'b': 1})}.a.b)",
    'an optional is looked into wherever it comes from; cel-go forgets inside a chain of fields',
  ],
  [
    "{'a': optional.of({'b': 1})}.a.b",
    'an optional is looked into wherever it comes from; cel-go forgets inside a chain of fields',
  ],
]);

it.each(['kubernetes', 'ext'] as const)('the language is that of %s', (env) => {
  const cases = recorded.filter((one) => one.env === env);
  const unlisted = cases.flatMap((one) => {
    const difference = differences.has(one.expression) ? undefined : differenceOf(one);
    return difference === undefined ? [] : [`${one.expression} ${difference}`];
  });
  expect(unlisted).toEqual([]);
  expect(cases.length).toBeGreaterThan(500);
});

it.each([...differences])('%s differs: %s', (expression) => {
  const different = recorded.filter((one) => one.expression === expression && differenceOf(one) !== undefined);
  expect(different).not.toEqual([]);
});
