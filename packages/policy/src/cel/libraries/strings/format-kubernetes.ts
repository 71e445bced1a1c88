import { asValue } from '../../equality.ts';
import { doubleText, durationText, timestampText } from '../../text.ts';
import { CelDuration, CelTimestamp } from '../../time.ts';
import { decodeUtf8 } from '../../utf8.ts';
import { CelError, CelList, CelMap, CelTypeValue, CelUint, type CelValue } from '../../value.ts';
import { fixed, scientific } from './decimal.ts';
import { hexText, integerText, sortedByKey } from './format-spec.ts';
import { DEFAULT_PRECISION, type FormatDialect, type Room, refusal, type Verb } from './format-template.ts';
import { goQuote } from './go-quote.ts';

/**
 * The verbs as Kubernetes has them: version 2 of cel-go's strings library (ext/formatting.go), in which `%f` groups
 * thousands, `%e` always has six digits and takes its precision for a width, and what is inside a list or a map is
 * written as CEL would write it.
 */
export const kubernetesDialect: FormatDialect = {
  write: ({ verb, precision = DEFAULT_PRECISION }, value, room) => write(verb, precision, value, room),
};

function write(verb: Verb, precision: number, value: CelValue, room: Room): string | undefined {
  switch (verb) {
    case 's':
      return printed(value, room);
    case 'd':
      return integerText(value, 10);
    case 'f':
      return floating(value, (double) => grouped(fixed(double, precision)));
    case 'e':
      return floating(value, superscripted)?.padStart(precision);
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : integerText(value, 2);
    case 'o':
      return integerText(value, 8);
    case 'x':
      return hexText(value);
    case 'X':
      return hexText(value)?.toUpperCase();
  }
}

const SPECIAL: ReadonlyMap<CelValue, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function floating(value: CelValue, write: (double: number) => string): string | undefined {
  const double = SPECIAL.get(value) ?? value;
  if (typeof double !== 'number') return undefined;
  if (Number.isNaN(double)) return 'NaN';
  if (!Number.isFinite(double)) return double > 0 ? '∞' : '-∞';
  return write(double === 0 ? 0 : double);
}

/** A comma before each three digits of the whole part, as American English has it. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const withCommas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

const SUPERSCRIPTS = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];

function superscripted(double: number): string {
  const { mantissa, exponent } = scientific(double, DEFAULT_PRECISION);
  const digits = [...String(Math.abs(exponent)).padStart(2, '0')].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa}\u202f×\u202f10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}

/** A value as `%s` writes it: what `string(value)` is, and lists and maps as CEL writes them. */
function printed(value: CelValue, room: Room): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof CelDuration) return durationText(value);
  if (value instanceof CelTimestamp) return timestampText(value);
  if (value instanceof CelTypeValue) return value.name;
  if (value instanceof CelList)
    return `[${Array.from(value, (element) => literal(asValue(element), room)).join(', ')}]`;
  if (value instanceof CelMap) {
    const entries = value.keys().map((key): [string, string] => {
      return [literal(key, room), literal(asValue(value.get(key) ?? null), room)];
    });
    return `{${sortedByKey(entries)
      .map((entry) => entry.join(':'))
      .join(', ')}}`;
  }
  return integerText(value, 10);
}

/** A value inside a list or a map, as CEL would write it. */
function literal(value: CelValue, room: Room): string {
  room.take('  ');
  return room.take(literalText(value, room));
}

function literalText(value: CelValue, room: Room): string {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? fixed(value, DEFAULT_PRECISION) : goQuote(doubleText(value));
  if (value instanceof Uint8Array) return `b${goQuote(bytesText(value))}`;
  if (value instanceof CelDuration) return `duration(${goQuote(durationText(value))})`;
  if (value instanceof CelTimestamp) return `timestamp(${goQuote(timestampText(value))})`;
  if (value instanceof CelUint) return String(value.value);
  const text = printed(value, room);
  if (text === undefined) throw refusal('s', value);
  return text;
}

function bytesText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new CelError('format(): the bytes are not UTF-8');
  return text;
}
