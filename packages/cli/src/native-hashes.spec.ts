import { blobId, digestOfBytes } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha1Hex, sha256Hex } from './native-hashes.ts';

describe('the hashes of the build', () => {
  it('are those that core makes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(`sha256:${sha256Hex(bytes)}`).toBe(digestOfBytes(bytes));
        expect(sha1Hex(Buffer.from(`blob ${bytes.length}\0`), bytes)).toBe(blobId(bytes));
      }),
    );
  });
});
