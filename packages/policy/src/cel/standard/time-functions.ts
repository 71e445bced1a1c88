import { library } from '../function-declaration.ts';
import { floorDivide } from '../parse-time.ts';
import type { CelTimestamp } from '../time.ts';
import { CelError } from '../value.ts';
import { inZone } from './time-zones.ts';

const DAY = 86_400_000;

/**
 * Fields of timestamps, in UTC or in a zone (`Europe/Berlin`, `+01:00`), and durations in units (cel-spec, "Timestamps").
 * `getMilliseconds` of a duration is all of it, as in cel-go; cel-spec has the part beyond the seconds. */
export const timeFunctions = library('time', {
  functions: {
    'timestamp.getFullYear(): int': (time) => field(time, (date) => date.getUTCFullYear()),
    'timestamp.getFullYear(string): int': (time, zone) => field(time, (date) => date.getUTCFullYear(), zone),
    'timestamp.getMonth(): int': (time) => field(time, (date) => date.getUTCMonth()),
    'timestamp.getMonth(string): int': (time, zone) => field(time, (date) => date.getUTCMonth(), zone),
    'timestamp.getDate(): int': (time) => field(time, (date) => date.getUTCDate()),
    'timestamp.getDate(string): int': (time, zone) => field(time, (date) => date.getUTCDate(), zone),
    'timestamp.getDayOfMonth(): int': (time) => field(time, (date) => date.getUTCDate() - 1),
    'timestamp.getDayOfMonth(string): int': (time, zone) => field(time, (date) => date.getUTCDate() - 1, zone),
    'timestamp.getDayOfWeek(): int': (time) => field(time, (date) => date.getUTCDay()),
    'timestamp.getDayOfWeek(string): int': (time, zone) => field(time, (date) => date.getUTCDay(), zone),
    'timestamp.getDayOfYear(): int': (time) => field(time, dayOfYear),
    'timestamp.getDayOfYear(string): int': (time, zone) => field(time, dayOfYear, zone),
    'timestamp.getHours(): int': (time) => field(time, (date) => date.getUTCHours()),
    'timestamp.getHours(string): int': (time, zone) => field(time, (date) => date.getUTCHours(), zone),
    'timestamp.getMinutes(): int': (time) => field(time, (date) => date.getUTCMinutes()),
    'timestamp.getMinutes(string): int': (time, zone) => field(time, (date) => date.getUTCMinutes(), zone),
    'timestamp.getSeconds(): int': (time) => field(time, (date) => date.getUTCSeconds()),
    'timestamp.getSeconds(string): int': (time, zone) => field(time, (date) => date.getUTCSeconds(), zone),
    'timestamp.getMilliseconds(): int': (time) => field(time, (date) => date.getUTCMilliseconds()),
    'timestamp.getMilliseconds(string): int': (time, zone) => field(time, (date) => date.getUTCMilliseconds(), zone),
    'duration.getHours(): int': ({ nanos }) => nanos / 3_600_000_000_000n,
    'duration.getMinutes(): int': ({ nanos }) => nanos / 60_000_000_000n,
    'duration.getSeconds(): int': ({ nanos }) => nanos / 1_000_000_000n,
    'duration.getMilliseconds(): int': ({ nanos }) => nanos / 1_000_000n,
  },
});

function field(time: CelTimestamp, read: (date: Date) => number, zone?: string): bigint | CelError {
  const date = inZone(time, zone);
  return date instanceof CelError ? date : BigInt(read(date));
}

function dayOfYear(date: Date): number {
  const first = new Date(0);
  first.setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Number(floorDivide(BigInt(date.getTime() - first.getTime()), BigInt(DAY)));
}
