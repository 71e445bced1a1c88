import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixed, scientific } from './decimal.ts';

describe('a double in decimals', () => {
  it.each([
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [-0.5, 0, '-0'],
    [0.125, 2, '0.12'],
    [1e21, 1, '1000000000000000000000.0'],
    [5e-324, 3, '0.000'],
    [1.005, 2, '1.00'],
    [999.9996, 3, '1000.000'],
  ])('%d with %d digits', (double, precision, text) => {
    expect(fixed(double, precision)).toBe(text);
  });

  it.each([
    [0, 2, '0.00', 0],
    [9.9996, 3, '1.000', 1],
    [-1500, 0, '-2', 3],
    [2500, 0, '2', 3],
    [1.5e-10, 1, '1.5', -10],
    [1e100, 3, '1.000', 100],
  ])('%d in scientific notation with %d digits', (double, precision, mantissa, exponent) => {
    expect(scientific(double, precision)).toEqual({ mantissa, exponent });
  });

  it('is what JavaScript writes wherever no half has to be rounded', () => {
    // A twentieth power of two in the denominator needs no more than twenty digits.
    const exact = fc.maxSafeInteger().map((whole) => whole / 2 ** 20);
    fc.assert(
      fc.property(exact, fc.integer({ min: 20, max: 40 }), (double, precision) => {
        if (!Object.is(double, -0)) expect(fixed(double, precision)).toBe(double.toFixed(precision));
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
        const { mantissa, exponent } = scientific(double, 17);
        expect(Number(`${mantissa}e${exponent}`)).toBe(double);
      }),
    );
  });
});
