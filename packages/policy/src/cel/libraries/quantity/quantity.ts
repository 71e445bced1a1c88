import { type Parsed, parsed, refused } from '../parsed.ts';

/**
 * A quantity of Kubernetes, exact: `unscaled` × 10^`exponent`.
 *
 * The API server holds small quantities in an int64 with an exponent, all others in a decimal, and some of its
 * functions answer differently for the two: `quantity('1.0').isInteger()` is false, since 10 × 10^-1 is not reduced
 * (apimachinery, pkg/api/resource/quantity.go, AsInt64). So which of the two it is belongs to the value.
 */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  readonly representation: 'int64' | 'decimal';
}

type Form = { readonly base: 10 | 2; readonly exponent: number };

/** Longer texts are no quantities here; the API server would calculate with them. */
const LONGEST = 1024;
const NANO = -9;
const MAXIMUM_INT64 = 2n ** 63n - 1n;
/** Digits that always fit into an int64, as the API server counts them. */
const SAFE_DIGITS = 18;
/** Powers of ten beyond this are never written out: `1e999999999` plus one has no answer here. */
const LARGEST_POWER = 10_000;
/** What is before the suffix may be nothing but a sign, and that is zero, as it is in the API server. */
const SYNTAX = /^([+-]?)(\d*)(\.\d*)?([eEinumkKMGTP]*[+-]?\d*)$/;
const DECIMAL: ReadonlyMap<string, number> = new Map(
  Object.entries({ n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }),
);
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * Parses a quantity as the API server does, with what it accepts beyond its documentation (`.`, `5.`, `+`): finer
 * than a billionth is rounded up in magnitude, a binary one is capped at 2^63-1.
 *
 * @param text `500m`, `1.5Gi`, `1e3`
 */
export function parseQuantity(text: string): Parsed<Quantity> {
  if (text.length > LONGEST) return refused(`a quantity has more than ${LONGEST} characters`);
  const quoted = JSON.stringify(text);
  const match = text === '' ? null : SYNTAX.exec(text);
  if (!match) return refused(`${quoted} is not a quantity`);
  const [, sign, wholeText = '', pointed = '', suffix = ''] = match;
  const whole = wholeText.replace(/^0+/, '') || '0';
  const fraction = pointed.slice(1);
  const form = formOf(suffix);
  if (!form) return refused(`${quoted} is not a quantity: ${JSON.stringify(suffix)} is not a suffix`);
  const small = smallQuantity(whole, fraction, form, sign === '-');
  if (small) return parsed(small);
  if (wholeText === '' && fraction === '') return refused(`${quoted} is not a quantity: it has no digits`);
  const large = largeQuantity(BigInt(whole + fraction), -fraction.length, form);
  return parsed(sign === '-' ? { ...large, unscaled: -large.unscaled } : large);
}

/** -1, 0 or 1. */
export function signOf({ unscaled }: Quantity): -1 | 0 | 1 {
  if (unscaled === 0n) return 0;
  return unscaled < 0n ? -1 : 1;
}

/** -1, 0 or 1; exact and cheap, however far apart the two are. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign < signOf(b) ? -1 : 1;
  if (sign === 0) return 0;
  const magnitude = digitsOf(a) + a.exponent - (digitsOf(b) + b.exponent);
  if (magnitude !== 0) return magnitude > 0 === sign > 0 ? 1 : -1;
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [raised(a.unscaled, a.exponent - exponent), raised(b.unscaled, b.exponent - exponent)];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

/** The sum, or `undefined` where one has so many more digits than the other that it is not written out. */
export function addQuantities(a: Quantity, b: Quantity): Quantity | undefined {
  if (a.representation === 'int64' && b.representation === 'int64') {
    if (b.unscaled === 0n) return a;
    if (a.unscaled === 0n) return b;
  }
  if (a.unscaled === 0n) return { ...b, representation: 'decimal' };
  if (b.unscaled === 0n) return { ...a, representation: 'decimal' };
  const exponent = Math.min(a.exponent, b.exponent);
  if (Math.max(a.exponent, b.exponent) - exponent > LARGEST_POWER) return undefined;
  const [x, y] = [raised(a.unscaled, a.exponent - exponent), raised(b.unscaled, b.exponent - exponent)];
  const fits = a.representation === 'int64' && b.representation === 'int64' && [x, y, x + y].every(fitsInt64);
  return { unscaled: x + y, exponent, representation: fits ? 'int64' : 'decimal' };
}

