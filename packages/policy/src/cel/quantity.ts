const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const SYNTAX = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,2})?$/;
const NANO_DIGITS = 9;

/**
 * A quantity of Kubernetes (`500m`, `1.5Gi`, `1e3`), exact to a billionth; what is finer is rounded up,
 * as the API server does (apimachinery, pkg/api/resource).
 */
export class Quantity {
  readonly nano: bigint;

  constructor(nano: bigint) {
    this.nano = nano;
  }

  static isQuantity(text: string): boolean {
    return parseNano(text) !== undefined;
  }

  /** @throws Error when the text is no quantity */
  static parse(text: string): Quantity {
    const nano = parseNano(text);
    if (nano === undefined) throw new Error(`quantity(): ${JSON.stringify(text)} is not a quantity`);
    return new Quantity(nano);
  }

  plus(nano: bigint): Quantity {
    return new Quantity(this.nano + nano);
  }

  /** The quantity as a whole number of 64 bits, or `undefined` when it is none. */
  integer(): bigint | undefined {
    const unit = 10n ** BigInt(NANO_DIGITS);
    const integer = this.nano / unit;
    return this.nano % unit === 0n && BigInt.asIntN(64, integer) === integer ? integer : undefined;
  }
}

function parseNano(text: string): bigint | undefined {
  // The API server itself refuses longer ones long before.
  const match = text.length <= 64 ? SYNTAX.exec(text) : null;
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const nano = BINARY.includes(suffix)
    ? scale(digits * 1024n ** BigInt(BINARY.indexOf(suffix) + 1), NANO_DIGITS - fraction.length)
    : scale(digits, exponentOf(suffix) + NANO_DIGITS - fraction.length);
  return sign === '-' ? -nano : nano;
}

function exponentOf(suffix: string): number {
  return DECIMAL[suffix] ?? Number(suffix.slice(1));
}

/** digits × 10^power, rounded up. */
function scale(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}
