import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { SnapshotEntry } from '@idp/core';

/** Larger files are git's business: it is asked for them one at a time. */
const maxBytes = 4_000_000;
const slabBytes = 1 << 20;
/** One read is enough for a smaller file. */
const smallFile = 1 << 16;
/** Room for `blob <size>\0` before the content. */
const headBytes = 32;
/** Never waits for a pipe, never follows a link. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * The bytes of those entries whose file in the working tree is, byte for byte, what git has stored: the content's own id
 * says so, whatever attributes, filters and somebody else do meanwhile. Most are; git has to be asked for the others.
 *
 * To read a file takes a quarter of what git needs to find, inflate and hand over the object.
 *
 * @returns bytes by oid
 */
export function readCleanFiles(root: string, entries: Iterable<SnapshotEntry>): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  const slabs = new Slabs();
  for (const { path, mode, oid } of entries) {
    if ((mode !== '100644' && mode !== '100755') || blobs.has(oid)) continue;
    const bytes = readFile(`${root}/${path}`, slabs, oid);
    if (bytes !== undefined) blobs.set(oid, bytes);
  }
  return blobs;
}

/** The content, when it has this id: what is no file, or not all of one, has another. */
function readFile(file: string, slabs: Slabs, oid: string): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, flags);
    const place = slabs.place();
    const count = readSync(descriptor, place, headBytes, place.length - headBytes, null);
    if (count < place.length - headBytes) return blobIn(place, count, oid) ? slabs.take(count) : undefined;
    return readLarge(descriptor, oid);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What did not fit into a slab, by the size that the file system says. */
function readLarge(descriptor: number, oid: string): Uint8Array | undefined {
  const stats = fstatSync(descriptor);
  if (!stats.isFile() || stats.size > maxBytes) return undefined;
  const place = Buffer.allocUnsafeSlow(headBytes + stats.size);
  let filled = 0;
  while (filled < stats.size) {
    const count = readSync(descriptor, place, headBytes + filled, stats.size - filled, filled);
    if (count === 0) return undefined;
    filled += count;
  }
  return blobIn(place, filled, oid) ? asBytes(place, headBytes, filled) : undefined;
}

/** Whether what stands behind the head's place is a blob of this id; writes the head that git hashes with it. */
function blobIn(place: Buffer, size: number, oid: string): boolean {
  const head = `blob ${size}\0`;
  const start = headBytes - head.length;
  place.write(head, start, 'latin1');
  return hash('sha1', place.subarray(start, headBytes + size), 'hex') === oid;
}

function asBytes({ buffer, byteOffset }: Buffer, start: number, size: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start, size);
}

/** Small files share a buffer: ten thousand buffers cost the garbage collector more than their bytes. */
class Slabs {
  private slab = Buffer.alloc(0);
  private used = 0;

  /** Room for a head and a small file. */
  place(): Buffer {
    if (this.used + headBytes + smallFile > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(slabBytes);
      this.used = 0;
    }
    return this.slab.subarray(this.used, this.used + headBytes + smallFile);
  }

  /** What was read into the place: the next one is behind it. */
  take(size: number): Uint8Array {
    const bytes = asBytes(this.slab, this.used + headBytes, size);
    this.used += headBytes + size;
    return bytes;
  }
}
