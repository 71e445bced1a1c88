import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileChange, type Finding, refusedPlace, sortFindings } from '@idp/core';
import { isSystemError } from './system-error.ts';

/** What on the disk is in the way of the changes: links, also those that git ignores; folders in place of files. */
export async function refusedTargets(root: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  const findings = await Promise.all(changes.map(({ path }) => obstacle(root, path)));
  return sortFindings(findings.filter((finding) => finding !== undefined));
}

async function obstacle(root: string, path: string): Promise<Finding | undefined> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const prefix = parts.slice(0, length).join('/');
    const found = await lstat(join(root, prefix)).catch((error: unknown) => {
      if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) return refusedPlace(prefix, 'a symbolic link');
    const wanted = length === parts.length ? found.isFile() : found.isDirectory();
    if (wanted) continue;
    if (found.isDirectory()) return refusedPlace(prefix, 'a folder, not a file');
    return refusedPlace(prefix, found.isFile() ? 'a file, not a folder' : 'neither a file nor a folder');
  }
  return undefined;
}
