import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tree } from '@nx/devkit';
import { FsTree } from '@nx/devkit/internal';
import { vi } from 'vitest';
import { copyOriginal } from '../../../packages/git/src/testing/copied-folder.ts';
import { temporaryFolder } from '../../../packages/git/src/testing/temporary-folder.ts';
import {
  configure,
  repositoryAt,
  type TemporaryRepository,
} from '../../../packages/git/src/testing/temporary-repository.ts';

const workspace = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const parts = ['catalog', 'capabilities', 'environments', 'policies', 'idp.yaml', '.gitattributes'];

/** The company of this repository, without its services, in a repository of its own. */
export async function companyRepository(): Promise<TemporaryRepository> {
  const repository = repositoryAt(await temporaryFolder());
  await copyOriginal('company', makeCompany, repository.root);
  // The copies are other files to git: unless it looks at them now, every later process would.
  await repository.git('update-index', '-q', '--refresh');
  return repository;
}

async function makeCompany(folder: string): Promise<void> {
  const repository = repositoryAt(folder);
  await repository.git('init', '--quiet', '--initial-branch=main');
  await configure(repository);
  const filter = (path: string) => !/\/(node_modules|dist)(\/|$)/.test(path);
  for (const part of parts) await cp(join(workspace, part), join(folder, part), { recursive: true, filter });
  await repository.commit('a company');
  // Two files to copy instead of hundreds.
  await repository.git('repack', '-adq');
}

/** Runs a generator as Nx does: on a tree of its own, whose changes are written when it has succeeded. */
export async function runAsNx(root: string, generate: (tree: Tree) => Promise<void>): Promise<readonly string[]> {
  const tree = new FsTree(root, false);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await generate(tree).finally(() => said.mockRestore());
  const changes = tree.listChanges();
  for (const { path, content, options } of changes) {
    const file = join(root, path);
    if (content === null) {
      await rm(file, { recursive: true });
      continue;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    if (options?.mode !== undefined) await chmod(file, options.mode);
  }
  return changes.map(({ path }) => path).sort();
}
