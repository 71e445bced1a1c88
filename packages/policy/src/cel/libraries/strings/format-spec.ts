import { asValue } from '../../equality.ts';
import { durationText, plainDoubleText, timestampText } from '../../text.ts';
import { CelDuration, CelTimestamp } from '../../time.ts';
import { encodeUtf8 } from '../../utf8.ts';
import { CelList, CelMap, CelTypeValue, CelUint, type CelValue } from '../../value.ts';
import { fromUtf8Bytes } from '../utf8-bytes.ts';
import { fixed, scientific } from './decimal.ts';
import { DEFAULT_PRECISION, type FormatDialect, type Room, refusal, type Verb } from './format-template.ts';

/** The verbs as cel-spec defines them (doc/extensions/strings.md), and cel-go's strings library has them from version 4 on. */
export const specDialect: FormatDialect = {
  write: ({ verb, precision = DEFAULT_PRECISION }, value, room) => write(verb, precision, value, room),
};

function write(verb: Verb, precision: number, value: CelValue, room: Room): string | undefined {
  switch (verb) {
    case 's':
      return printed(value, room);
    case 'd':
      return typeof value === 'number' ? printedDouble(value) : integerText(value, 10);
    case 'f':
      return floating(value, (double) => fixed(double, precision));
    case 'e':
      return floating(value, (double) => {
        const { mantissa, exponent } = scientific(double, precision);
        return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
      });
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

/** An int or a uint in a base. */
export function integerText(value: CelValue, base: number): string | undefined {
  if (typeof value === 'bigint') return value.toString(base);
  return value instanceof CelUint ? value.value.toString(base) : undefined;
}

/** An int or a uint, or the bytes of a string, in hexadecimal. */
export function hexText(value: CelValue): string | undefined {
  const bytes = typeof value === 'string' ? encodeUtf8(value) : value;
  if (!(bytes instanceof Uint8Array)) return integerText(value, 16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function floating(value: CelValue, write: (double: number) => string): string | undefined {
  const double = value instanceof CelUint ? Number(value.value) : typeof value === 'bigint' ? Number(value) : value;
  if (typeof double !== 'number') return undefined;
  return Number.isFinite(double) ? write(double) : printedDouble(double);
}

function printedDouble(double: number): string {
  return Number.isFinite(double) ? plainDoubleText(double) : String(double);
}

/** A value as `%s` writes it; what is inside lists and maps takes from the room as it is written. */
function printed(value: CelValue, room: Room): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number') return printedDouble(value);
  if (value instanceof Uint8Array)
    return fromUtf8Bytes(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
  if (value instanceof CelDuration) return durationText(value);
  if (value instanceof CelTimestamp) return timestampText(value);
  if (value instanceof CelTypeValue) return value.name;
  if (value instanceof CelList) {
    const elements = Array.from(value, (element) => inside(asValue(element), room));
    return `[${elements.join(', ')}]`;
  }
  if (value instanceof CelMap) {
    const entries = value.keys().map((key): [string, string] => {
      return [inside(key, room), inside(asValue(value.get(key) ?? null), room)];
    });
    return `{${sortedByKey(entries)
      .map((entry) => entry.join(': '))
      .join(', ')}}`;
  }
  return integerText(value, 10);
}

/** Entries in the order of their keys' texts, as Go compares strings. */
export function sortedByKey(entries: readonly [string, string][]): readonly [string, string][] {
  return entries.toSorted(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1));
}

function inside(value: CelValue, room: Room): string {
  room.take('  ');
  const text = printed(value, room);
  if (text === undefined) throw refusal('s', value);
  return room.take(text);
}
