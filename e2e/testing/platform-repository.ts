import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const workspace = resolve(import.meta.dirname, '../..');
const bin = join(workspace, 'packages/cli/bin/idp.mjs');
const run = promisify(execFile);

/** What a platform repository is made of, without the tool's own source. */
const parts = ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml'];

/** Three services that need only each other: what a test copies that is not about the whole company. */
export const threeServices: readonly string[] = ['services/invoices', 'services/payments', 'services/storefront'];

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A platform repository on disk with a bare remote beside it, removed when the test has finished. */
export interface PlatformRepository {
  readonly root: string;
  readonly remote: string;
  idp(...args: readonly string[]): Promise<Ran>;
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

const identity = {
  GIT_AUTHOR_NAME: 'Robin',
  GIT_AUTHOR_EMAIL: 'robin@example.com',
  GIT_COMMITTER_NAME: 'Robin',
  GIT_COMMITTER_EMAIL: 'robin@example.com',
};
const env = {
  ...process.env,
  ...identity,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  NO_COLOR: '1',
};

/** Runs the bin as a person would, from any folder. */
export async function idpIn(cwd: string, args: readonly string[]): Promise<Ran> {
  try {
    const { stdout, stderr } = await run(process.execPath, [bin, ...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
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
  await mkdir(root);
  for (const part of [...parts, ...extra]) {
    await cp(join(workspace, part), join(root, part), {
      recursive: true,
      filter: (path) => !path.includes('node_modules') && !path.includes('/dist'),
    });
  }
  const git = async (...args: readonly string[]): Promise<string> =>
    (await run('git', args, { cwd: root, env })).stdout;
  const remoteGit = async (...args: readonly string[]): Promise<string> =>
    (await run('git', args, { cwd: remote, env })).stdout;
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote], { env });
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', remote);
  const repository: PlatformRepository = {
    root,
    remote,
    idp: (...args) => idpIn(root, args),
    git,
    remoteGit,
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
  await repository.merge('A platform');
  return repository;
}
