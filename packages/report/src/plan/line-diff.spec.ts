import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const written = (before: string, after: string, context = 1): readonly string[] =>
  lineDiff(before, after, context).map(({ sign, text }) => `${sign}${text}`);

describe('lineDiff', () => {
  it('shows what differs with a line around it', () => {
    expect(written('a\nb\nc\nd\ne\n', 'a\nb\nX\nd\ne\n')).toEqual([' …', ' b', '-c', '+X', ' d', ' …']);
  });

  it('finds lines that stay between others that go', () => {
    expect(written('1\n2\n3\n4\n', '2\n3a\n4\n5\n', 0)).toEqual(['-1', ' …', '-3', '+3a', ' …', '+5']);
  });

  it('shows a line feed at the end that only one has', () => {
    expect(written('a\nb', 'a\nb\n')).toEqual([' a', '-b (no line feed at the end)', '+b']);
    expect(written('a\nb', 'a\nc')).toEqual([' a', '-b', '+c']);
  });

  it('shows a middle that is too big to compare as a whole', () => {
    const lines = (prefix: string): string =>
      Array.from({ length: 600 }, (_, index) => `${prefix}${index % 2}\n`).join('');
    const diff = written(`same\n${lines('a')}`, `same\n${lines('b')}`, 0);
    expect(diff).toHaveLength(1201);
    expect(diff.slice(0, 2)).toEqual([' …', '-a0']);
  });

  it('gives both texts back', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 10 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after, 100);
        const side = (other: '+' | '-'): string =>
          lines
            .filter(({ sign }) => sign !== other)
            .map((line) => `${line.text}\n`)
            .join('');
        if (before === after) return;
        expect(side('+')).toBe(before);
        expect(side('-')).toBe(after);
      }),
    );
  });
});
