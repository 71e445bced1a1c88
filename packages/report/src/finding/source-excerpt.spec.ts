import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../testing/hostile.ts';
import { textWidth } from '../text/text-width.ts';
import { sourceExcerpt } from './source-excerpt.ts';

/** What stands above the marker. */
function marked(line: string, column: number, endColumn?: number): string {
  const { text, indent, width } = sourceExcerpt(line, { column, endColumn });
  let cell = 0;
  let above = '';
  for (const character of text) {
    if (cell >= indent && cell < indent + width) above += character;
    cell += textWidth(character);
  }
  return above;
}

describe('sourceExcerpt', () => {
  it('marks the range of a short line', () => {
    expect(sourceExcerpt('      type: postgress', { column: 13, endColumn: 22 })).toEqual({
      text: '      type: postgress',
      indent: 12,
      width: 9,
    });
  });

  it('marks one cell without an end, and behind the end of the line', () => {
    expect(sourceExcerpt('name:', { column: 2 })).toMatchObject({ indent: 1, width: 1 });
    expect(sourceExcerpt('name:', { column: 6 })).toMatchObject({ indent: 5, width: 1 });
    expect(sourceExcerpt('name:', { column: 99, endColumn: 120 })).toMatchObject({ indent: 5, width: 1 });
    expect(sourceExcerpt('', { column: 1 })).toEqual({ text: '', indent: 0, width: 1 });
  });

  it('shows tabs as spaces and finds the range behind them', () => {
    expect(sourceExcerpt('\ta:\tbad', { column: 5, endColumn: 8 })).toEqual({
      text: '    a:  bad',
      indent: 8,
      width: 3,
    });
  });

  it('finds the range behind wide, combined and invisible characters', () => {
    expect(marked('日本: bad', 5, 8)).toBe('bad');
    expect(marked('🚀🚀: bad', 7, 10)).toBe('bad');
    expect(marked('e\u0301e\u0301: bad', 7, 10)).toBe('bad');
    expect(marked('\u001b[31m: bad', 8, 11)).toBe('bad');
    expect(marked('日本', 1, 3)).toBe('日本');
  });

  it('marks up to the end of the text when the range goes on in the next line', () => {
    expect(marked('a: |  ', 4, Number.POSITIVE_INFINITY)).toBe('|');
    expect(marked('spec: {a: 1,', 7, Number.POSITIVE_INFINITY)).toBe('{a: 1,');
  });

  it('cuts a long line to a window around the range', () => {
    const excerpt = sourceExcerpt(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, { column: 501, endColumn: 505 });
    expect(excerpt.text).toBe(`…${'x'.repeat(40)}HERE${'y'.repeat(55)}…`);
    expect(excerpt).toMatchObject({ indent: 41, width: 4 });
  });

  it('keeps the start of a long line when the range is near it', () => {
    expect(sourceExcerpt(`key: HERE${'y'.repeat(500)}`, { column: 6, endColumn: 10 })).toMatchObject({
      indent: 5,
      width: 4,
    });
  });

  it('keeps its window and its marker inside, whatever the line and range', () => {
    fc.assert(
      fc.property(hostileText, fc.nat(200), fc.nat(300), fc.nat(300), (part, times, column, length) => {
        const { text, indent, width } = sourceExcerpt(part.repeat(times), { column, endColumn: column + length });
        expect(textWidth(text)).toBeLessThanOrEqual(101);
        expect(indent + width).toBeLessThanOrEqual(102);
        expect(text).not.toMatch(/\n|\t/);
      }),
    );
  });
});
