import type { CelDuration, CelTimestamp } from './time.ts';

const NANOS = 1_000_000_000n;

/** A double in the fewest digits that tell it apart, and never with an exponent: Go's `strconv.FormatFloat(x, 'f', -1, 64)`. */
export function plainDoubleText(double: number): string {
  const special = specialDoubleText(double);
  if (special !== undefined) return special;
  const [digits, point, sign] = shortestDigits(double);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A double as `string(x)` gives it: Go's `%g`, with an exponent below 1e-4 and from 1e6. */
export function doubleText(double: number): string {
  const special = specialDoubleText(double);
  if (special !== undefined) return special;
  const [digits, point, sign] = shortestDigits(double);
  const exponent = point - 1;
  if (exponent >= -4 && exponent < 6) return plainDoubleText(double);
  const mantissa = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** A duration in seconds, as `string(x)` gives it: `3600s`, `0.5s`. */
export function durationText({ nanos }: CelDuration): string {
  // Go makes seconds a double, from the whole ones and the rest.
  return `${plainDoubleText(Number(nanos / NANOS) + Number(nanos % NANOS) / 1e9)}s`;
}

/** A timestamp of RFC 3339 in UTC, with as many digits of a second as it needs. */
export function timestampText({ nanos }: CelTimestamp): string {
  const rest = ((nanos % NANOS) + NANOS) % NANOS;
  const seconds = Number((nanos - rest) / NANOS);
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
}

function specialDoubleText(double: number): string | undefined {
  if (Number.isNaN(double)) return 'NaN';
  if (Number.isFinite(double)) return undefined;
  return double > 0 ? '+Inf' : '-Inf';
}

/** The digits of a finite double, where the point stands among them, and its sign. */
function shortestDigits(double: number): [digits: string, point: number, sign: string] {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(Math.abs(double))) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const sign = double < 0 || Object.is(double, -0) ? '-' : '';
  if (digits === '') return ['0', 1, sign];
  return [digits.replace(/0+$/, ''), whole.length + Number(exponent) - (all.length - digits.length), sign];
}
