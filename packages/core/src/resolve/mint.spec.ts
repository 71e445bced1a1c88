import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mintFrom } from './mint.ts';

const alphabet = 'bcdfghjkmnpqrstvwxz23456789';

describe('mintFrom', () => {
  it('gives tokens of the length that is asked for, of unmistakable characters', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.integer({ min: 0, max: 242 })),
        fc.integer({ min: 0, max: 64 }),
        (bytes, length) => {
          const mint = mintFrom((count) => Uint8Array.from({ length: count }, () => bytes.next().value ?? 0));
          expect(mint(length)).toMatch(new RegExp(`^[${alphabet}]{${length}}$`));
        },
      ),
    );
  });

  it('favours no character: every one has as many bytes, and the bytes left over are thrown away', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const rest = [byte];
      // What is thrown away is replaced by a byte whose character is known: `b`.
      const mint = mintFrom((count) => Uint8Array.from({ length: count }, () => rest.shift() ?? 0));
      const token = mint(1);
      if (byte < 243) counts.set(token, (counts.get(token) ?? 0) + 1);
      else expect(token).toBe('b');
    }
    expect([...counts.keys()].sort().join('')).toBe([...alphabet].sort().join(''));
    expect(new Set(counts.values())).toEqual(new Set([9]));
  });
});
