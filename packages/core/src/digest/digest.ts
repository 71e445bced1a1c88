import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { sha1Hex, sha256Hex } from './hashes.ts';
import { encodeText } from './text.ts';

/** `sha256:` and 64 hex digits. */
export type Digest = `sha256:${string}`;

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Whether a value of anywhere is a digest as we write them. */
export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && digestPattern.test(value);
}

/** SHA-256 of bytes. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  return `sha256:${sha256Hex(bytes)}`;
}

/** SHA-256 of a text in UTF-8. */
export function digestOfText(text: string): Digest {
  return digestOfBytes(encodeText(text));
}

/** The digest of a value: SHA-256 over its canonical JSON (RFC 8785), so that key order never matters. */
export function digestOfJson(value: Json): Digest {
  return digestOfText(canonicalJson(value));
}

/** The id that git gives to a blob of these bytes: SHA-1 over `blob <length>\0<bytes>` (gitformat-object). */
export function blobId(bytes: Uint8Array): string {
  return sha1Hex(encodeText(`blob ${bytes.length}\0`), bytes);
}
