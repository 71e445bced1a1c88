import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../testing/hostile.ts';
import { cutText, textWidth } from './text-width.ts';
import { visibleText } from './visible-text.ts';

describe('textWidth', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['한글', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['→…', 2],
    ['ﾊﾝ', 2],
  ])('counts the cells of %j', (text, cells) => {
    expect(textWidth(text)).toBe(cells);
  });
});

describe('cutText', () => {
  it('leaves what fits, to the last cell', () => {
    expect(cutText('abcde', 5)).toBe('abcde');
    expect(cutText('日本', 4)).toBe('日本');
  });

  it('cuts with a mark that fits too', () => {
    expect(cutText('abcdef', 5)).toBe('abcd…');
    expect(cutText('日本語', 4)).toBe('日…');
  });

  it('is never wider than it may be, nor endless by combining marks', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(textWidth(cutText(visibleText(text), width))).toBeLessThanOrEqual(width);
      }),
    );
    expect(cutText(`a${'\u0301'.repeat(10_000)}`, 10).length).toBeLessThan(50);
  });
});
