import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { repositoryAt, temporaryRepository } from '../testing/temporary-repository.ts';
import { findRepositoryRoot } from './find-repository-root.ts';
import { commitSubject, isAncestor, isShallow, mergeBase } from './history.ts';
import { resolveCommit } from './resolve-commit.ts';

describe('findRepositoryRoot', () => {
  it('finds the top level from any folder', async () => {
    const { root } = await temporaryRepository({ 'a/b c/d': 'x' });
    expect(await findRepositoryRoot(join(root, 'a/b c'))).toBe(root);
    expect(await findRepositoryRoot(root)).toBe(root);
  });

  it('finds none outside a working tree', async () => {
    const folder = await temporaryFolder();
    const { root } = await temporaryRepository({ file: 'x' });
    const bare = join(folder, 'bare');
    await mkdir(bare);
    await repositoryAt(bare).git('init', '--quiet', '--bare');
    for (const place of [folder, join(folder, 'missing'), join(root, 'file'), join(root, '.git'), bare]) {
      expect([place, await findRepositoryRoot(place)]).toEqual([place, undefined]);
    }
  });
});

describe('history', () => {
  async function forked() {
    const repository = await temporaryRepository({ a: '0' });
    const base = await repository.commit('the base\n\nwith a body');
    await repository.git('checkout', '--quiet', '-b', 'side');
    await repository.write({ a: '1' });
    const side = await repository.commit('side: ünïcödé');
    await repository.git('checkout', '--quiet', 'main');
    await repository.write({ a: '2' });
    const main = await repository.commit('main');
    await repository.git('checkout', '--quiet', '--orphan', 'alone');
    return { ...repository, base, side, main, alone: await repository.commit('alone') };
  }

  it('knows ancestors', async () => {
    const { root, base, side, main } = await forked();
    expect(await isAncestor(root, base, 'main')).toBe(true);
    expect(await isAncestor(root, main, main)).toBe(true);
    expect(await isAncestor(root, side, main)).toBe(false);
    expect(await isAncestor(root, main, base)).toBe(false);
    expect(await isAncestor(root, 'f'.repeat(40), main)).toBe(false);
    expect(await isAncestor(root, '--help', main)).toBe(false);
  });

  it('knows where two commits parted', async () => {
    const { root, base, alone } = await forked();
    expect(await mergeBase(root, 'main', 'side')).toBe(base);
    expect(await mergeBase(root, 'main', alone)).toBeUndefined();
    expect(await mergeBase(root, 'main', 'nowhere')).toBeUndefined();
  });

  it('knows commits and their subjects', async () => {
    const { root, base, side } = await forked();
    expect(await resolveCommit(root, 'side')).toBe(side);
    expect(await commitSubject(root, base)).toBe('the base');
    expect(await commitSubject(root, 'side')).toBe('side: ünïcödé');
    expect(await commitSubject(root, 'nowhere')).toBeUndefined();
  });

  it('knows that it is cut', async () => {
    const { root } = await forked();
    const clone = repositoryAt(await temporaryFolder());
    await clone.git('clone', '--quiet', '--depth=1', '--branch=main', `file://${root}`, '.');
    expect([await isShallow(root), await isShallow(clone.root)]).toEqual([false, true]);
  });
});
