import { describe, expect, it } from 'vitest';
import { temporaryRepository } from '../testing/temporary-repository.ts';
import { loadCommitSnapshot } from './commit-snapshot.ts';

describe('a commit', () => {
  it('is found by any name', async () => {
    const repository = await temporaryRepository({ a: '1' });
    const first = await repository.commit();
    await repository.git('tag', '-a', '-m', 'a tag', 'v1');
    await repository.write({ a: '2' });
    await repository.commit();
    for (const rev of [first, first.slice(0, 10), 'main~1', 'v1', 'HEAD^']) {
      const loaded = await loadCommitSnapshot(repository.root, rev);
      expect([rev, loaded?.commit, loaded?.snapshot.read('a')]).toEqual([rev, first, Uint8Array.from([0x31])]);
    }
  });

  it.each(['nowhere', '', '--help', '-h', '--all', 'HEAD:a', 'HEAD^{tree}', 'a..b', 'HEAD HEAD', 'a\0b', 'a\nb'])(
    'is not found by %j',
    async (rev) => {
      const repository = await temporaryRepository({ a: '1' });
      await repository.commit();
      expect(await loadCommitSnapshot(repository.root, rev)).toBeUndefined();
    },
  );

  it('is not found in a repository without one, and may have no files', async () => {
    const repository = await temporaryRepository();
    expect(await loadCommitSnapshot(repository.root, 'HEAD')).toBeUndefined();
    await repository.commit();
    expect((await loadCommitSnapshot(repository.root, 'HEAD'))?.snapshot.list()).toEqual([]);
  });

  it('takes three processes for any number of files, equal or not', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, `${index % 50}`]));
    const repository = await temporaryRepository(files);
    await repository.commit();
    const commands: string[] = [];
    const onProcess = (argv: readonly string[]) => commands.push(argv[0] ?? '');
    const loaded = await loadCommitSnapshot(repository.root, 'HEAD', { onProcess });
    expect(commands).toEqual(['rev-parse', 'ls-tree', 'cat-file']);
    expect(loaded?.snapshot.list()).toHaveLength(200);
  });

  it('is itself though somebody replaced it or its files by git replace', async () => {
    const repository = await temporaryRepository({ a: 'real' });
    await repository.commit();
    await repository.write({ b: 'fake' });
    const fake = await repository.git('hash-object', '-w', 'b');
    await repository.git('replace', await repository.git('rev-parse', 'HEAD:a'), fake);
    const loaded = await loadCommitSnapshot(repository.root, 'HEAD');
    expect(Buffer.from(loaded?.snapshot.read('a') ?? []).toString()).toBe('real');
  });
});
