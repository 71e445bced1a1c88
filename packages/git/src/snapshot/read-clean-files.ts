import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotEntry } from '@idp/core';

/** Larger files are git's business: it is asked for them one at a time. */
const maxBytes = 4_000_000;
const slabBytes = 1 << 20;
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
    const bytes = readFile(join(root, path), slabs);
    if (bytes !== undefined && blobIdOf(bytes) === oid) blobs.set(oid, bytes);
  }
  return blobs;
}

function readFile(file: string, slabs: Slabs): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, flags);
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    const bytes = slabs.take(stats.size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, null);
      if (count === 0) return undefined;
      filled += count;
    }
    return bytes;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function blobIdOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Small files share a buffer: ten thousand buffers cost the garbage collector more than their bytes. */
class Slabs {
  private slab = new Uint8Array(0);
  private used = 0;

  take(size: number): Uint8Array {
    if (size > slabBytes / 4) return new Uint8Array(size);
    if (this.used + size > this.slab.length) {
      this.slab = new Uint8Array(slabBytes);
      this.used = 0;
    }
    const bytes = this.slab.subarray(this.used, this.used + size);
    this.used += size;
    return bytes;
  }
}
