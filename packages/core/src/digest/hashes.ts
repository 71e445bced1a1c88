import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * The hash functions, in JavaScript alone, because core imports nothing of Node. The bin's build puts Node's own in their place
 * (packages/cli/src/native-hashes.ts): a process that lives for a fifth of a second never gets these compiled.
 */

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** SHA-1 over one text after the other, in lower-case hexadecimal. */
export function sha1Hex(first: Uint8Array, second: Uint8Array): string {
  return bytesToHex(sha1.create().update(first).update(second).digest());
}
