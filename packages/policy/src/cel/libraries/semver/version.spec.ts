import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion, type Version } from './version.ts';

function version(text: string): Version {
  const result = parseVersion(text, { normalize: false });
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.value;
}

describe('a semantic version', () => {
  it('has the order of semver.org, section 11', () => {
    const ordered = [
      '0.9.0',
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '18446744073709551615.0.0',
    ].map(version);
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) expect(compareVersions(a, b)).toBe(Math.sign(i - j) + 0);
    }
    expect(compareVersions(version('1.0.0+a'), version('1.0.0+b'))).toBe(0);
  });

  it.each([
    '',
    '1',
    '1.0',
    'v1.0.0',
    '01.0.0',
    '1.00.0',
    '1.0.0-',
    '1.0.0-01',
    '1.0.0-a..b',
    '1.0.0+',
    '1.0.0-é',
    ' 1.0.0',
    '1.0.0 ',
    '18446744073709551616.0.0',
    '1.0.-1',
    '1'.repeat(1_000_000),
  ])('%.30j is none', (text) => {
    expect(parseVersion(text, { normalize: false })).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['v1', '1.0.0'],
    ['1.2', '1.2.0'],
    ['01.02.03', '1.2.3'],
    ['v00.0.0', '0.0.0'],
    ['1.2.03-rc.1', '1.2.3-rc.1'],
  ])('%s is %s when it is normalised', (text, expected) => {
    expect(parseVersion(text, { normalize: true })).toEqual({ kind: 'parsed', value: version(expected) });
  });

  it.each(['1-rc', '1.2+a', 'vv1.0.0', '1.2.3.4', ''])('%j is none even when it is normalised', (text) => {
    expect(parseVersion(text, { normalize: true })).toMatchObject({ kind: 'refused' });
  });
});
