import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64, isBase64 } from './base64.ts';

describe('base64', () => {
  it('is what the platform’s own encoder writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(isBase64(encodeBase64(bytes))).toBe(true);
      }),
    );
  });

  it.each(['', 'QQ==', 'QUI=', 'QUJD', ' QUJD\nQQ== '])('takes %j', (text) => {
    expect(isBase64(text)).toBe(true);
  });

  it.each(['Q', 'QQ=', 'Q=Q=', 'QUJ_', 'QUJDQ'])('refuses %j', (text) => {
    expect(isBase64(text)).toBe(false);
  });
});
