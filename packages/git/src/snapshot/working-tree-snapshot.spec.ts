import { execFileSync } from 'node:child_process';
import { chmod, readFile, rename, rm, symlink, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { blobId, encodeText, NotLoadedError, type Snapshot } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { linesOf, repositoryState } from '../testing/repository-state.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { configure, repositoryAt, temporaryRepository, writeFiles } from '../testing/temporary-repository.ts';
import { loadWorkingTreeSnapshot } from './working-tree-snapshot.ts';

const paths = (snapshot: Snapshot) => snapshot.list().map((entry) => entry.path);
const text = (snapshot: Snapshot, path: string) => Buffer.from(snapshot.read(path) ?? []).toString();

describe('the working tree', () => {
  it('is what git add --all would store, whatever happened to the files', async () => {
    const repository = await temporaryRepository({
      clean: 'clean\n',
      edited: 'before\n',
      staged: 'before\n',
      'staged-and-edited': 'before\n',
      deleted: 'x',
      'deleted-staged': 'x',
      'deleted-staged-but-there': 'x',
      renamed: 'renamed\n',
      'file-to-link': 'x',
      'link-to-file': { mode: '120000', content: 'clean' },
      'file-to-folder': 'x',
      'folder-to-file/inside': 'x',
      'folder-to-link/inside': 'x',
      'becomes-executable': 'x',
      '.gitignore': '*.log\n/ignored/\n',
      'tracked.log': 'tracked though ignored\n',
    });
    const { root, git } = repository;
    await git('add', '--force', 'tracked.log');
    await repository.commit();
    await repository.write({ edited: 'after\n', staged: 'after\n', 'staged-and-edited': 'between\n' });
    await git('add', 'staged', 'staged-and-edited');
    await repository.write({ 'staged-and-edited': 'after\n', 'debug.log': 'x', 'ignored/x': 'x', untracked: 'x' });
    await repository.write({ 'new\nfolder/intent': 'to add\n', 'gone-intent': 'x', 'tracked.log': 'edited\n' });
    await git('add', '--intent-to-add', 'new\nfolder/intent', 'gone-intent');
    await git('rm', '--quiet', '--cached', 'deleted-staged-but-there');
    await git('rm', '--quiet', 'deleted-staged');
    for (const path of ['deleted', 'gone-intent', 'file-to-link', 'link-to-file', 'file-to-folder'])
      await unlink(join(root, path));
    await rename(join(root, 'renamed'), join(root, 'new-name'));
    await rename(join(root, 'folder-to-link'), join(root, 'folder-behind-link'));
    await rm(join(root, 'folder-to-file'), { recursive: true });
    await symlink('clean', join(root, 'file-to-link'));
    await symlink('folder-behind-link', join(root, 'folder-to-link'));
    await repository.write({ 'link-to-file': 'x', 'file-to-folder/inside': 'x', 'folder-to-file': 'x' });
    await chmod(join(root, 'becomes-executable'), 0o755);

    const snapshot = await loadWorkingTreeSnapshot(root);

    await git('add', '--all');
    const stored = (await git('ls-files', '-s', '-z')).split('\0').filter((line) => line !== '');
    expect(
      snapshot
        .list()
        .map(({ path, mode, oid }) => `${mode} ${oid} 0\t${path}`)
        .sort(),
    ).toEqual(stored.sort());
    for (const { path, oid } of snapshot.list()) expect(blobId(snapshot.read(path) ?? new Uint8Array([1]))).toBe(oid);
  });

  it('has untracked files, and symbolic links as their targets, before the first commit', async () => {
    const { root } = await temporaryRepository({ a: 'x', link: { mode: '120000', content: '/etc/passwd' } });
    const snapshot = await loadWorkingTreeSnapshot(root);
    expect(paths(snapshot)).toEqual(['a', 'link']);
    expect(text(snapshot, 'link')).toBe('/etc/passwd');
    expect(paths(await loadWorkingTreeSnapshot((await temporaryRepository()).root))).toEqual([]);
  });

  it('reads files in conflict as they are on disk', async () => {
    const repository = await temporaryRepository({ both: 'base\n', 'their-delete': 'base\n' });
    const { root, git } = repository;
    await repository.commit();
    await git('checkout', '--quiet', '-b', 'other');
    await repository.write({ both: 'theirs\n' });
    await unlink(join(root, 'their-delete'));
    await repository.commit();
    await git('checkout', '--quiet', 'main');
    await repository.write({ both: 'ours\n', 'their-delete': 'ours\n' });
    await repository.commit();
    await expect(git('merge', '--quiet', 'other')).rejects.toThrow();

    const conflicting = await loadWorkingTreeSnapshot(root);
    expect(text(conflicting, 'both')).toBe('<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n');
    expect(text(conflicting, 'their-delete')).toBe('ours\n');
    await unlink(join(root, 'both'));
    expect(paths(await loadWorkingTreeSnapshot(root))).toEqual(['their-delete']);
  });

  it('keeps submodules without bytes and does not look into other repositories', async () => {
    const inner = await temporaryRepository({ inside: 'x' });
    const oid = await inner.commit();
    const repository = await temporaryRepository({ a: 'x' });
    const { root, git } = repository;
    await git('-c', 'protocol.file.allow=always', 'clone', '--quiet', inner.root, 'module');
    await git('add', 'module');
    await repository.commit();
    await git('clone', '--quiet', inner.root, 'nested/untracked');
    await writeFiles(join(root, 'module'), { dirt: 'x' });

    const snapshot = await loadWorkingTreeSnapshot(root);
    expect(snapshot.list().map(({ path, mode }) => `${mode} ${path}`)).toEqual(['100644 a', '160000 module']);
    expect(snapshot.entry('module')?.oid).toBe(oid);
    expect(snapshot.read('module')).toBeUndefined();
  });

  it('sees an edit of the same size within the same second', async () => {
    const repository = await temporaryRepository({ a: 'one\n' });
    const { root } = repository;
    const now = new Date('2024-05-05T05:05:05Z');
    await utimes(join(root, 'a'), now, now);
    await repository.commit();
    await repository.write({ a: 'two\n' });
    await utimes(join(root, 'a'), now, now);
    await utimes(join(root, '.git/index'), now, now);
    expect(text(await loadWorkingTreeSnapshot(root), 'a')).toBe('two\n');
  });

  it('leaves alone what was committed with CRLF, as git add does, though text=auto', async () => {
    const repository = await temporaryRepository({ a: 'one\r\n' });
    await repository.commit();
    await repository.write({ '.gitattributes': '* text=auto\n', a: 'one\r\ntwo\r\n' });
    expect(text(await loadWorkingTreeSnapshot(repository.root), 'a')).toBe('one\r\ntwo\r\n');
  });

  it('takes pipes for absent instead of waiting for them', async () => {
    const repository = await temporaryRepository({ a: 'x', b: 'x' });
    await repository.commit();
    await unlink(join(repository.root, 'a'));
    execFileSync('mkfifo', [join(repository.root, 'a'), join(repository.root, 'untracked')]);
    expect(paths(await loadWorkingTreeSnapshot(repository.root))).toEqual(['b']);
  });

  it('takes executable bits from git where the file system has none', async () => {
    const repository = await temporaryRepository({ a: { mode: '100755', content: 'x' } });
    await repository.commit();
    await repository.git('config', 'core.fileMode', 'false');
    await repository.write({ a: 'edited', b: { mode: '100755', content: 'new' } });
    const snapshot = await loadWorkingTreeSnapshot(repository.root);
    expect(snapshot.list().map(({ path, mode }) => [path, mode])).toEqual([
      ['a', '100755'],
      ['b', '100644'],
    ]);
  });

  it('works in a linked working tree, with a split index, an odd folder and inherited variables', async () => {
    const folder = await temporaryFolder();
    const main = repositoryAt(join(folder, 'o:d"d\\'));
    await writeFiles(main.root, { a: 'x' });
    await main.git('init', '--quiet');
    await configure(main);
    await main.git('config', 'core.splitIndex', 'true');
    await main.commit();
    const linked = join(folder, 'linked');
    await main.git('worktree', 'add', '--quiet', linked);
    await writeFiles(linked, { b: 'y' });
    // Without times: whatever reads a split index renews the time of its shared part, so that it is not expired.
    const state = async () => (await repositoryState(join(main.root, '.git'))).map((line) => line.replace(/ \S+$/, ''));
    const before = await state();
    process.env['GIT_DIR'] = '/nowhere';
    process.env['GIT_INDEX_FILE'] = '/nowhere/index';
    try {
      const snapshot = await loadWorkingTreeSnapshot(linked);
      expect(paths(snapshot)).toEqual(['a', 'b']);
      expect([text(snapshot, 'a'), text(snapshot, 'b')]).toEqual(['x', 'y']);
      expect(await state()).toEqual(before);
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['GIT_INDEX_FILE'];
    }
  });
});

describe('what loading the working tree costs', () => {
  /** A repository whose clean filter writes down each file that git hashes. */
  async function observed(count: number) {
    const log = join(await temporaryFolder(), 'hashed');
    const files = Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, `${index}\n`]));
    const repository = await temporaryRepository({ ...files, '.gitattributes': 'f* filter=log\n' });
    // Older than the index: else git has to look into them ("racy git").
    for (const path of Object.keys(files)) await utimes(join(repository.root, path), 1e9, 1e9);
    await repository.git('config', 'filter.log.clean', `echo %f >> '${log}'; cat`);
    await repository.commit();
    await rm(log);
    return { ...repository, log };
  }

  it.each([3, 60])('is four processes for %i files, none of them cleaned but what changed', async (count) => {
    const repository = await observed(count);
    await repository.write({ f1: 'edited\n', 'f-new': 'new\n' });
    const processes: string[] = [];
    const before = await repositoryState(join(repository.root, '.git'));
    await loadWorkingTreeSnapshot(repository.root, {
      onProcess: (argv) => processes.push(argv.find((word) => /^[a-z]+-?[a-z]+$/.test(word)) ?? ''),
    });
    expect(processes).toEqual(['rev-parse', 'status', 'update-index', 'ls-files']);
    expect([...new Set(await linesOf(repository.log))].sort()).toEqual(['f-new', 'f1']);
    expect(await repositoryState(join(repository.root, '.git'))).toEqual(before);
  });

  it('is three processes, and git looks into no file, when all is clean', async () => {
    const repository = await observed(5);
    let processes = 0;
    await loadWorkingTreeSnapshot(repository.root, { onProcess: () => processes++ });
    expect([processes, await linesOf(repository.log)]).toEqual([3, []]);
  });

  it('believes a file only when its content has the id that git says', async () => {
    const repository = await temporaryRepository({ '.gitattributes': 'a text\n', a: 'x\r\n', b: 'y', c: 'z' });
    await repository.commit();
    // Same size and time: git is told not to look.
    await repository.git('update-index', '--assume-unchanged', 'b', 'c');
    await repository.write({ b: 'Y' });
    await rm(join(repository.root, 'c'));
    await symlink('b', join(repository.root, 'c'));
    const processes: string[] = [];
    const snapshot = await loadWorkingTreeSnapshot(repository.root, {
      onProcess: (argv) => processes.push(argv.includes('cat-file') ? 'cat-file' : 'other'),
    });
    expect(['a', 'b', 'c'].map((path) => text(snapshot, path))).toEqual(['x\n', 'y', 'z']);
    expect(processes.filter((name) => name === 'cat-file')).toEqual(['cat-file']);
  });

  it('knows the oid of a changed file that is not wanted', async () => {
    const repository = await temporaryRepository({ a: 'x', b: 'x' });
    await repository.commit();
    await repository.write({ a: 'edited\n' });
    const snapshot = await loadWorkingTreeSnapshot(repository.root, { wanted: ({ path }) => path === 'b' });
    expect(snapshot.entry('a')?.oid).toBe(await repository.git('hash-object', 'a'));
    expect(() => snapshot.read('a')).toThrow(NotLoadedError);
    expect(snapshot.read('b')).toEqual(encodeText('x'));
  });

  it('says which object is missing in a damaged repository', async () => {
    // git has to be asked: what it stored is not what the file holds.
    const repository = await temporaryRepository({ '.gitattributes': 'a text\n', a: 'x\r\n' });
    await repository.commit();
    const oid = await repository.git('rev-parse', 'HEAD:a');
    await rm(join(repository.root, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    await expect(loadWorkingTreeSnapshot(repository.root)).rejects.toThrow(`object ${oid} of "a" is missing`);
    expect(await readFile(join(repository.root, 'a'), 'utf8')).toBe('x\r\n');
  });
});
