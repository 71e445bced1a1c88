import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

describe('base64', () => {
  it('is decoded to what was encoded, with padding and without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text)).toEqual(bytes);
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(bytes);
      }),
    );
  });

  it.each(['a', 'abcde', 'ab=', 'ab==c', '====', 'a-b_', 'ab cd'])('%j is none', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it('may be broken into lines', () => {
    expect(decodeBase64('YW\r\nJj')).toEqual(Uint8Array.from([97, 98, 99]));
  });
});
