import { chmod, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryRepository } from '../testing/temporary-repository.ts';
import { loadPartOfWorkingTree } from './part-of-working-tree.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

const files = {
  'a/one': '1\n',
  'a/run': { mode: '100755', content: '#!/bin/sh\n' },
  'a/link': { mode: '120000', content: 'one' },
  'a/deep/two': '2\n',
  'A/other': 'x',
  'b/not-asked-for': 'x',
} as const;

type Repository = Awaited<ReturnType<typeof temporaryRepository>>;

async function committed(): Promise<Repository> {
  const repository = await temporaryRepository(files);
  await repository.commit();
  return repository;
}

/** The processes, after both ways have said the same of the part. */
async function load({ root }: Repository, pathspec: string, isIn: RegExp): Promise<readonly string[]> {
  const processes: string[] = [];
  const onProcess = (argv: readonly string[]) => processes.push(argv[0] ?? '');
  const part = await loadPartOfWorkingTree(root, { pathspecs: [pathspec], onProcess });
  const whole = await loadWorkingTreeSnapshot(root);
  const entries = whole.list().filter(({ path }) => isIn.test(path));
  expect(part.list()).toEqual(entries);
  for (const { path } of entries) expect([path, part.read(path)]).toEqual([path, whole.read(path)]);
  return processes;
}

describe('a part of the working tree', () => {
  it('is read by one process where the files are as git has them', async () => {
    const repository = await committed();
    expect(await load(repository, 'a', /^a\//)).toEqual(['ls-files']);
    expect(await load(repository, ':(icase)a', /^a\//i)).toEqual(['ls-files']);
    expect(await load(repository, 'nothing', /^$/)).toEqual(['ls-files']);
  });

  it.each<readonly [string, (repository: Repository) => Promise<unknown>]>([
    ['edited', ({ write }) => write({ 'a/one': '1\n2\n' })],
    ['new', ({ write }) => write({ 'a/new': 'x' })],
    ['gone', ({ root }) => rm(join(root, 'a/one'))],
    ['executable', ({ root }) => chmod(join(root, 'a/one'), 0o755)],
    ['no longer executable', ({ root }) => chmod(join(root, 'a/run'), 0o644)],
    [
      'a link now',
      async ({ root }) => {
        await rm(join(root, 'a/one'));
        await symlink('deep/two', join(root, 'a/one'));
      },
    ],
    [
      'a folder now',
      async ({ root, write }) => {
        await rm(join(root, 'a/one'));
        await write({ 'a/one/inner': 'x' });
      },
    ],
    [
      'behind a link',
      async ({ root }) => {
        await rename(join(root, 'a'), join(root, 'moved'));
        await symlink('moved', join(root, 'a'));
      },
    ],
    [
      'staged',
      async ({ write, git }) => {
        await write({ 'a/one': 'staged\n' });
        await git('add', 'a/one');
        await write({ 'a/one': 'later\n' });
      },
    ],
  ])('is what git would store of a file that is %s', async (_, change) => {
    const repository = await committed();
    await change(repository);
    await load(repository, 'a', /^a(\/|$)/);
  });

  it('has the line endings of git where the working tree has CRLF', async () => {
    const repository = await temporaryRepository({ '.gitattributes': '* text=auto\n', 'a/one': '1\r\n2\r\n' });
    await repository.commit();
    expect((await load(repository, 'a', /^a\//)).length).toBeLessThanOrEqual(6);
    const part = await loadPartOfWorkingTree(repository.root, { pathspecs: ['a'] });
    expect(Buffer.from(part.read('a/one') ?? []).toString()).toBe('1\n2\n');
  });
});
