import type { Stats } from 'node:fs';
import { access, constants, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileChange, type Finding, refusedPlace, sortFindings } from '@idp/core';
import { isSystemError } from './system-error.ts';

/**
 * What on the disk is in the way of the changes: links, also those that git ignores; folders in place of files; places that
 * this user may not write to.
 */
export async function refusedTargets(root: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  const disk = new Disk(root);
  const findings = await Promise.all(changes.map(({ path }) => obstacle(disk, path)));
  return sortFindings(findings.filter((finding) => finding !== undefined));
}

/** What is there, asked once: many files share their folders. */
class Disk {
  private readonly root: string;
  private readonly stats = new Map<string, Promise<Stats | undefined>>();
  private readonly refused = new Map<string, Promise<Finding | undefined>>();

  constructor(root: string) {
    this.root = root;
  }

  at(path: string): Promise<Stats | undefined> {
    return known(this.stats, path, () => statsOf(join(this.root, path)));
  }

  notWritable(path: string): Promise<Finding | undefined> {
    return known(this.refused, path, () => notWritable(this.root, path));
  }
}

function known<T>(answers: Map<string, Promise<T>>, path: string, ask: () => Promise<T>): Promise<T> {
  const answer = answers.get(path) ?? ask();
  answers.set(path, answer);
  return answer;
}

async function statsOf(file: string): Promise<Stats | undefined> {
  return await lstat(file).catch((error: unknown) => {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  });
}

async function obstacle(disk: Disk, path: string): Promise<Finding | undefined> {
  const parts = path.split('/');
  let folder = '.';
  for (let length = 1; length <= parts.length; length += 1) {
    const prefix = parts.slice(0, length).join('/');
    const found = await disk.at(prefix);
    // Only the last folder that is there is written to.
    if (found === undefined) return disk.notWritable(folder);
    if (found.isSymbolicLink()) return refusedPlace(prefix, 'a symbolic link');
    const wanted = length === parts.length ? found.isFile() : found.isDirectory();
    if (wanted) {
      if (found.isDirectory()) folder = prefix;
      continue;
    }
    if (found.isDirectory()) return refusedPlace(prefix, 'a folder, not a file');
    return refusedPlace(prefix, found.isFile() ? 'a file, not a folder' : 'neither a file nor a folder');
  }
  return (await disk.notWritable(folder)) ?? (await disk.notWritable(path));
}

async function notWritable(root: string, path: string): Promise<Finding | undefined> {
  try {
    await access(join(root, path), constants.W_OK);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // A tree that is on no disk (a test's) has nothing that could refuse.
    return error.code === 'ENOENT' ? undefined : refusedPlace(path, 'not yours to write');
  }
}
