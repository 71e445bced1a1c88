import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileChange, type Finding, quote } from '@idp/core';

/**
 * Writes a generator's changes into a working tree: every file first beside its place and synced, then
 * renamed, the lock file last. Before the first write all that could refuse has been asked: a link on the way
 * that git does not know (an ignored one) is found here, the rest by the path gate in core.
 *
 * @returns findings when nothing was written
 */
export async function applyChanges(root: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  const refused: Finding[] = [];
  for (const { path } of changes) {
    const link = await linkOnTheWay(root, path);
    if (link !== undefined)
      refused.push({
        code: 'write/refused-path',
        severity: 'error',
        message: `${quote(path)} is not written: ${quote(link)} is a symbolic link`,
        hint: 'replace the link by what it leads to',
      });
  }
  if (refused.length > 0) return refused;
  const ordered = [...changes].sort((a, b) => Number(isLock(a.path)) - Number(isLock(b.path)));
  const staged: { readonly temporary: string; readonly path: string }[] = [];
  try {
    for (const change of ordered) {
      if (change.content === undefined) continue;
      const path = join(root, change.path);
      const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
      await mkdir(dirname(path), { recursive: true });
      staged.push({ temporary, path });
      await writeSynced(temporary, change.content, change.mode === '100755' ? 0o755 : 0o644);
    }
    for (const { temporary, path } of staged) await rename(temporary, path);
    for (const { path, content } of ordered) if (content === undefined) await rm(join(root, path), { force: true });
    return [];
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    if (!isSystemError(error)) throw error;
    return [
      {
        code: 'write/failed',
        severity: 'error',
        message: `the files could not be written: ${error.message}`,
        hint: 'mend that and run it again: it goes on where it stopped',
      },
    ];
  }
}

function isLock(path: string): boolean {
  return path.endsWith('/.idp/lock.yaml');
}

async function writeSynced(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linkOnTheWay(root: string, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const prefix = parts.slice(0, length).join('/');
    try {
      if ((await lstat(join(root, prefix))).isSymbolicLink()) return prefix;
    } catch (error) {
      if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    }
  }
  return undefined;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
