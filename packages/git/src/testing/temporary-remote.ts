import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { configure, repositoryAt, type TemporaryRepository } from './temporary-repository.ts';

export interface TemporaryRemote extends Pick<TemporaryRepository, 'root' | 'git'> {
  /** A clone of it, with an identity. */
  clone(): Promise<TemporaryRepository>;
  /** Installs a hook: the text of a shell script after its first line. */
  hook(name: 'pre-receive' | 'update', script: string): Promise<void>;
  /** The oid of a branch, empty when there is none. */
  tip(branch: string): Promise<string>;
}

/** A real bare repository, as a forge would have it. */
export async function temporaryRemote(): Promise<TemporaryRemote> {
  const remote = repositoryAt(await temporaryFolder());
  await remote.git('init', '--quiet', '--bare', '--initial-branch=main');
  return {
    ...remote,
    async clone() {
      const clone = repositoryAt(await temporaryFolder());
      await clone.git('clone', '--quiet', remote.root, '.');
      await configure(clone);
      return clone;
    },
    async hook(name, script) {
      const path = join(remote.root, 'hooks', name);
      await writeFile(path, `#!/bin/sh\n${script}\n`);
      await chmod(path, 0o755);
    },
    tip: (branch) => remote.git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`),
  };
}
