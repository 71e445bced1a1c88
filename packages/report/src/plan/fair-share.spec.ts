import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShare } from './fair-share.ts';

describe('fairShare', () => {
  it('leaves all whole that fit together', () => {
    expect(fairShare([10, 20], 30)).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps the small ones whole and divides the rest', () => {
    expect(fairShare([100, 10, 200], 110)).toBe(50);
  });

  it('never gives more than there is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.nat(500), (sizes, room) => {
        const share = fairShare(sizes, room);
        expect(sizes.reduce((sum, size) => sum + Math.min(size, share), 0)).toBeLessThanOrEqual(room);
      }),
    );
  });
});
