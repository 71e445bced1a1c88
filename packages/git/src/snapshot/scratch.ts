import { copyFile, mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../process/git-environment.ts';
import { gitOutput, type OnProcess } from '../process/run-git.ts';

/** A temporary index and object store, so that git can hash files without writing to the user's repository. */
export interface Scratch {
  readonly folder: string;
  readonly gitFolder: string;
  /** The repository's own index; there is none before something was added. */
  readonly index: string;
  /** The copy of it. */
  readonly ownIndex: string;
  /** Copies the repository's index into the scratch; what runs with `environment` works on the copy. */
  copyIndex(): Promise<void>;
  /** Makes git read and write the scratch, and read the repository's objects as well. */
  readonly environment: Environment;
}

/** Settings for processes that write to the scratch. */
export const scratchSettings = [
  // A CRLF that would not survive a round trip is to be normalised as `git add` does, not refused.
  'core.safecrlf=false',
  // A split index would put its shared part into the user's repository.
  'core.splitIndex=false',
  'core.looseCompression=0',
].flatMap((setting) => ['-c', setting]);

/**
 * Runs `work` with a scratch and removes the scratch after it, come what may.
 *
 * @param root the repository's top level
 */
export async function withScratch<T>(
  root: string,
  onProcess: OnProcess | undefined,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const argv = ['rev-parse', '--path-format=absolute', '--git-dir', '--git-path', 'index', '--git-path', 'objects'];
  const paths = (await gitOutput(root, argv, { onProcess })).toString('utf8').split('\n');
  const [gitFolder = '', index = '', objects = ''] = paths;
  const folder = await mkdtemp(join(tmpdir(), 'idp-git-'));
  try {
    const scratchIndex = join(folder, 'index');
    const scratchObjects = join(folder, 'objects');
    await mkdir(scratchObjects);
    return await work({
      folder,
      gitFolder,
      index,
      ownIndex: scratchIndex,
      copyIndex: () => copyIndex(index, scratchIndex),
      environment: {
        GIT_INDEX_FILE: scratchIndex,
        GIT_OBJECT_DIRECTORY: scratchObjects,
        // Quoted as in C, so that a path may hold the separator.
        GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${objects.replaceAll(/["\\]/g, '\\$&')}"`,
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A repository in which nothing was ever added has no index: nothing is copied then. */
async function copyIndex(from: string, to: string): Promise<void> {
  const found = await stat(from).catch(() => undefined);
  if (found === undefined) return;
  await copyFile(from, to);
  // git compares the index's own time with that of each file to know when equal sizes and times prove nothing
  // ("racy git"): a copy that looks newer would hide changes made within the same second.
  const seconds = Math.floor(found.mtimeMs / 1000);
  await utimes(to, seconds, seconds);
}
