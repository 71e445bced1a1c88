/** A day of the calendar in UTC, as the number of days since 1970-01-01. */
export type Day = number;

const milliseconds = 86_400_000;
const dayPattern = /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?$/;

/**
 * The day that a text names: `2027-01-31`, or a moment in UTC such as `2027-01-31T09:00:00.000Z`.
 *
 * @returns `undefined` for what is no day of the calendar, such as `2027-02-30`
 */
export function dayOf(text: string): Day | undefined {
  const match = dayPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const moment = Date.UTC(year, month - 1, day);
  // Years below 100 are others to Date.UTC, and 30 February is a day of March: only what reads the same is that day.
  return dayText(moment / milliseconds) === text.slice(0, 10) ? moment / milliseconds : undefined;
}

/** `2027-01-31`. */
export function dayText(day: Day): string {
  return new Date(day * milliseconds).toISOString().slice(0, 10);
}
