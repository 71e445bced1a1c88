import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf, dayText } from './day.ts';

it('counts days of the calendar, in UTC', () => {
  expect(dayOf('1970-01-02')).toBe(1);
  expect(dayOf('2026-11-21T23:59:59.999Z')).toBe(dayOf('2026-11-21'));
  expect((dayOf('2028-03-01') ?? 0) - (dayOf('2028-02-28') ?? 0)).toBe(2);
});

it('knows no other days', () => {
  for (const text of ['2027-02-29', '2026-13-01', '2026-00-10', '0026-01-01x', '26-01-01', 'today', ''])
    expect(dayOf(text), text).toBeUndefined();
});

it('writes the day that it read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), (day) => {
      expect(dayOf(dayText(day))).toBe(day);
    }),
  );
});
