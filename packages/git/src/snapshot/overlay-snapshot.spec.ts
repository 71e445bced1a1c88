import { join } from 'node:path';
import { encodeText, literalSnapshot, NotLoadedError, type Snapshot, snapshotOf } from '@idp/core';
import { expect, it } from 'vitest';
import { repositoryState } from '../testing/repository-state.ts';
import { temporaryRepository } from '../testing/temporary-repository.ts';
import { loadOverlaySnapshot } from './overlay-snapshot.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

const text = (snapshot: Snapshot, path: string) => Buffer.from(snapshot.read(path) ?? []).toString();
const paths = (snapshot: Snapshot) => snapshot.list().map((entry) => entry.path);

it('has the base with files added, replaced and gone', async () => {
  const { root } = await temporaryRepository();
  const base = literalSnapshot({ keep: 'a', edit: { mode: '100755', content: 'b' }, remove: 'c' });
  const snapshot = await loadOverlaySnapshot(root, base, [
    { path: 'edit', content: encodeText('B') },
    { path: 'remove', content: undefined },
    { path: 'never-there', content: undefined },
    { path: 'new', content: encodeText('d'), mode: '100755' },
  ]);
  expect(snapshot.list()).toEqual(
    literalSnapshot({
      keep: 'a',
      edit: { mode: '100755', content: 'B' },
      new: { mode: '100755', content: 'd' },
    }).list(),
  );
  expect([text(snapshot, 'keep'), text(snapshot, 'edit'), snapshot.read('remove')]).toEqual(['a', 'B', undefined]);
});

it('puts a file in the place of a folder and a folder in the place of a file', async () => {
  const { root } = await temporaryRepository();
  const snapshot = await loadOverlaySnapshot(root, literalSnapshot({ 'a/b/c': 'x', 'a/b.c': 'x', d: 'x' }), [
    { path: 'a/b', content: encodeText('\r\n') },
    { path: 'd/e', content: encodeText('\r\n') },
  ]);
  expect(paths(snapshot)).toEqual(['a/b', 'a/b.c', 'd/e']);
});

it('equals the working tree after the same changes were written', async () => {
  const repository = await temporaryRepository({
    '.gitattributes': '*.txt text\nauto* text=auto\n*.up filter=upper\n',
    'sub/.gitattributes': '*.txt -text\n',
    'auto-crlf': 'stored\n',
  });
  await repository.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  await repository.git('-c', 'core.attributesFile=/dev/null', 'add', '.gitattributes');
  const stored = await repository.git('hash-object', '-w', '--no-filters', 'auto-crlf');
  await repository.git('update-index', '--add', '--cacheinfo', `100644,${stored},auto-crlf`);
  await repository.commit();
  const base = await loadWorkingTreeSnapshot(repository.root);
  const files = {
    'a.txt': 'one\r\n',
    'sub/b.txt': 'one\r\n',
    'sub/deep/auto.txt': 'one\r\n',
    'auto-crlf': 'one\r\n',
    'x.up': 'shout\n',
    plain: 'one\n',
  };
  const before = await repositoryState(join(repository.root, '.git'));
  const overlay = await loadOverlaySnapshot(
    repository.root,
    base,
    Object.entries(files).map(([path, content]) => ({ path, content: encodeText(content) })),
  );
  expect(await repositoryState(join(repository.root, '.git'))).toEqual(before);
  await repository.write(files);
  const written = await loadWorkingTreeSnapshot(repository.root);
  expect(overlay.list()).toEqual(written.list());
  expect(['a.txt', 'sub/b.txt', 'x.up'].map((path) => text(overlay, path))).toEqual(['one\n', 'one\r\n', 'SHOUT\n']);
  for (const path of paths(written)) expect(text(overlay, path)).toBe(text(written, path));
});

it('leaves CRLF alone in a text=auto file that the base has with CRLF', async () => {
  const repository = await temporaryRepository({ a: 'one\r\n' });
  await repository.commit();
  await repository.write({ '.gitattributes': '* text=auto\n' });
  const base = await loadWorkingTreeSnapshot(repository.root);
  const overlay = await loadOverlaySnapshot(repository.root, base, [{ path: 'a', content: encodeText('1\r\n2\r\n') }]);
  expect(text(overlay, 'a')).toBe('1\r\n2\r\n');
});

it('is one process when nothing needs normalising, and none without changes', async () => {
  const { root } = await temporaryRepository({ '.gitattributes': '* text=auto eol=lf\n' });
  const commands: string[] = [];
  const onProcess = (argv: readonly string[]) => commands.push(argv[0] ?? '');
  const change = { path: 'a', content: encodeText('one\n') };
  await loadOverlaySnapshot(root, literalSnapshot({}), [], { onProcess });
  await loadOverlaySnapshot(root, literalSnapshot({}), [change, { ...change, path: 'b' }], { onProcess });
  expect(commands).toEqual(['check-attr']);
});

it('keeps unreadable what the base was told not to load', async () => {
  const { root } = await temporaryRepository();
  const base = snapshotOf(literalSnapshot({ a: 'x' }).list(), () => undefined);
  const overlay = await loadOverlaySnapshot(root, base, [{ path: 'b', content: encodeText('y') }]);
  expect(() => overlay.read('a')).toThrow(NotLoadedError);
});

it.each(['../outside', '/etc/passwd', 'a/../../b', '.git/config', 'sub/.GIT/hooks/x', '', 'a//b', 'a\0b'])(
  'refuses to take a change at %j',
  async (path) => {
    const { root } = await temporaryRepository();
    const change = { path, content: encodeText('x\r\n') };
    await expect(loadOverlaySnapshot(root, literalSnapshot({}), [change])).rejects.toThrow('passed the path gate');
  },
);
