import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { LiteralFile } from '@idp/core';
import { temporaryFolder } from './temporary-folder.ts';

export interface TemporaryRepository {
  readonly root: string;
  /** Runs git in the repository; gives back what it printed, without white space at the end. Rejects when git fails. */
  git(...args: readonly string[]): Promise<string>;
  write(files: Readonly<Record<string, LiteralFile>>): Promise<void>;
  /** Commits all that is there; gives back the commit's oid. */
  commit(message?: string): Promise<string>;
}

/** A real repository with an identity, on branch `main`, without a commit; removed after the tests of the file. */
export async function temporaryRepository(
  files: Readonly<Record<string, LiteralFile>> = {},
): Promise<TemporaryRepository> {
  const repository = repositoryAt(await temporaryFolder());
  await repository.git('init', '--quiet', '--initial-branch=main');
  await configure(repository);
  await repository.write(files);
  return repository;
}

export async function configure(repository: TemporaryRepository): Promise<void> {
  await repository.git('config', 'user.name', 'Ada Tester');
  await repository.git('config', 'user.email', 'ada@example.com');
}

/** The repository in a folder where one is. */
export function repositoryAt(root: string): TemporaryRepository {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)('git', args, { cwd: root, maxBuffer: 1e8 });
    return stdout.trimEnd();
  };
  return {
    root,
    git,
    write: (files) => writeFiles(root, files),
    async commit(message = 'a commit') {
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '-m', message);
      return await git('rev-parse', 'HEAD');
    },
  };
}

/** Writes files below a folder; a file of mode 120000 becomes a symbolic link. */
export async function writeFiles(folder: string, files: Readonly<Record<string, LiteralFile>>): Promise<void> {
  for (const [path, file] of Object.entries(files)) {
    const at = join(folder, path);
    await mkdir(dirname(at), { recursive: true });
    const { mode, content } =
      typeof file === 'string' || file instanceof Uint8Array ? { mode: '100644', content: file } : file;
    if (mode === '120000') {
      await symlink(String(content), at);
      continue;
    }
    await writeFile(at, content);
    await chmod(at, mode === '100755' ? 0o755 : 0o644);
  }
}
