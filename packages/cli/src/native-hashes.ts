import { createHash, hash } from 'node:crypto';

/** What is in the build instead of packages/core/src/digest/hashes.ts: the same answers, by code that is compiled already. */

export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

export function sha1Hex(first: Uint8Array, second: Uint8Array): string {
  return createHash('sha1').update(first).update(second).digest('hex');
}
