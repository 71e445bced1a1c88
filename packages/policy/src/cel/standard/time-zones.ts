import { floorDivide, NANOS_PER_SECOND } from '../parse-time.ts';
import { quoted } from '../quoted.ts';
import type { CelTimestamp } from '../time.ts';
import { CelError } from '../value.ts';

/** A timestamp on the calendar and clock of a zone, as a Date whose UTC fields are the local ones. */
export function inZone(timestamp: CelTimestamp, zone: string | undefined): Date | CelError {
  const seconds = Number(floorDivide(timestamp.nanos, NANOS_PER_SECOND));
  const milliseconds = Number(floorDivide(timestamp.nanos, 1_000_000n));
  const offset = zone === undefined || zone === '' || zone === 'UTC' ? 0 : offsetOf(zone, seconds);
  return offset instanceof CelError ? offset : new Date(milliseconds + offset * 1000);
}

/** Seconds by which a zone is ahead of UTC at a time. */
function offsetOf(zone: string, seconds: number): number | CelError {
  const fixed = /^([+-]?)(\d{1,2}):(\d{1,2})$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60);
  const format = formatOf(zone);
  if (!format) return new CelError(`${quoted(zone)} is not a time zone`);
  const fields = new Map(format.formatToParts(new Date(seconds * 1000)).map(({ type, value }) => [type, value]));
  const read = (name: Intl.DateTimeFormatPartTypes): number => Number(fields.get(name));
  const local = new Date(0);
  const year = fields.get('era') === 'BC' ? 1 - read('year') : read('year');
  local.setUTCFullYear(year, read('month') - 1, read('day'));
  local.setUTCHours(read('hour'), read('minute'), read('second'));
  return local.getTime() / 1000 - seconds;
}

const MAXIMUM_REMEMBERED = 500;
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Intl alone knows the zones; making a format is slow, so they are kept. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formats.has(zone)) return formats.get(zone);
  if (formats.size >= MAXIMUM_REMEMBERED) formats.clear();
  const format = makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
}
