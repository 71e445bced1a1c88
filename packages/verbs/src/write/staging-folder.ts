import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const hour = 3_600_000;

/**
 * Runs `work` with an empty folder on the same file system as the working tree, and removes it afterwards. It is
 * inside git's own folder, so that what a killed process leaves behind is never seen, nor committed, by anyone;
 * the next run removes it when it is an hour old.
 */
export async function withStagingFolder<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = await stagingParent(root);
  const folder = join(parent, randomBytes(8).toString('hex'));
  await mkdir(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await removeStale(parent);
  }
}

/** A rename works within one file system only, and a worktree's git folder may be on another. */
async function stagingParent(root: string): Promise<string> {
  const git = await gitFolder(root);
  const same = git !== undefined && (await stat(git)).dev === (await stat(root)).dev;
  return same ? join(git, 'idp-staging') : join(root, '.idp-staging');
}

/** `.git` is a folder, or in a worktree or submodule a file that names one (gitrepository-layout). */
async function gitFolder(root: string): Promise<string | undefined> {
  const path = join(root, '.git');
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return path;
  if (found === undefined) return undefined;
  const [, named] = /^gitdir: (.+?)\s*$/.exec(await readFile(path, 'utf8')) ?? [];
  return named === undefined ? undefined : resolve(root, named);
}

async function removeStale(parent: string): Promise<void> {
  const names = await readdir(parent);
  const ages = await Promise.all(names.map((name) => stat(join(parent, name)).catch(() => undefined)));
  const stale = names.filter((_, index) => Date.now() - (ages[index]?.mtimeMs ?? Date.now()) > hour);
  await Promise.all(stale.map((name) => rm(join(parent, name), { recursive: true, force: true })));
  if (names.length === stale.length) await rm(parent, { recursive: true, force: true });
}
