import { literalSnapshot, type Snapshot } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ContractFiles,
  normalisationContract,
  snapshotContract,
  wantedContract,
} from '../testing/snapshot-contract.ts';
import { type TemporaryRepository, temporaryRepository } from '../testing/temporary-repository.ts';
import { loadCommitSnapshot } from './commit-snapshot.ts';
import { loadOverlaySnapshot } from './overlay-snapshot.ts';
import type { SnapshotOptions } from './snapshot-options.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

async function ofCommit(files: ContractFiles, options: SnapshotOptions = {}): Promise<Snapshot> {
  const repository = await temporaryRepository(files);
  return await atHead(repository, options);
}

async function atHead(repository: TemporaryRepository, options: SnapshotOptions = {}): Promise<Snapshot> {
  const loaded = await loadCommitSnapshot(repository.root, await repository.commit(), options);
  if (loaded === undefined) throw new Error('the commit was not found');
  return loaded.snapshot;
}

async function ofUntracked(files: ContractFiles, options: SnapshotOptions = {}): Promise<Snapshot> {
  return await loadWorkingTreeSnapshot((await temporaryRepository(files)).root, options);
}

async function ofClean(files: ContractFiles, options: SnapshotOptions = {}): Promise<Snapshot> {
  const repository = await temporaryRepository(files);
  await repository.commit();
  return await loadWorkingTreeSnapshot(repository.root, options);
}

/** Attributes come from the working tree: an overlay is made over the repository that it will be written to. */
async function ofOverlay(files: ContractFiles): Promise<Snapshot> {
  const { root } = await temporaryRepository();
  const literal = literalSnapshot(files);
  const changes = literal.list().map(({ path, mode }) => ({ path, mode, content: literal.read(path) }));
  return await loadOverlaySnapshot(root, literalSnapshot({}), changes);
}

snapshotContract('a literal snapshot', async (files) => literalSnapshot(files));
snapshotContract('a commit', ofCommit);
snapshotContract('a working tree with untracked files', ofUntracked);
snapshotContract('a clean working tree', ofClean);
snapshotContract('an overlay', ofOverlay);

normalisationContract('a commit', ofCommit);
normalisationContract('a working tree with untracked files', ofUntracked);
normalisationContract('a clean working tree', ofClean);
normalisationContract('an overlay', ofOverlay);

wantedContract('a commit', (files, wanted) => ofCommit(files, { wanted }));
wantedContract('a working tree with untracked files', (files, wanted) => ofUntracked(files, { wanted }));
wantedContract('a clean working tree', (files, wanted) => ofClean(files, { wanted }));

describe('commit and working tree of the same random files', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => !/[/\0]/.test(text) && !/^\.+$/.test(text) && !/^\.?git/i.test(text));
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `f-${segments.join('/')}`);
  const content = fc.oneof(fc.string(), fc.uint8Array(), fc.constant('one\r\ntwo\r\n'));
  const mode = fc.constantFrom('100644' as const, '100755' as const);
  const files = fc
    .dictionary(path, fc.record({ content, mode }), { maxKeys: 8, noNullPrototype: true })
    .filter((record) => {
      const paths = Object.keys(record);
      return !paths.some((one) => paths.some((other) => other.startsWith(`${one}/`)));
    });

  it('agree with each other, with an overlay, and with git ls-tree', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom('', '* text=auto\n'), async (random, attributes) => {
        const repository = await temporaryRepository({ '.gitattributes': attributes, ...random });
        const untracked = await loadWorkingTreeSnapshot(repository.root);
        const overlay = await loadOverlaySnapshot(
          repository.root,
          literalSnapshot({ '.gitattributes': attributes }),
          Object.entries(random).map(([path, file]) => ({
            path,
            mode: file.mode,
            content: new Uint8Array(Buffer.from(file.content)),
          })),
        );
        const commit = await atHead(repository);
        const clean = await loadWorkingTreeSnapshot(repository.root);
        const listing = await repository.git('ls-tree', '-r', '-z', 'HEAD');
        const expected = listing.split('\0').filter((line) => line !== '');
        expect(
          commit
            .list()
            .map(({ path, mode, oid }) => `${mode} blob ${oid}\t${path}`)
            .sort(),
        ).toEqual(expected.sort());
        for (const snapshot of [untracked, overlay, clean]) {
          expect(snapshot.list()).toEqual(commit.list());
          for (const { path } of commit.list()) {
            expect(snapshot.read(path)).toEqual(commit.read(path));
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
