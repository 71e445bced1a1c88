import { beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryRepository, temporaryRepository } from '../testing/temporary-repository.ts';
import { readCommitted } from './read-committed.ts';

describe('files of many commits', () => {
  let repository: TemporaryRepository;
  const commits: string[] = [];
  beforeAll(async () => {
    repository = await temporaryRepository({ 'a/b.txt': 'first\n', 'c d': 'x' });
    for (const content of [undefined, 'second\n']) {
      if (content !== undefined) await repository.write({ 'a/b.txt': content });
      await repository.commit();
      commits.push((await repository.git('rev-parse', 'HEAD')).trim());
    }
  });

  it('are read by two processes, and what is not there is told from a commit that is not here', async () => {
    const processes: (readonly string[])[] = [];
    const [first = '', second = ''] = commits;
    const gone = '1'.repeat(40);
    const paths = ['a/b.txt', 'c d', 'nothing', 'a'];
    const files = [first, second, gone].flatMap((commit) => paths.map((path) => ({ commit, path })));
    const read = await readCommitted(repository.root, files, { onProcess: (argv) => void processes.push(argv) });
    const texts = files.map((file) => {
      const bytes = read(file);
      return bytes ? new TextDecoder().decode(bytes) : bytes;
    });
    expect(texts).toEqual([
      'first\n',
      'x',
      null,
      undefined,
      'second\n',
      'x',
      null,
      undefined,
      ...Array(4).fill(undefined),
    ]);
    expect(processes).toHaveLength(2);
  });

  it('are none for none, without a process', async () => {
    const processes: (readonly string[])[] = [];
    const read = await readCommitted(repository.root, [], { onProcess: (argv) => void processes.push(argv) });
    expect(read({ commit: commits[0] ?? '', path: 'a/b.txt' })).toBeUndefined();
    expect(processes).toEqual([]);
  });
});