export function negated(quantity: Quantity): Quantity {
  return { ...quantity, unscaled: -quantity.unscaled };
}

export function quantityOf(integer: bigint): Quantity {
  return { unscaled: integer, exponent: 0, representation: 'int64' };
}

/** The whole number that the quantity is, or `undefined` where the API server's `AsInt64` has none. */
export function integerOf({ unscaled, exponent, representation }: Quantity): bigint | undefined {
  if (representation === 'decimal' || exponent < 0) return undefined;
  if (unscaled === 0n) return 0n;
  if (exponent > SAFE_DIGITS) return undefined;
  const integer = raised(unscaled, exponent);
  return fitsInt64(integer) ? integer : undefined;
}

/** The nearest double by the API server's own way of rounding (`AsApproximateFloat64`). */
export function approximateFloat({ unscaled, exponent }: Quantity): number {
  return exponent === 0 ? Number(unscaled) : Number(unscaled) * powerOfTen(exponent);
}

function formOf(suffix: string): Form | undefined {
  const decimal = DECIMAL.get(suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal };
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) return { base: 2, exponent: 10 * (binary + 1) };
  const digits = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  if (digits === undefined) return undefined;
  const parsedExponent = BigInt(digits);
  // The API server reads 64 bits, refuses more, and keeps the lower 32 of them.
  if (!fitsInt64(parsedExponent)) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, parsedExponent)) };
}

/** What the API server holds in an int64: few enough digits, and no finer than a billionth. */
function smallQuantity(whole: string, fraction: string, form: Form, negative: boolean): Quantity | undefined {
  const digits = whole.length + fraction.length;
  let factor = 1n;
  if (form.base === 10) {
    if (digits > SAFE_DIGITS) return undefined;
  } else {
    if (fraction !== '' || 14 - whole.length - Math.trunc((form.exponent * 3) / 10) < 0) return undefined;
    factor = 2n ** BigInt(form.exponent);
  }
  const exponent = (form.base === 10 ? form.exponent : 0) - fraction.length;
  if (exponent < NANO) return undefined;
  const unscaled = BigInt(whole + fraction) * factor;
  if (!fitsInt64(unscaled)) return undefined;
  return { unscaled: negative ? -unscaled : unscaled, exponent, representation: 'int64' };
}

function largeQuantity(digits: bigint, scale: number, form: Form): Quantity {
  const unscaled = form.base === 2 ? digits << BigInt(form.exponent) : digits;
  const exponent = form.base === 10 ? scale + form.exponent : scale;
  const rounded = roundedUp({ unscaled, exponent, representation: 'decimal' });
  const capped = quantityOf(MAXIMUM_INT64);
  if (form.base === 2 && compareQuantities(rounded, capped) > 0) return { ...capped, representation: 'decimal' };
  return rounded;
}

/** In billionths; what is not zero is at least one. */
function roundedUp(quantity: Quantity): Quantity {
  const { unscaled, exponent } = quantity;
  if (unscaled === 0n || exponent > LARGEST_POWER) return quantity;
  if (exponent >= NANO) return { ...quantity, unscaled: raised(unscaled, exponent - NANO), exponent: NANO };
  if (digitsOf(quantity) + exponent < NANO) return { ...quantity, unscaled: 1n, exponent: NANO };
  const divisor = raised(1n, NANO - exponent);
  return { ...quantity, unscaled: (unscaled + divisor - 1n) / divisor, exponent: NANO };
}

function digitsOf({ unscaled }: Quantity): number {
  return String(unscaled < 0n ? -unscaled : unscaled).length;
}

function raised(value: bigint, power: number): bigint {
  return power === 0 ? value : value * 10n ** BigInt(power);
}

function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** Go's math.Pow10: a product of two table entries, so that the last bit is the same. */
function powerOfTen(exponent: number): number {
  if (exponent > 308) return Number.POSITIVE_INFINITY;
  if (exponent < -323) return 0;
  const size = Math.abs(exponent);
  const [coarse, fine] = [32 * Math.floor(size / 32), size % 32];
  return exponent < 0 ? Number(`1e-${coarse}`) / Number(`1e${fine}`) : Number(`1e${coarse}`) * Number(`1e${fine}`);
}
