import type { Finding, Severity } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { findingsSummary } from './finding-counts.ts';

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

  it('says that there are none', () => {
    expect(findingsSummary([])).toBe('no findings');
  });
});
