import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'error') throw new Error(compiled.message);
  return compiled.test(text);
}

describe('matches what RE2 matches', () => {
  it.each([
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'team-payments', true],
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'team-', false],
    ['@sha256:[0-9a-f]{64}$', `repo@sha256:${'a'.repeat(64)}`, true],
    ['@sha256:[0-9a-f]{64}$', `repo@sha256:${'a'.repeat(63)}`, false],
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['a|^b$|c', 'b', true],
    ['(?i)^LATEST$', 'LaTest', true],
    ['(?i:a)b', 'Ab', true],
    ['(?i:a)b', 'AB', false],
    ['^.$', '\n', false],
    ['(?s)^.$', '\n', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['^\\d+\\.\\d+$', '10.25', true],
    ['^[^:]+$', 'a:b', false],
    ['^[]a]+$', ']a', true],
    ['^[[:alpha:]_]+$', 'ab_', true],
    ['^\\pL+$', 'größe', true],
    ['^\\p{Greek}$', 'α', true],
    ['\\bapp\\b', 'an app.', true],
    ['\\bapp\\b', 'apps', false],
    ['^\\x41\\x{1F600}$', 'A😀', true],
    ['^.$', '😀', true],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,}$', 'aaaa', true],
    ['^(?P<x>a)?$', '', true],
    ['^\\Qa.b\\E$', 'a.b', true],
    ['^\\Qa.b\\E$', 'axb', false],
    ['', 'anything', true],
    ['a{,2}', 'a{,2}', true],
  ])('%s on %j', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });
});

describe('refuses what RE2 refuses', () => {
  it.each([
    '(',
    'a)',
    '[a',
    '*a',
    'a**',
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    'a{1001}',
    'a{3,2}',
    '[z-a]',
    '\\',
    '(?<n',
    '\\p{Nope}',
  ])('%s', (pattern) => {
    expect(compilePattern(pattern).kind).toBe('error');
  });

  it('a short pattern that asks for a huge program', () => {
    expect(compilePattern('((a{500}){500}){500}')).toEqual({ kind: 'error', message: 'the pattern is too large' });
  });

  it('thousands of open groups', () => {
    expect(compilePattern(`${'('.repeat(3_000)}${')'.repeat(3_000)}`).kind).toBe('error');
  });
});

describe('takes linear time', () => {
  it.each(['^(a+)+$', '^(a|a)*$', '^(.*a){12}$', '(a+a+)+b', '^(a*)*$'])('%s', (pattern) => {
    // A backtracking engine needs more than the age of the universe for some of these.
    expect(matches(pattern, `${'a'.repeat(5_000)}!`)).toBe(false);
  });
});

it('agrees with JavaScript on the patterns that mean the same in both', () => {
  const atom = fc.constantFrom('a', 'b', '[ab]', '[^a]', '.', '(a|bc)', '(ab)', '^', '$', '\\w', '\\b');
  const piece = fc
    .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}'))
    .map(([what, times]) => (/^[\^$]$|^\\b$/.test(what) ? what : what + times));
  const pattern = fc.array(fc.oneof(piece, fc.constant('|')), { maxLength: 6 }).map((pieces) => pieces.join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      expect(matches(source, subject)).toBe(new RegExp(source, 'u').test(subject));
    }),
    { numRuns: 2_000 },
  );
});
