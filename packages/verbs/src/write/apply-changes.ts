import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileChange, type Finding, inWriteOrder } from '@idp/core';
import { refusedTargets } from './refused-targets.ts';
import { withStagingFolder } from './staging-folder.ts';
import { isSystemError } from './system-error.ts';
import { withoutInterruption } from './without-interruption.ts';

/**
 * Writes a generator's changes into a working tree: every file is first written elsewhere and synced, then all
 * are renamed into their places, what makes them whole (a lock) last. A signal waits until that is done; a power cut leaves each
 * file as it was or as it will be, and another run completes what is missing. Before the first write all that
 * could refuse has been asked: what git does not know of (an ignored link) is found here, the rest by the
 * path gate in core.
 *
 * @param root the repository's top level
 * @returns findings when not everything was written
 */
export async function applyChanges(root: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  if (changes.length === 0) return [];
  const refused = await refusedTargets(root, changes);
  if (refused.length > 0) return refused;
  try {
    await withoutInterruption(() => withStagingFolder(root, (staging) => write(root, staging, changes)));
    return [];
  } catch (error) {
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

async function write(root: string, staging: string, changes: readonly FileChange[]): Promise<void> {
  const ordered = inWriteOrder(changes);
  const staged: { readonly from: string; readonly to: string }[] = [];
  for (const [index, { path, content, mode }] of ordered.entries()) {
    if (content === undefined) continue;
    const from = join(staging, String(index));
    writeSynced(from, content, mode === '100755' ? 0o777 : 0o666);
    staged.push({ from, to: join(root, path) });
  }
  for (const folder of new Set(staged.map(({ to }) => dirname(to)))) await mkdir(folder, { recursive: true });
  for (const { from, to } of staged) await rename(from, to);
  for (const { path, content } of ordered) if (content === undefined) await rm(join(root, path), { force: true });
}

/** Synchronous: a file at a time, twenty of them cost a third of what promises do. */
function writeSynced(path: string, content: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content, 'utf8');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
