import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobId, digestOfBytes, digestOfJson, digestOfText, isDigest } from './digest.ts';
import { decodeText, encodeText } from './text.ts';

describe('sha256', () => {
  it.each([
    ['', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      'sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of %j is the vector of FIPS 180-4', (text, digest) => {
    expect(digestOfText(text)).toBe(digest);
    expect(isDigest(digest)).toBe(true);
  });

  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(digestOfBytes(bytes)).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
      }),
    );
  });

  it('of a value does not depend on the order of keys', () => {
    expect(digestOfJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe(digestOfJson({ a: null, b: [1, { c: 2, d: 1 }] }));
    expect(digestOfJson({ a: 1 })).toBe(digestOfText('{"a":1}'));
    expect(digestOfJson([1, 2])).not.toBe(digestOfJson([2, 1]));
  });

  it.each(['', 'sha256:', `sha256:${'A'.repeat(64)}`, `sha256:${'a'.repeat(63)}`, `sha1:${'a'.repeat(64)}`, 1, null])(
    'is not %j',
    (value) => {
      expect(isDigest(value)).toBe(false);
    },
  );
});

describe("git's blob id", () => {
  it('is known for the empty blob and for a greeting', () => {
    expect(blobId(new Uint8Array())).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
    expect(blobId(encodeText('hello world\n'))).toBe('3b18e512dba79e4c8300dd08aeb37f8e728b8dad');
  });

  it('is what git itself gives', () => {
    const folder = mkdtempSync(join(tmpdir(), 'blob-id-'));
    try {
      const blobs = fc.sample(fc.uint8Array({ maxLength: 2000 }), 40);
      const paths = blobs.map((bytes, index) => {
        const path = join(folder, String(index));
        writeFileSync(path, bytes);
        return path;
      });
      const { stdout } = spawnSync('git', ['hash-object', '--no-filters', '--stdin-paths'], {
        input: paths.join('\n'),
        cwd: folder,
      });
      expect(stdout.toString().trim().split('\n')).toEqual(blobs.map(blobId));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('text', () => {
  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
    );
  });

  it('loses a byte order mark, and is refused when it is not UTF-8', () => {
    expect(decodeText(encodeText('\ufeffa'))).toBe('a');
    expect(decodeText(Uint8Array.of(0xc3, 0x28))).toBeUndefined();
    expect(decodeText(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined();
  });
});
