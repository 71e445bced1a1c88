import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText, obeyedByTerminals } from '../testing/hostile.ts';
import { table } from './table.ts';
import { textWidth } from './text-width.ts';

const rows = [
  ['checkout', 'dev', 3, { text: 'ok', tone: 'good' }],
  ['日本', 'production', 12, { text: 'gate closed until Monday', tone: 'bad' }],
] as const;
const headers = ['Service', 'Environment', 'Objects', 'State'];

describe('table', () => {
  it('aligns columns, numbers to the right, by the width that is seen', async () => {
    await expect(table(rows, { headers, colour: false })).toMatchFileSnapshot('./__golden__/table.txt');
  });

  it('has a bold, underlined header and coloured cells with colour', async () => {
    await expect(JSON.stringify(table(rows, { headers, colour: true }), null, 2)).toMatchFileSnapshot(
      './__golden__/table.colour.json',
    );
  });

  it('cuts the widest columns to fit', async () => {
    await expect(table(rows, { headers, colour: false, maxWidth: 46 })).toMatchFileSnapshot(
      './__golden__/table.narrow.txt',
    );
  });

  it('is a header alone without rows', () => {
    expect(table([], { headers: ['A', 'Bee'], colour: false })).toBe('A  Bee\n-  ---\n');
  });

  it('is one line a row and no wider than it may be, whatever the cells say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hostileText, hostileText, fc.integer()), { maxLength: 5 }),
        fc.integer({ min: 20, max: 60 }),
        (cells, maxWidth) => {
          const text = table(cells, { headers: ['One', 'Two', 'Three'], colour: false, maxWidth });
          const lines = text.split('\n').slice(0, -1);
          expect(lines).toHaveLength(cells.length + 2);
          expect(text).not.toMatch(obeyedByTerminals);
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(maxWidth);
        },
      ),
    );
  });
});
