import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@idp/core';

/** How much a folder may hold; what was not used for longest goes first. */
export interface StoreLimits {
  readonly files: number;
  readonly bytes: number;
}

const defaultLimits: StoreLimits = { files: 32, bytes: 256_000_000 };
const format = 'idp-store-1';
const entryName = /^[0-9a-f]{32}\.entry$/;
const temporaryName = /^\.[0-9a-f-]{36}\.temporary$/;
/** A run that ended in mid-write leaves its file behind; nobody writes for so long. */
const abandonedAfter = 3_600_000;

/**
 * A store in a folder, one file an entry (docs/decisions.md, "The store"). It never fails: what cannot be read, or is not
 * exactly what was written, is not there, and what cannot be written is forgotten. Runs at the same time see whole
 * entries only.
 *
 * @param folder is made when something is first stored; nothing else is kept there
 */
export function fileStore(folder: string, limits: StoreLimits = defaultLimits): Store {
  return {
    get: (key) => quietly(() => read(join(folder, nameOf(key)), key)),
    set(key, value) {
      quietly(() => {
        write(folder, nameOf(key), Buffer.from(`${key}\n${value}`));
        makeRoom(folder, limits);
      });
    },
  };
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function nameOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.entry`;
}

function read(file: string, key: string): string | undefined {
  const content = readFileSync(file);
  const head = `${format} ${'0'.repeat(64)}\n`.length;
  const body = content.subarray(head);
  if (content.toString('latin1', 0, head) !== headOf(body)) return undefined;
  const start = Buffer.byteLength(key) + 1;
  if (body.toString('utf8', 0, start) !== `${key}\n`) return undefined;
  const now = new Date();
  quietly(() => utimesSync(file, now, now));
  return body.toString('utf8', start);
}

function headOf(body: Uint8Array): string {
  return `${format} ${createHash('sha256').update(body).digest('hex')}\n`;
}

function write(folder: string, name: string, body: Buffer): void {
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.temporary`);
  try {
    // Not synced: after a power cut the checksum says that the entry is not there.
    writeFileSync(temporary, Buffer.concat([Buffer.from(headOf(body)), body]), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, name));
  } finally {
    rmSync(temporary, { force: true });
  }
}

function makeRoom(folder: string, limits: StoreLimits): void {
  const entries: { readonly file: string; readonly size: number; readonly mtimeMs: number }[] = [];
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (temporaryName.test(name) && stat.mtimeMs < Date.now() - abandonedAfter) rmSync(file, { force: true });
    else if (entryName.test(name)) entries.push({ file, size: stat.size, mtimeMs: stat.mtimeMs });
  }
  let bytes = 0;
  entries.sort((a, b) => b.mtimeMs - a.mtimeMs);
  for (const [index, { file, size }] of entries.entries()) {
    bytes += size;
    if (index >= limits.files || bytes > limits.bytes) rmSync(file, { force: true });
  }
}
