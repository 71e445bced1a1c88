import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repositoryState } from '../testing/repository-state.ts';
import { type TemporaryRepository, temporaryRepository } from '../testing/temporary-repository.ts';
import { foldersTellTimes, indexIdentity, keptIndexFile, readKeptIndex, writeKeptIndex } from './kept-index.ts';
import { withWorkingTree } from './working-tree-snapshot.ts';

async function looked({ root }: TemporaryRepository, remember: boolean) {
  const processes: string[] = [];
  const onProcess = (argv: readonly string[]) =>
    void processes.push(argv.find((word) => /^[a-z]+(-[a-z]+)?$/.test(word)) ?? '');
  const seen = await withWorkingTree(root, { remember, onProcess }, async ({ listing, id }) => ({
    entries: listing.entries,
    id,
  }));
  return { seen, processes };
}
const keptIn = ({ root }: TemporaryRepository) => keptIndexFile(join(root, '.git'));
const folders = ['a', 'a/b', 'a/b/c', 'd', 'new', 'new/er'];
const names = ['one', 'two', 'three.log'];

type Step = (repository: TemporaryRepository) => Promise<unknown>;
const place = fc
  .tuple(fc.constantFrom('.', ...folders), fc.constantFrom(...names))
  .map(([folder, name]) => `${folder}/${name}`);
const quietly = (work: Promise<unknown>) => work.catch(() => undefined);
const step: fc.Arbitrary<readonly [string, Step]> = fc.oneof(
  fc
    .tuple(place, fc.constantFrom('x', 'y', 'zz'))
    .map(([path, content]): readonly [string, Step] => [
      `write ${path}`,
      (repository) => quietly(repository.write({ [path]: content })),
    ]),
  place.map((path): readonly [string, Step] => [
    `remove ${path}`,
    ({ root }) => rm(join(root, path), { recursive: true, force: true }),
  ]),
  fc
    .constantFrom(...folders)
    .map((path): readonly [string, Step] => [
      `remove ${path}/`,
      ({ root }) => rm(join(root, path), { recursive: true, force: true }),
    ]),
  fc
    .tuple(fc.constantFrom(...folders), fc.constantFrom(...folders))
    .map(([from, to]): readonly [string, Step] => [
      `move ${from} ${to}`,
      ({ root }) => quietly(rename(join(root, from), join(root, to))),
    ]),
  fc
    .tuple(fc.constantFrom('.', ...folders), fc.constantFrom('*.log\n', 'one\n', '/b/\n', '!one\n'))
    .map(([folder, content]): readonly [string, Step] => [
      `ignore ${folder}`,
      (repository) => quietly(repository.write({ [`${folder}/.gitignore`]: content })),
    ]),
  fc
    .constantFrom('*.log\n', 'two\n', '')
    .map((content): readonly [string, Step] => [
      'exclude',
      ({ root }) => writeFile(join(root, '.git/info/exclude'), content),
    ]),
  fc
    .constantFrom('add', 'commit', 'rm', 'repository')
    .map((what): readonly [string, Step] => [
      what,
      (repository) =>
        what === 'commit'
          ? quietly(repository.commit())
          : what === 'add'
            ? quietly(repository.git('add', 'a'))
            : what === 'rm'
              ? quietly(repository.git('rm', '-r', '--quiet', '--cached', 'a/b'))
              : quietly(repository.git('init', '--quiet', 'd/inner')),
    ]),
);

