import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { library } from '../../cel/function-declaration.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

const hexadecimal = (hash: Hash) => ({
  evaluate: (text: string): string => bytesToHex(hash(utf8ToBytes(text))),
  cost: (text: string): number => text.length / 16,
});

/** Kyverno's checksums (kyverno/sdk, cel/libs/hash). */
export const hashLibrary = library('kyverno.hash', {
  functions: {
    'sha1(string): string': hexadecimal(sha1),
    'sha256(string): string': hexadecimal(sha256),
    'md5(string): string': hexadecimal(md5),
    'hash.sha1(string): string': hexadecimal(sha1),
    'hash.sha256(string): string': hexadecimal(sha256),
    'hash.md5(string): string': hexadecimal(md5),
  },
});
