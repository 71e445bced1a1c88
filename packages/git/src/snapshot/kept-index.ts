import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A copy of the repository's index that `git status` has written: beside the files it knows the folders (git's untracked
 * cache), which spares the next `git status` the walk through them.
 */
export interface KeptIndex {
  readonly bytes: Uint8Array;
  /** Seconds: whatever has changed since then, git has to look at ("racy git"). */
  readonly since: number;
}

const format = 'idp-index-1';

/** Where it is kept: beside the store, and like it never needed. */
export function keptIndexFile(gitFolder: string): string {
  return join(gitFolder, 'idp', 'index');
}

/**
 * Names the content of an index by the checksum at its end; by a digest where git was told to write none (`index.skipHash`).
 */
export function indexIdentity(bytes: Uint8Array): string {
  const checksum = bytes.subarray(-20);
  return checksum.some((byte) => byte !== 0)
    ? `${bytes.length} ${Buffer.from(checksum).toString('hex')}`
    : digestOf([bytes]);
}

/**
 * Reads what `writeKeptIndex` wrote.
 *
 * @param identity of the repository's index
 * @returns `undefined` for that of another index, and for anything that is not exactly what was written
 */
export function readKeptIndex(file: string, identity: string): KeptIndex | undefined {
  const content = quietly(() => readFileSync(file));
  const end = content?.indexOf('\n') ?? -1;
  if (content === undefined || end < 0) return undefined;
  const bytes = content.subarray(end + 1);
  const head = content.toString('latin1', 0, end);
  const since = Number(head.split(' ')[1]);
  return Number.isSafeInteger(since) && since >= 0 && head === headOf(identity, since, bytes)
    ? { bytes, since }
    : undefined;
}

/**
 * Keeps an index, whole or not at all; where it cannot be kept nothing else differs.
 *
 * @param age seconds since git began to look at the working tree
 */
export function writeKeptIndex(file: string, identity: string, bytes: Uint8Array, age: number): void {
  const temporary = `${file}-${randomUUID()}.temporary`;
  quietly(() => {
    try {
      writeFileSync(temporary, '', { flag: 'wx', mode: 0o600 });
      // By the clock of the file system, which the files' times are of. A second more, for those that count in twos.
      const since = Math.max(0, Math.floor(statSync(temporary).mtimeMs / 1000 - age) - 1);
      writeFileSync(temporary, Buffer.concat([Buffer.from(`${headOf(identity, since, bytes)}\n`), bytes]));
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

/**
 * Whether a folder's time tells that something came into it or left it, as nearly everywhere. The folder's own file system is
 * tried, and has to be that of the working tree.
 *
 * @param folder is made where it is missing
 */
export function foldersTellTimes(folder: string, root: string): boolean {
  const tried = join(folder, randomUUID());
  const long = new Date('2001-01-01T00:00:00Z');
  const told = (change: () => void): boolean => {
    utimesSync(tried, long, long);
    change();
    return statSync(tried).mtimeMs !== long.getTime();
  };
  return (
    quietly(() => {
      mkdirSync(tried, { recursive: true });
      try {
        const file = join(tried, 'file');
        return (
          statSync(root).dev === statSync(tried).dev &&
          told(() => writeFileSync(file, '')) &&
          told(() => renameSync(file, `${file}-2`)) &&
          told(() => rmSync(`${file}-2`))
        );
      } finally {
        rmSync(tried, { recursive: true, force: true });
      }
    }) ?? false
  );
}

function headOf(identity: string, since: number, bytes: Uint8Array): string {
  return `${format} ${since} ${digestOf([`${identity} ${since}\n`, bytes])}`;
}

function digestOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
