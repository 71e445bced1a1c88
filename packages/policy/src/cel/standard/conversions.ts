import { intOf, uintOf } from '../arithmetic.ts';
import { library } from '../function-declaration.ts';
import { floorDivide, NANOS_PER_SECOND, parseDuration, parseTimestamp, timestampOf } from '../parse-time.ts';
import { quoted } from '../quoted.ts';
import { doubleText, durationText, timestampText } from '../text.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { CelError, CelTypeValue, type CelUint, typeNameOf } from '../value.ts';

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Conversions between types (cel-spec, "Type Conversions"); a value that does not fit is an error. */
export const conversions = library('conversions', {
  functions: {
    'bool(bool): bool': (value) => value,
    'bool(string): bool': (text) => (TRUE.has(text) ? true : FALSE.has(text) ? false : notOne(text, 'a bool')),
    'bytes(bytes): bytes': (value) => value,
    'bytes(string): bytes': { evaluate: (text) => encodeUtf8(text), cost: (text) => text.length >> 3 },
    'double(double): double': (value) => value,
    'double(int): double': (value) => Number(value),
    'double(uint): double': ({ value }) => Number(value),
    'double(string): double': parseDouble,
    'duration(duration): duration': (value) => value,
    'duration(string): duration': (text) => parseDuration(text),
    'dyn(T): dyn': (value) => value,
    'int(int): int': (value) => value,
    'int(uint): int': ({ value }) => intOf(value),
    'int(double): int': (value) => (value <= -(2 ** 63) ? intOf(-(2n ** 64n)) : integerOf(value, intOf)),
    'int(string): int': (text) =>
      /^[+-]?\d+$/.test(text) && text.length < 40 ? intOf(BigInt(text.replace(/^\+/, ''))) : notOne(text, 'an int'),
    'int(timestamp): int': ({ nanos }) => floorDivide(nanos, NANOS_PER_SECOND),
    'int(duration): int': ({ nanos }) => nanos,
    'string(string): string': (value) => value,
    'string(bool): string': (value) => String(value),
    'string(int): string': (value) => String(value),
    'string(uint): string': ({ value }) => String(value),
    'string(double): string': doubleText,
    'string(bytes): string': {
      evaluate: (value) => decodeUtf8(value) ?? new CelError('the bytes are not UTF-8'),
      cost: (value) => value.length >> 3,
    },
    'string(timestamp): string': (value) => timestampText(value),
    'string(duration): string': (value) => durationText(value),
    'timestamp(timestamp): timestamp': (value) => value,
    'timestamp(string): timestamp': (text) => parseTimestamp(text),
    'timestamp(int): timestamp': (seconds) => timestampOf(seconds * NANOS_PER_SECOND),
    'type(T): type<T>': (value) => new CelTypeValue(typeNameOf(value)),
    'uint(uint): uint': (value) => value,
    'uint(int): uint': (value) => uintOf(value),
    'uint(double): uint': (value) => (value < 0 ? uintOf(-1n) : integerOf(value, uintOf)),
    'uint(string): uint': (text) =>
      /^\d+$/.test(text) && text.length < 40 ? uintOf(BigInt(text)) : notOne(text, 'a uint'),
  },
});

/** Rounds toward zero. At their ends cel-go leaves out the doubles that do not survive the way back. */
function integerOf<T extends bigint | CelUint>(value: number, fit: (value: bigint) => T | CelError): T | CelError {
  return Number.isFinite(value) ? fit(BigInt(Math.trunc(value))) : new CelError('integer overflow');
}

function parseDouble(text: string): number | CelError {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : notOne(text, 'a double');
  }
  const [, sign, word] = /^([+-]?)(inf|infinity|nan)$/i.exec(text) ?? [];
  if (word === undefined) return notOne(text, 'a double');
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? -Infinity : Infinity;
}

function notOne(text: string, what: string): CelError {
  return new CelError(`${quoted(text)} is not ${what}`);
}
