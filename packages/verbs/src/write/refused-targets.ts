import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileChange, type Finding, quote } from '@idp/core';
import { isSystemError } from './system-error.ts';

/** Which changes cannot be written for what is on the disk: links on the way, folders where a file is to be. */
export async function refusedTargets(root: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  const reasons = changes.map(async ({ path }): Promise<readonly Finding[]> => {
    const reason = await obstacle(root, path);
    if (reason === undefined) return [];
    return [
      {
        code: 'write/refused-path',
        severity: 'error',
        message: `${quote(path)} is not written: ${reason.what}`,
        hint: reason.hint,
      },
    ];
  });
  return (await Promise.all(reasons)).flat();
}

async function obstacle(root: string, path: string): Promise<{ what: string; hint: string } | undefined> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const prefix = parts.slice(0, length).join('/');
    const found = await lstat(join(root, prefix)).catch((error: unknown) => {
      if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    if (found.isSymbolicLink())
      return { what: `${quote(prefix)} is a symbolic link`, hint: 'replace the link by what it leads to' };
    const wanted = length === parts.length ? found.isFile() : found.isDirectory();
    if (wanted) continue;
    const kind = found.isDirectory() ? 'a folder' : found.isFile() ? 'a file' : 'neither a file nor a folder';
    return { what: `${quote(prefix)} is ${kind}`, hint: 'move it out of the way' };
  }
  return undefined;
}
