import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { sortFindings } from './sort-findings.ts';

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    code: fc.constantFrom('a/a', 'a/b'),
    severity: fc.constantFrom('error', 'warning'),
    message: fc.constantFrom('x', 'y'),
    path: fc.constantFrom('p', 'q'),
    line: fc.integer({ min: 1, max: 12 }),
    column: fc.integer({ min: 1, max: 2 }),
    hint: fc.constantFrom('h', 'i'),
    subject: fc.constantFrom('s', 't'),
  },
  { requiredKeys: ['code', 'severity', 'message'] },
);
const shuffled = fc
  .array(finding, { maxLength: 12 })
  .chain((findings) => fc.tuple(fc.constant(findings), fc.shuffledSubarray(findings, { minLength: findings.length })));

it('is one order for the same findings, however they come', () => {
  fc.assert(
    fc.property(shuffled, ([findings, other]) => {
      expect(JSON.stringify(sortFindings(other))).toBe(JSON.stringify(sortFindings(findings)));
      expect(sortFindings([...sortFindings(findings)])).toEqual(sortFindings(findings));
    }),
    { numRuns: 500 },
  );
});

it('loses nothing but duplicates', () => {
  fc.assert(
    fc.property(fc.array(finding), (findings) => {
      const sorted = sortFindings([...findings, ...findings]);
      expect(new Set(sorted.map((one) => JSON.stringify(Object.entries(one).sort())))).toEqual(
        new Set(findings.map((one) => JSON.stringify(Object.entries(one).sort()))),
      );
      expect(new Set(sorted).size).toBe(sorted.length);
    }),
  );
});

it('goes by path, line as a number, column, code and message', () => {
  const of = (path: string | undefined, line: number | undefined, code: string): Finding => ({
    code,
    severity: 'error',
    message: 'm',
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line, column: 1 }),
  });
  const expected = [
    of(undefined, undefined, 'z/z'),
    of('a', undefined, 'z/z'),
    of('a', 2, 'z/z'),
    of('a', 10, 'a/a'),
    of('a', 10, 'b/b'),
    of('b', 1, 'a/a'),
  ];
  expect(sortFindings([...expected].reverse())).toEqual(expected);
});

it('leaves a list alone that it made', () => {
  const sorted = sortFindings([{ code: 'a/a', severity: 'error', message: 'm' }]);
  expect(sortFindings(sorted)).toBe(sorted);
});
