import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { newFindings } from './new-findings.ts';

const finding = (message: string, line: number, path = 'a.yaml'): Finding => ({
  code: 'catalog/unresolved-reference',
  severity: 'error',
  message,
  path,
  line,
});

const findings = fc.array(
  fc.record({ message: fc.constantFrom('one', 'two'), line: fc.nat(9), path: fc.constantFrom('a.yaml', 'b.yaml') }),
  { maxLength: 8 },
);
const made = findings.map((all) => all.map(({ message, line, path }) => finding(message, line, path)));

it('leaves out what only moved to another line', () => {
  expect(newFindings([finding('one', 3)], [finding('one', 30)])).toEqual([]);
});

it('keeps the second of a kind that was there once', () => {
  expect(newFindings([finding('one', 3)], [finding('one', 3), finding('one', 8)])).toEqual([finding('one', 8)]);
});

it('keeps what is said of another file', () => {
  expect(newFindings([finding('one', 3)], [finding('one', 3, 'b.yaml')])).toEqual([finding('one', 3, 'b.yaml')]);
});

it('finds nothing new where nothing changed, and everything where nothing was known', () => {
  fc.assert(
    fc.property(made, (all) => {
      expect(newFindings(all, [...all].reverse())).toEqual([]);
      expect(newFindings([], all)).toEqual(all);
    }),
  );
});

it('adds up: what is new and what is known are all that is found', () => {
  fc.assert(
    fc.property(made, made, (before, after) => {
      const added = newFindings(before, after).length;
      const gone = newFindings(after, before).length;
      expect(after.length - added).toBe(before.length - gone);
    }),
  );
});
