import { decodeText, type LiteralFile, NotLoadedError, type Snapshot, type Wanted } from '@idp/core';
import type { Tree } from '@nx/devkit';
import { FsTree } from '@nx/devkit/internal';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import {
  type ContractFiles,
  normalisationContract,
  snapshotContract,
  wantedContract,
} from '../../../../git/src/testing/snapshot-contract.ts';
import { temporaryRepository } from '../../../../git/src/testing/temporary-repository.ts';
import { walkOf } from './testing/walk-of.ts';
import { treeSnapshot } from './tree-snapshot.ts';

/** A tree over a repository that has the files on disk, without a recorded change. */
async function untouchedTree(files: ContractFiles): Promise<Tree> {
  const { root } = await temporaryRepository(files);
  return new FsTree(root, false);
}

/** A tree over an empty repository with the files as recorded changes; Nx cannot record symbolic links. */
async function recordedTree(files: ContractFiles): Promise<Tree> {
  const onDisk = Object.entries(files).filter(([, file]) => isLink(file));
  const tree = await untouchedTree(Object.fromEntries(onDisk));
  for (const [path, file] of Object.entries(files)) {
    if (isLink(file)) continue;
    const { content, mode } = typeof file === 'object' && 'mode' in file ? file : { content: file, mode: '100644' };
    const bytes = Buffer.from(content);
    if (mode === '100755') tree.write(path, bytes, { mode: 0o755 });
    else tree.write(path, bytes);
  }
  return tree;
}

function isLink(file: LiteralFile): boolean {
  return typeof file === 'object' && 'mode' in file && file.mode === '120000';
}

function snapshotOf(tree: Tree, wanted?: Wanted): Promise<Snapshot> {
  return treeSnapshot(tree, walkOf(tree), wanted);
}

function paths(snapshot: Snapshot): readonly string[] {
  return snapshot.list().map(({ path }) => path);
}

function text(snapshot: Snapshot, path: string): string | undefined {
  return decodeText(snapshot.read(path) ?? new Uint8Array());
}

snapshotContract("Nx's tree without changes", async (files) => snapshotOf(await untouchedTree(files)));
snapshotContract("Nx's tree of changes", async (files) => snapshotOf(await recordedTree(files)));
normalisationContract("Nx's tree of changes", async (files) => snapshotOf(await recordedTree(files)));
wantedContract("Nx's tree", async (files, wanted) => snapshotOf(await untouchedTree(files), wanted));

describe('the snapshot of a tree', () => {
  it('has recorded changes on top of what is on disk', async () => {
    const tree = await untouchedTree({ changed: 'old', removed: 'x', kept: 'y', run: { mode: '100755', content: '' } });
    tree.write('changed', 'new');
    tree.write('created/file', 'z');
    tree.write('run', 'more');
    tree.delete('removed');
    const snapshot = await snapshotOf(tree);
    expect(paths(snapshot)).toEqual(['changed', 'created/file', 'kept', 'run']);
    expect(text(snapshot, 'changed')).toBe('new');
    expect(snapshot.entry('run')?.mode).toBe('100755');
  });

  it('lacks every file of a folder that was deleted', async () => {
    const tree = await untouchedTree({ 'folder/a': '1', 'folder/sub/b': '2', 'folder-like': '3', c: '4' });
    tree.write('folder/a', 'changed before');
    tree.delete('folder');
    expect(paths(await snapshotOf(tree))).toEqual(['c', 'folder-like']);
  });

  it('knows permissions that a generator has changed', async () => {
    const tree = await untouchedTree({ script: '#!/bin/sh\n' });
    tree.changePermissions('script', '755');
    expect((await snapshotOf(tree)).entry('script')?.mode).toBe('100755');
  });

  it('leaves out what git ignores', async () => {
    const tree = await untouchedTree({ '.gitignore': 'dist/\n', 'dist/main.js': '', a: '' });
    expect(paths(await snapshotOf(tree))).toEqual(['.gitignore', 'a']);
  });

  it('works without a repository, from what the tree shows', async () => {
    const tree = createTreeWithEmptyWorkspace();
    tree.write('services/checkout/score.yaml', 'a: 1\n');
    tree.write('run', '', { mode: 0o755 });
    const snapshot = await snapshotOf(tree);
    expect(paths(snapshot)).toContain('services/checkout/score.yaml');
    expect(text(snapshot, 'services/checkout/score.yaml')).toBe('a: 1\n');
    expect(snapshot.entry('run')?.mode).toBe('100755');
  });
});

it('has the files that a recorded change of the catalog leads to, whatever was wanted before', async () => {
  const tree = await untouchedTree({ 'idp.yaml': 'kind: Platform\n', 'apis/a.yaml': 'kind: API\n', 'apis/b.yaml': '' });
  tree.write('catalog/all.yaml', 'kind: Location\nspec: { target: ../apis/a.yaml }\n');
  const snapshot = await snapshotOf(tree, ({ path }) => path.startsWith('catalog/'));
  expect(text(snapshot, 'apis/a.yaml')).toBe('kind: API\n');
  expect(() => snapshot.read('apis/b.yaml')).toThrow(NotLoadedError);
});
