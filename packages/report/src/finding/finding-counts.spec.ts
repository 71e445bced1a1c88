import type { Finding, Severity } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { findingCounts, findingsSummary } from './finding-counts.ts';

const of = (severity: Severity, message: string): Finding => ({ code: 'a/b', severity, message });

describe('findingsSummary', () => {
  it('counts each severity, the gravest first', () => {
    expect(findingsSummary([of('warning', 'w'), of('error', '1'), of('info', 'i'), of('error', '2')])).toBe(
      '2 errors, 1 warning, 1 info',
    );
    expect(findingsSummary([of('warning', 'w')])).toBe('1 warning');
  });

  it('counts a finding once, as it is printed once', () => {
    expect(findingsSummary([of('error', 'same'), of('error', 'same')])).toBe('1 error');
  });

  it('counts what is waived by itself', () => {
    const waived = { path: 'policies/waivers/a.yaml', reason: 'legacy' };
    expect(findingsSummary([of('error', 'e'), { ...of('info', 'i'), waived }])).toBe('1 error, 1 waived');
    expect(findingCounts([{ ...of('info', 'i'), waived }])).toEqual({ errors: 0, warnings: 0, infos: 0, waived: 1 });
  });

  it('says how few the causes are', () => {
    const alike = ['a', 'b', 'c'].map((message) => ({ ...of('error', message), cause: 'a template' }));
    expect(findingsSummary([...alike, of('error', 'd')])).toBe('4 errors (of 2 causes)');
  });

  it('says that there are none', () => {
    expect(findingsSummary([])).toBe('no findings');
  });
});