describe('a working tree that git has looked at before', () => {
  it('is what it is for who looks for the first time, whatever happened in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 5 }), async (rounds) => {
        const repository = await temporaryRepository({ 'a/one': 'x', 'a/b/two': 'x', 'd/three.log': 'x' });
        await repository.commit();
        await looked(repository, true);
        for (const steps of rounds) {
          for (const [, act] of steps) await act(repository);
          const { seen } = await looked(repository, true);
          expect(seen).toEqual((await looked(repository, false)).seen);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is looked at by what was kept, until the index is another', async () => {
    const repository = await temporaryRepository({ 'a/one': 'x', 'a/two': 'x' });
    await repository.commit();
    expect((await looked(repository, true)).processes).toEqual(['rev-parse', 'config', 'status', 'ls-files']);
    expect((await readFile(keptIn(repository))).includes('UNTR')).toBe(true);
    await repository.write({ 'b/new': 'x', 'a/one': 'y' });
    const { seen, processes } = await looked(repository, true);
    expect(seen.entries.map(({ path }) => path)).toEqual(['a/one', 'a/two', 'b/new']);
    expect(processes).toEqual(['rev-parse', 'status', 'update-index', 'ls-files']);
    await repository.git('add', 'b');
    expect((await looked(repository, true)).processes).toContain('config');
  });

  it('is not believed from a copy that is damaged', async () => {
    const repository = await temporaryRepository({ 'a/one': 'x', 'b/two': 'x' });
    await repository.commit();
    await repository.write({ 'b/three': 'x' });
    const { seen } = await looked(repository, true);
    const kept = await readFile(keptIn(repository));
    for (const at of [0, 15, 40, 100, kept.indexOf('UNTR') + 20, kept.length - 1]) {
      const bytes = Buffer.from(kept);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await writeFile(keptIn(repository), bytes);
      expect((await looked(repository, true)).seen).toEqual(seen);
      await truncate(keptIn(repository), at);
      expect((await looked(repository, true)).seen).toEqual(seen);
    }
  });

  it('is asked for anew when git refuses the copy', async () => {
    const repository = await temporaryRepository({ 'a/one': 'x' });
    await repository.commit();
    const { seen } = await looked(repository, true);
    const identity = indexIdentity(await readFile(join(repository.root, '.git/index')));
    writeKeptIndex(keptIn(repository), identity, Buffer.from('no index'), 0);
    const again = await looked(repository, true);
    expect(again.seen).toEqual(seen);
    expect(again.processes.filter((name) => name === 'status')).toHaveLength(2);
  });

  it('leaves nothing where it is not asked to, and where the repository says no', async () => {
    const repository = await temporaryRepository({ a: 'x' });
    await looked(repository, true);
    await repository.commit();
    const before = await repositoryState(join(repository.root, '.git'));
    await looked(repository, false);
    expect(await repositoryState(join(repository.root, '.git'))).toEqual(before);
    await repository.git('config', 'core.untrackedCache', 'false');
    await looked(repository, true);
    await expect(stat(keptIn(repository))).rejects.toThrow();
    await repository.git('config', 'core.untrackedCache', 'keep');
    await looked(repository, true);
    await stat(keptIn(repository));
  });
});

describe('what is kept of an index', () => {
  it('is of that index alone, and as old as the look at the files', async () => {
    const { root } = await temporaryRepository();
    const file = join(root, 'kept');
    const bytes = Buffer.from('some bytes\nof an index');
    const now = Date.now() / 1000;
    writeKeptIndex(file, 'one', bytes, 100);
    expect(Buffer.from(readKeptIndex(file, 'one')?.bytes ?? [])).toEqual(bytes);
    expect(Math.abs((readKeptIndex(file, 'one')?.since ?? 0) - now + 101)).toBeLessThan(20);
    expect(readKeptIndex(file, 'other')).toBeUndefined();
    expect(readKeptIndex(join(root, 'missing'), 'one')).toBeUndefined();
    writeKeptIndex(join(root, 'missing/kept'), 'one', bytes, 0);
  });

  it('names an index without a checksum by all of it', () => {
    const skipped = (content: string) => indexIdentity(Buffer.concat([Buffer.from(content), Buffer.alloc(20)]));
    expect(skipped('a')).not.toBe(skipped('b'));
    expect(skipped('a')).toBe(skipped('a'));
  });

  it('is only for folders that tell when something comes into them', async () => {
    const { root } = await temporaryRepository();
    expect(foldersTellTimes(join(root, '.git/idp'), root)).toBe(true);
    expect(foldersTellTimes(join(root, '.git/idp'), '/proc')).toBe(false);
    await mkdir(join(root, 'd'));
    await writeFile(join(root, 'd/file'), '');
    expect(foldersTellTimes(join(root, 'd/file'), root)).toBe(false);
  });
});
