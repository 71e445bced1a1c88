import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange } from '@idp/core';
import { FsTree } from '@nx/devkit/internal';
import { flushChanges } from 'nx/src/generators/tree';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../git/src/testing/temporary-folder.ts';
import { temporaryRepository } from '../../../../git/src/testing/temporary-repository.ts';
import { walkOf } from './testing/walk-of.ts';
import { treeSnapshot } from './tree-snapshot.ts';
import { writeChanges } from './write-changes.ts';

const granted = ['services/a'];
const file = (path: string): FileChange => ({ path, content: 'new\n' });

async function write(root: string, changes: readonly FileChange[]) {
  const tree = new FsTree(root, false);
  const findings = await writeChanges(tree, changes, granted, await treeSnapshot(tree, walkOf(tree)));
  return {
    tree,
    recorded: tree.listChanges().map(({ path }) => path),
    messages: findings.map(({ message }) => message),
  };
}

describe('changes on the way to Nx', () => {
  it.each(['../x', 'services/a/../../x', '/etc/x', 'services/b/x', 'services/a/.git/hooks/x'])(
    'never leave by %s',
    async (path) => {
      const { root } = await temporaryRepository();
      const { recorded, messages } = await write(root, [file('services/a/fine'), file(path)]);
      expect([recorded, messages.length]).toEqual([[], 1]);
    },
  );

  it.each([
    ['a folder', 'services/a', false],
    ['a folder that git ignores', 'services/a/node_modules', true],
  ])('never go through a link: %s', async (_, linked, ignored) => {
    const outside = await temporaryFolder();
    const { root, commit } = await temporaryRepository({ '.gitignore': 'node_modules\n', 'services/x': '' });
    await mkdir(dirname(join(root, linked)), { recursive: true });
    await symlink(outside, join(root, linked));
    if (!ignored) await commit();
    const { recorded, messages } = await write(root, [file('services/a/fine'), file(`${linked}/x`)]);
    expect([recorded, messages]).toEqual([
      [],
      expect.arrayContaining([`nothing was written: "${linked}" is a symbolic link`]),
    ]);
    expect(await readdir(outside)).toEqual([]);
  });

  it.each([
    ['a file, not a folder', 'services/a/node_modules', 'services/a/node_modules/x'],
    ['a folder, not a file', 'services/a/node_modules/x/y', 'services/a/node_modules/x'],
  ])('are refused as a whole where an ignored place is %s', async (what, there, path) => {
    const { root } = await temporaryRepository({ '.gitignore': 'node_modules\n' });
    await mkdir(dirname(join(root, there)), { recursive: true });
    await writeFile(join(root, there), 'theirs');
    const { recorded, messages } = await write(root, [file('services/a/fine'), file(path)]);
    expect([recorded, messages]).toEqual([[], [expect.stringContaining(`is ${what}`)]]);
  });

  it('come in an order in which what makes the others whole is the last: Nx stops where a disk is full', async () => {
    const { root } = await temporaryRepository();
    const changes = ['services/a/.idp/lock.yaml', 'services/a/b', 'services/a/c'].map(file);
    const { tree, recorded } = await write(root, changes);
    expect(recorded).toEqual(['services/a/b', 'services/a/c', 'services/a/.idp/lock.yaml']);
    // As after a full disk: the fault is in the place of the second file.
    await mkdir(join(root, 'services/a/c'), { recursive: true });
    expect(() => flushChanges(root, tree.listChanges())).toThrow();
    expect(await readFile(join(root, 'services/a/b'), 'utf8')).toBe('new\n');
    expect(await readdir(join(root, 'services/a'))).not.toContain('.idp');
  });
});
