import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { copyOriginal } from '../../packages/git/src/testing/copied-folder.ts';
import { callBin, environment, type Ran, startBin } from './run-bin.ts';

const workspace = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What a platform repository is made of, without the tool's own source. */
const parts = ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml'];

/** Three services that need only each other: what a test copies that is not about the whole company. */
export const threeServices: readonly string[] = ['services/invoices', 'services/payments', 'services/storefront'];

/** A platform repository on disk with a bare remote beside it, removed when the test has finished. */
export interface PlatformRepository {
  readonly root: string;
  readonly remote: string;
  /** The bin, called in a process that stays: see `callBin`. */
  idp(...args: readonly string[]): Promise<Ran>;
  /** The bin in a process of its own, where that is what a test is about. */
  started(...args: readonly string[]): Promise<Ran>;
  /** git in the working tree; its standard output. */
  git(...args: readonly string[]): Promise<string>;
  /** git in the bare remote. */
  remoteGit(...args: readonly string[]): Promise<string>;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  /** Replaces one piece of a file; fails when it is not there. */
  edit(path: string, before: string, after: string): Promise<void>;
  /** Commits everything and pushes it to main. */
  merge(message: string): Promise<void>;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'idp-e2e-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The reference company of this repository as a platform repository of its own, committed and pushed. */
export async function platformRepository(extra: readonly string[] = []): Promise<PlatformRepository> {
  return await platformRepositoryIn(await temporaryFolder(), extra);
}

/** The same in a folder that the caller removes: for tests that share one repository. */
export async function platformRepositoryIn(folder: string, extra: readonly string[] = []): Promise<PlatformRepository> {
  const root = join(folder, 'platform');
  const remote = join(folder, 'remote.git');
  await copyOriginal(`platform ${extra.join(' ')}`, (made) => makePlatform(made, extra), folder);
  const repository = repositoryAt(root, remote);
  await repository.git('config', 'remote.origin.url', remote);
  // The copies are other files to git: unless it looks at them now, every later process would.
  await repository.git('update-index', '-q', '--refresh');
  return repository;
}

async function makePlatform(folder: string, extra: readonly string[]): Promise<void> {
  const root = join(folder, 'platform');
  const remote = join(folder, 'remote.git');
  await mkdir(root);
  const filter = (path: string) => !path.includes('node_modules') && !path.includes('/dist');
  for (const part of [...parts, ...extra])
    await cp(join(workspace, part), join(root, part), { recursive: true, filter });
  const { git, remoteGit, merge } = repositoryAt(root, remote);
  await git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', remote);
  await merge('A platform');
  // Two files to copy instead of a thousand.
  for (const repack of [git, remoteGit]) await repack('repack', '-adq');
}

function repositoryAt(root: string, remote: string): PlatformRepository {
  const gitIn =
    (cwd: string) =>
    async (...args: readonly string[]): Promise<string> =>
      (await run('git', args, { cwd, env: environment })).stdout;
  const git = gitIn(root);
  return {
    root,
    remote,
    idp: (...args) => callBin(root, args),
    started: (...args) => startBin(root, args),
    git,
    remoteGit: gitIn(remote),
    read: (path) => readFile(join(root, path), 'utf8'),
    async write(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    async edit(path, before, after) {
      const text = await readFile(join(root, path), 'utf8');
      if (!text.includes(before)) throw new Error(`${path} does not contain ${before}`);
      await writeFile(join(root, path), text.replace(before, after));
    },
    async merge(message) {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', message);
      await git('push', '--quiet', 'origin', 'main');
    },
  };
}
