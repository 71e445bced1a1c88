import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for what the tests make once and copy, removed after the last (e2e/testing/prepare-run.ts). */
    readonly originals: string;
  }
}

const originals = new Map<string, Promise<string>>();

/**
 * Copies what is made only once in a run of the tests: a repository of hundreds of files costs many processes.
 *
 * @param name what names it, in the whole run
 * @param make fills an empty folder
 * @param to an existing folder
 */
export async function copyOriginal(name: string, make: (folder: string) => Promise<void>, to: string): Promise<void> {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  const original = originals.get(digest) ?? makeOriginal(join(inject('originals'), digest), make);
  originals.set(digest, original);
  await promisify(execFile)('cp', ['-Rp', `${await original}/.`, to]);
}

/** Another process of the tests may make the same: it is moved to its name when it is whole. */
async function makeOriginal(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  const made = await mkdtemp(`${folder}-`);
  await make(made);
  await rename(made, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return folder;
}
