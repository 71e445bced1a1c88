import { decodeText, furtherFiles, isPlatformPath, NotLoadedError, type Snapshot } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { type TemporaryRepository, temporaryRepository } from '../testing/temporary-repository.ts';
import { loadCommitSnapshot } from './commit-snapshot.ts';
import type { SnapshotOptions } from './snapshot-options.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

const location = (target: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: a }\nspec: { target: ${target} }\n`;
const files = {
  'catalog-info.yaml': location('./org/all.yaml'),
  'org/all.yaml': location('./people/*.yaml'),
  'org/people/ada.yaml': 'kind: User\n',
  'org/other.yaml': 'kind: User\n',
  'org/sub': { mode: '120000', content: 'people' } as const,
};
const options = { wanted: ({ path }: { path: string }) => isPlatformPath(path), further: furtherFiles };

const adapters: readonly (readonly [
  string,
  (repository: TemporaryRepository, options: SnapshotOptions) => Promise<Snapshot | undefined>,
  /** Whether git is asked for what it has stored; the files of a working tree are there to be read. */
  asksGit: boolean,
])[] = [
  ['a working tree with untracked files', ({ root }, given) => loadWorkingTreeSnapshot(root, given), false],
  [
    'a commit',
    async (repository, given) =>
      (await loadCommitSnapshot(repository.root, await repository.commit(), given))?.snapshot,
    true,
  ],
];

describe.each(adapters)('%s', (_, load, asksGit) => {
  it('has what the wanted files lead to, and nothing else', async () => {
    const processes: string[] = [];
    const onProcess = (argv: readonly string[]) =>
      void processes.push(argv.includes('cat-file') ? 'cat-file' : 'other');
    const snapshot = await load(await temporaryRepository(files), { ...options, onProcess });
    const read = (path: string) => decodeText(snapshot?.read(path) ?? new Uint8Array());
    expect(read('org/people/ada.yaml')).toBe('kind: User\n');
    expect(read('org/all.yaml')).toBe(files['org/all.yaml']);
    expect(() => snapshot?.read('org/sub')).toThrow(NotLoadedError);
    expect(processes.filter((name) => name === 'cat-file')).toHaveLength(asksGit ? 3 : 0);
  });

  it('reads once where nothing leads further', async () => {
    const processes: string[] = [];
    const onProcess = (argv: readonly string[]) => void processes.push(...argv.filter((word) => word === 'cat-file'));
    await load(await temporaryRepository({ 'catalog/a.yaml': 'kind: User\n', b: '' }), { ...options, onProcess });
    expect(processes).toEqual(asksGit ? ['cat-file'] : []);
  });

  it('ends where what leads further says always the same', async () => {
    const snapshot = await load(await temporaryRepository({ a: 'a', b: 'b' }), {
      wanted: () => false,
      further: () => new Set(['a', 'not there']),
    });
    expect(snapshot?.read('a')).toBeDefined();
    expect(() => snapshot?.read('b')).toThrow(NotLoadedError);
  });
});
