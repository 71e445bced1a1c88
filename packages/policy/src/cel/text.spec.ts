import { describe, expect, it } from 'vitest';
import { doubleText, durationText, plainDoubleText, timestampText } from './text.ts';
import { CelDuration, CelTimestamp } from './time.ts';

describe('the text of a value, as cel-go 0.29 gives it', () => {
  it.each([
    [1e6, '1e+06', '1000000'],
    [1e20, '1e+20', '100000000000000000000'],
    [1e21, '1e+21', '1000000000000000000000'],
    [123456789.5, '1.234567895e+08', '123456789.5'],
    [100000, '100000', '100000'],
    [0.0001, '0.0001', '0.0001'],
    [0.00001, '1e-05', '0.00001'],
    [1.5, '1.5', '1.5'],
    [-0.25, '-0.25', '-0.25'],
    [-0, '-0', '-0'],
    [Number.POSITIVE_INFINITY, '+Inf', '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf', '-Inf'],
    [Number.NaN, 'NaN', 'NaN'],
  ])('double %d', (double, text, plain) => {
    expect([doubleText(double), plainDoubleText(double)]).toEqual([text, plain]);
  });

  it.each([
    [3_600_500_000_000n, '3600.5s'],
    [-1_500_000_000n, '-1.5s'],
    [2n ** 63n - 1n, '9223372036.854776s'],
    [0n, '0s'],
  ])('duration of %d ns', (nanos, text) => {
    expect(durationText(new CelDuration(nanos))).toBe(text);
  });

  it.each([
    [1_577_836_800_123_456_789n, '2020-01-01T00:00:00.123456789Z'],
    [-500_000_000n, '1969-12-31T23:59:59.5Z'],
    [-62_135_596_800_000_000_000n, '0001-01-01T00:00:00Z'],
  ])('timestamp of %d ns', (nanos, text) => {
    expect(timestampText(new CelTimestamp(nanos))).toBe(text);
  });
});
