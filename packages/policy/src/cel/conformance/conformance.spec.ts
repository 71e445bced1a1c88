import { describe, expect, it } from 'vitest';
import { knownDifferences } from './known-differences.ts';
import { type ConformanceCase, conformanceCases } from './testing/conformance-cases.ts';
import { failureOf } from './testing/run-case.ts';

const cases = conformanceCases();
const sections = new Map<string, ConformanceCase[]>();
for (const test of cases) sections.set(test.section, [...(sections.get(test.section) ?? []), test]);

describe('the conformance suite of cel-spec, without protobuf messages', () => {
  it.each([...sections])('%s', (_section, tests) => {
    const failures = tests.flatMap((test) => {
      const failure = failureOf(test);
      return failure === undefined ? [] : [[test.name, failure] as const];
    });
    const unlisted = failures
      .filter(([name]) => !knownDifferences.has(name))
      .map(([name, failure]) => `${name} ${failure}`);
    const failed = new Set(failures.map(([name]) => name));
    const mended = tests.filter(({ name }) => knownDifferences.has(name) && !failed.has(name)).map(({ name }) => name);
    expect({ unlisted, mended }).toEqual({ unlisted: [], mended: [] });
  });

  it('has cases enough, and no more differences than are listed', () => {
    const names = new Set(cases.map(({ name }) => name));
    expect(cases.length).toBeGreaterThanOrEqual(1627);
    expect(cases.length - knownDifferences.size).toBeGreaterThanOrEqual(1600);
    expect([...knownDifferences.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
