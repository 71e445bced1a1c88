import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, outsideCode } from '../testing/github-table.ts';
import { hostileText } from '../testing/hostile.ts';
import { codeCell, codeFence, codeSpan, htmlCode } from './code.ts';

describe('codeSpan', () => {
  it.each([
    ['postgres', '`postgres`'],
    ['a `b` c', '``a `b` c``'],
    ['`a`', '`` `a` ``'],
    [' a ', '`  a  `'],
    ['a\nb', '`a\\nb`'],
    ['', '`  `'],
  ])('writes %j', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('shows by its number what is too long for GitHub to read as marks', () => {
    expect(codeSpan('`'.repeat(90))).toBe(`\`${'\\u0060'.repeat(9)}\``);
  });

  it('is one span whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(outsideCode(codeSpan(text))).toBe('');
      }),
    );
  });
});

describe('codeCell', () => {
  it.each([
    ['a|b', '`a\\|b`'],
    ['a||b', '`a\\|\\|b`'],
    ['a\\|b', '`a\\\\u007cb`'],
  ])('keeps the pipe of %j in its cell', (text, cell) => {
    expect(codeCell(text)).toBe(cell);
  });

  it('is one cell with one span whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cells = cellsOf(`| ${codeCell(text)} | next |`);
        expect(cells).toHaveLength(2);
        expect(outsideCode(cells[0] ?? 'none')).toBe('');
      }),
    );
  });
});

describe('codeFence', () => {
  it('is longer than any run of backticks inside', () => {
    expect(codeFence(['a', '````', 'b'], 'diff')).toBe('`````diff\na\n````\nb\n`````\n');
  });
});

describe('htmlCode', () => {
  it('escapes what HTML reads', () => {
    expect(htmlCode('</summary> & @a "b"')).toBe('<code>&lt;/summary&gt; &amp; @a "b"</code>');
  });
});
