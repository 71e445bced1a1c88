import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  approximateFloat,
  compareQuantities,
  integerOf,
  parseQuantity,
  type Quantity,
  quantityOf,
  signOf,
} from './quantity.ts';

function quantity(text: string): Quantity {
  const result = parseQuantity(text);
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.value;
}

describe('a quantity', () => {
  it.each([
    ['1', '1000m', 0],
    ['1Ki', '1024', 0],
    ['1.5Gi', '1610612736', 0],
    ['0.1n', '1n', 0],
    ['1k', '1Ki', -1],
    ['-1', '-1001m', 1],
    ['1e3', '1k', 0],
    ['1E', '1e18', 0],
    ['9Ei', '9223372036854775807', 0],
    ['1e999999999', '1e999999998', 1],
    ['-1e999999999', '1e-999999999', -1],
  ])('%s against %s', (a, b, order) => {
    expect(compareQuantities(quantity(a), quantity(b))).toBe(order);
    expect(compareQuantities(quantity(b), quantity(a))).toBe(order === 0 ? 0 : -order);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '1.2.3',
    '1kk',
    '1iK',

    '1e',
    '1e1.5',
    'abc',
    '0x10',
    '1_000',
    '٣',
    '1e99999999999999999999',
  ])('%j is none', (text) => {
    expect(parseQuantity(text)).toMatchObject({ kind: 'refused' });
  });

  it('accepts what the API server accepts beyond its documentation', () => {
    expect(['.', '+', '-', 'Mi', '5.', '.5', '+.5', '1.Ki'].map((text) => signOf(quantity(text)))).toEqual([
      0, 0, 0, 0, 1, 1, 1, 1,
    ]);
    // The exponent keeps 32 of its 64 bits there.
    expect(compareQuantities(quantity('1e4294967296'), quantity('1'))).toBe(0);
  });

  it('is an integer where the API server holds it as one', () => {
    expect(
      ['3', '3k', '3Ki', '1.0', '3000m', '1e19', '12345678901234567890'].map((text) => integerOf(quantity(text))),
    ).toEqual([3n, 3000n, 3072n, undefined, undefined, undefined, undefined]);
  });

  it('gives no sum of what is too far apart to be written out', () => {
    expect(addQuantities(quantity('1e999999999'), quantity('1'))).toBeUndefined();
    expect(approximateFloat(quantity('1e999999999'))).toBe(Number.POSITIVE_INFINITY);
  });

  it('of a thousand characters is read, a longer one is not', () => {
    expect(integerOf(quantity(`${'0'.repeat(1000)}7`))).toBe(7n);
    expect(parseQuantity('9'.repeat(5_000_000))).toMatchObject({ kind: 'refused' });
  });

  it('is added and compared like the number that it is', () => {
    const part = fc.bigInt(-(10n ** 20n), 10n ** 20n);
    fc.assert(
      fc.property(part, part, (a, b) => {
        const [x, y] = [quantity(`${a}m`), quantity(`${b}m`)];
        const sum = addQuantities(x, y);
        expect(sum && compareQuantities(sum, quantity(`${a + b}m`))).toBe(0);
        expect(compareQuantities(x, y)).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
      { numRuns: 200 },
    );
  });

  it('of an int is that int', () => {
    fc.assert(fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => integerOf(quantityOf(value)) === value));
  });
});
