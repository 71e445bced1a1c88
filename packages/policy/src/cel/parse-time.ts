import { quoted } from './quoted.ts';
import { CelDuration, CelTimestamp } from './time.ts';
import { CelError } from './value.ts';

export const NANOS_PER_SECOND = 1_000_000_000n;
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z (protobuf, timestamp.proto). */
const EARLIEST = -62_135_596_800n * NANOS_PER_SECOND;
const LATEST = 253_402_300_800n * NANOS_PER_SECOND - 1n;
const LONGEST = 2n ** 63n - 1n;

/** A timestamp, or an error beyond the years 1 to 9999. */
export function timestampOf(nanos: bigint): CelTimestamp | CelError {
  return nanos < EARLIEST || nanos > LATEST ? new CelError('timestamp out of range') : new CelTimestamp(nanos);
}

/** A duration, or an error beyond 64 bits of nanoseconds. */
export function durationOf(nanos: bigint): CelDuration | CelError {
  return nanos < -LONGEST - 1n || nanos > LONGEST ? new CelError('duration out of range') : new CelDuration(nanos);
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads a timestamp of RFC 3339, such as `2023-01-31T09:00:00.5+01:00`. */
export function parseTimestamp(text: string): CelTimestamp | CelError {
  const match = RFC3339.exec(text);
  const invalid = new CelError(`${quoted(text)} is not a timestamp of RFC 3339`);
  if (!match) return invalid;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return invalid;
  const sign = match[8] === '-' ? 1 : -1;
  const offset = match[8] === undefined ? 0 : sign * (Number(match[9]) * 60 + Number(match[10])) * 60;
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second + offset;
  return timestampOf(BigInt(seconds) * NANOS_PER_SECOND + BigInt((match[7] ?? '').padEnd(9, '0')));
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: NANOS_PER_SECOND,
  m: 60n * NANOS_PER_SECOND,
  h: 3_600n * NANOS_PER_SECOND,
};

/** Reads a duration as Go does: `1h30m`, `-1.5s`, `0`. */
export function parseDuration(text: string): CelDuration | CelError {
  const invalid = new CelError(`${quoted(text)} is not a duration, such as 1h30m or 1.5s`);
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  if (rest === '0') return new CelDuration(0n);
  if (text.length > 100 || !/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return invalid;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of rest.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit] ?? 0n;
    nanos += BigInt(whole || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
  }
  return durationOf(sign === '-' ? -nanos : nanos);
}

/** Division that rounds down, also below zero. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
