import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText, obeyedByTerminals } from '../testing/hostile.ts';
import { visibleLines, visiblePieces, visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it('leaves ordinary text alone, also wide and composed characters', () => {
    expect(visibleText('Größe 日本 👩‍💻 é "x" → y')).toBe('Größe 日本 👩‍💻 é "x" → y');
  });

  it.each([
    ['a\u001b[31mb', 'a\\u001b[31mb'],
    ['\u009b2J', '\\u009b2J'],
    ['\u007f\u0000', '\\u007f\\u0000'],
    ['one\ntwo\r\tthree', 'one\\ntwo\\r\\tthree'],
    ['user\u202etxt.exe', 'user\\u202etxt.exe'],
    ['a\u2028b\u200bc', 'a\\u2028b\\u200bc'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['half \ud800 pair', 'half \\ud800 pair'],
  ])('makes %j visible', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('keeps a GitHub runner from reading a command out of a line of a log', () => {
    expect(visibleText('name: ##[set-output name=x;]y')).toBe('name: #\\u0023[set-output name=x;]y');
    expect(visibleText('  ::error::gone')).toBe('  \\u003a:error::gone');
    expect(visibleText('a::b ### c')).toBe('a::b ### c');
  });

  it('never lets through what a terminal obeys', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visibleText(text)).not.toMatch(obeyedByTerminals);
        expect(visibleText(text)).not.toContain('\n');
        expect(visibleText(text)).not.toMatch(/##\[|^\s*::/);
        expect(visibleLines(text).replaceAll('\t', '')).not.toMatch(obeyedByTerminals);
      }),
    );
  });

  it('shows the same piece by piece', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const pieces = visiblePieces(text);
        expect(pieces.map((piece) => piece.shown).join('')).toBe(visibleText(text));
        expect(pieces.map((piece) => piece.raw).join('')).toBe(text);
        for (const piece of pieces) expect(text.startsWith(piece.raw, piece.index)).toBe(true);
      }),
    );
  });
});

describe('visibleLines', () => {
  it('keeps line feeds and tabs', () => {
    expect(visibleLines('a:\n\tb\r\n\u001b')).toBe('a:\n\tb\\r\n\\u001b');
  });
});
