import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** An empty folder that is removed when the test file is done (remove-folders.ts). */
export async function temporaryFolder(): Promise<string> {
  // Some systems have a link for their temporary folder, and git answers with real paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'idp-test-')));
  folders.push(folder);
  return folder;
}

export async function removeTemporaryFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
