import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as portable from '../../core/src/digest/hashes.ts';
import * as native from './native-hashes.ts';

describe('the hashes of the build', () => {
  it('are those that core would make', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const of = ({ sha1Hex, sha256Hex }: typeof portable) => [sha256Hex(first), sha1Hex(first, second)];
        expect(of(native)).toEqual(of(portable));
      }),
    );
  });

  it('stand in the place of all that core has there', () => {
    expect(Object.keys(native).sort()).toEqual(Object.keys(portable).sort());
  });
});
