import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type GitRun, gitOutput, runGit } from '../process/run-git.ts';
import { foldersTellTimes, indexIdentity, keptIndexFile, readKeptIndex, writeKeptIndex } from './kept-index.ts';
import { type Scratch, scratchSettings } from './scratch.ts';

const statusArgv = [
  'status',
  '--porcelain=v2',
  '-z',
  '--untracked-files=all',
  '--no-renames',
  '--ignore-submodules=dirty',
];

/** git keeps what it finds untracked for who has set what `--untracked-files` says, and for nobody else (since 2.37). */
const cacheSettings = [...scratchSettings, '-c', 'core.untrackedCache=true', '-c', 'status.showUntrackedFiles=all'];

/** What git says of the working tree, by a copy of the index in the scratch. */
export async function statusOf(
  root: string,
  scratch: Scratch,
  run: GitRun,
  limited: readonly string[] = [],
): Promise<Buffer> {
  await scratch.copyIndex();
  return await gitOutput(root, [...statusArgv, ...limited], run);
}

/**
 * The same, at less cost from the second time on: the copy of the index that git has written then is kept, with what is
 * untracked in each folder, and as long as the repository's own index is the same, git is given that copy. It looks at the
 * time of each folder then instead of reading it (git-update-index, "Untracked cache").
 *
 * Nothing is kept where folders do not tell, and where somebody has set `core.untrackedCache` to false.
 */
export async function rememberedStatus(root: string, scratch: Scratch, run: GitRun): Promise<Buffer> {
  const index = await readFile(scratch.index).catch(() => undefined);
  if (index === undefined) return await statusOf(root, scratch, run);
  const identity = indexIdentity(index);
  const file = keptIndexFile(scratch.gitFolder);
  const kept = readKeptIndex(file, identity);
  const began = performance.now();
  if (kept === undefined) {
    const allowed = foldersTellTimes(dirname(file), root) && (await mayCache(root, run));
    if (!allowed) return await statusOf(root, scratch, run);
    await scratch.copyIndex();
  } else {
    await writeFile(scratch.ownIndex, kept.bytes);
    await utimes(scratch.ownIndex, kept.since, kept.since);
  }
  const before = await stat(scratch.ownIndex, { bigint: true });
  const environment = { ...run.environment, GIT_OPTIONAL_LOCKS: '1' };
  const status = await runGit(root, [...cacheSettings, ...statusArgv], { ...run, environment });
  // Whatever git has against the copy, it may not have against the index itself, which then says what is wrong.
  if (status.exitCode !== 0) return await statusOf(root, scratch, run);
  const after = await stat(scratch.ownIndex, { bigint: true });
  if (after.ino !== before.ino || after.mtimeNs !== before.mtimeNs)
    writeKeptIndex(file, identity, await readFile(scratch.ownIndex), (performance.now() - began) / 1000);
  return status.stdout;
}

const settingArgv = ['config', '--type=bool', '--get', 'core.untrackedCache'];

/** Whatever else it is set to, or when it is not set, is no objection. */
async function mayCache(root: string, run: GitRun): Promise<boolean> {
  const { stdout } = await runGit(root, settingArgv, run);
  return stdout.toString('latin1').trim() !== 'false';
}
