/** More digits than these are refused, as cel-go's strings library does since version 5. */
export const MAXIMUM_PRECISION = 100;

/**
 * A finite double with so many digits after the point, rounded half to even on its exact value, as Go does. JavaScript's
 * `toFixed` rounds halves up, and writes what is above 1e21 with an exponent.
 *
 * @param precision digits after the point, 0 or more
 */
export function fixed(double: number, precision: number): string {
  const { numerator, denominator, sign } = exact(double);
  const digits = String(divideHalfEven(numerator * 10n ** BigInt(precision), denominator));
  return sign + withPoint(digits.padStart(precision + 1, '0'), precision);
}

/** A finite double as one digit, a point, so many digits, and the power of ten that they are multiplied with. */
export function scientific(
  double: number,
  precision: number,
): { readonly mantissa: string; readonly exponent: number } {
  const { numerator, denominator, sign } = exact(double);
  if (numerator === 0n) return { mantissa: sign + withPoint('0'.repeat(precision + 1), precision), exponent: 0 };
  let exponent = String(numerator).length - String(denominator).length;
  if (shift(numerator, -exponent) < shift(denominator, exponent)) exponent -= 1;
  let digits = roundedAt(numerator, denominator, precision - exponent);
  if (digits.length > precision + 1) {
    exponent += 1;
    digits = roundedAt(numerator, denominator, precision - exponent);
  }
  return { mantissa: sign + withPoint(digits, precision), exponent };
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly sign: '' | '-';
}

/** A double is a whole number of powers of two. */
function exact(double: number): Fraction {
  const sign = double < 0 || Object.is(double, -0) ? '-' : '';
  let whole = Math.abs(double);
  let denominator = 1n;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(whole), denominator, sign };
}

function roundedAt(numerator: bigint, denominator: bigint, power: number): string {
  return String(divideHalfEven(shift(numerator, power), shift(denominator, -power)));
}

/** Times ten to the power, where that is positive. */
function shift(value: bigint, power: number): bigint {
  return power > 0 ? value * 10n ** BigInt(power) : value;
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

function withPoint(digits: string, precision: number): string {
  if (precision === 0) return digits;
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}
