import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyChanges } from './apply-changes.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const actual = await original();
  return { ...actual, rename: vi.fn(actual.rename) };
});

const renamed = vi.mocked(rename);
let root: string;
beforeEach(async () => {
  renamed.mockClear();
  root = await mkdtemp(join(tmpdir(), 'idp-apply-'));
  await promisify(execFile)('git', ['init', '--quiet', root]);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const text = (path: string) => readFile(join(root, path), 'utf8');
/** What is there, without git's own folder; that has nothing of ours when it is done. */
async function entries(): Promise<readonly string[]> {
  expect(await readdir(join(root, '.git'))).not.toContain('idp-staging');
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => !name.startsWith('.git')).sort();
}

describe('applyChanges', () => {
  it('writes, replaces and removes', async () => {
    await writeFile(join(root, 'old'), 'old');
    await writeFile(join(root, 'kept'), 'before');
    const changes = [
      { path: 'a/b/new', content: 'new\n' },
      { path: 'kept', content: 'after' },
      { path: 'old', content: undefined },
    ];
    expect(await applyChanges(root, changes)).toEqual([]);
    expect(await entries()).toEqual(['a', 'a/b', 'a/b/new', 'kept']);
    expect([await text('a/b/new'), await text('kept')]).toEqual(['new\n', 'after']);
  });

  it('makes executable what has to be, and nothing else', async () => {
    await applyChanges(root, [
      { path: 'run', content: '', mode: '100755' },
      { path: 'read', content: '', mode: '100644' },
      { path: 'plain', content: '' },
    ]);
    const modes = await Promise.all(['run', 'read', 'plain'].map((path) => lstat(join(root, path))));
    expect(modes.map(({ mode }) => (mode & 0o100) !== 0)).toEqual([true, false, false]);
  });

  it('writes the lock last, whatever the order', async () => {
    await applyChanges(root, [
      { path: 'services/x/.idp/lock.yaml', content: 'lock' },
      { path: 'services/x/a', content: 'a' },
      { path: 'services/x/b', content: 'b' },
    ]);
    expect(renamed.mock.calls.map(([, to]) => String(to).slice(root.length + 1))).toEqual([
      'services/x/a',
      'services/x/b',
      'services/x/.idp/lock.yaml',
    ]);
  });

  it('has no lock when a file before it could not be written, and says how to go on', async () => {
    renamed.mockRejectedValueOnce(
      Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'rename' }),
    );
    const changes = [
      { path: 'x/.idp/lock.yaml', content: 'lock' },
      { path: 'x/a', content: 'a' },
    ];
    expect(await applyChanges(root, changes)).toMatchObject([
      {
        code: 'write/failed',
        message: expect.stringContaining('ENOSPC'),
        hint: expect.stringContaining('run it again'),
      },
    ]);
    expect(await entries()).toEqual(['x', 'x/.idp']);
    expect(await applyChanges(root, changes)).toEqual([]);
    expect(await text('x/.idp/lock.yaml')).toBe('lock');
  });

  it('does not take a bug of ours for a full disk', async () => {
    renamed.mockRejectedValueOnce(new TypeError('a bug'));
    await expect(applyChanges(root, [{ path: 'a', content: 'a' }])).rejects.toThrow('a bug');
  });

  it.each([
    ['a link to a folder', 'x/inside/file', 'x', 'a symbolic link'],
    ['a link in place of the file', 'x', 'x', 'a symbolic link'],
  ])('refuses %s, and writes nothing at all', async (_, path, at, what) => {
    const outside = await mkdtemp(join(tmpdir(), 'idp-outside-'));
    await symlink(outside, join(root, 'x'));
    const findings = await applyChanges(root, [
      { path: 'first', content: 'first' },
      { path, content: 'through' },
      { path: path === 'x' ? 'last' : 'x/other', content: 'through' },
    ]);
    expect(findings).toEqual([
      {
        code: 'write/refused-path',
        severity: 'error',
        message: `nothing was written: "${at}" is ${what}`,
        hint: 'replace the link by what it leads to',
        path: at,
      },
    ]);
    expect(await entries()).toEqual(['x']);
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('refuses a folder in place of a file, and a file in place of a folder', async () => {
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'file'), 'mine');
    const findings = await applyChanges(root, [
      { path: 'folder', content: '' },
      { path: 'file/below', content: '' },
      { path: 'new', content: '' },
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      'nothing was written: "file" is a file, not a folder',
      'nothing was written: "folder" is a folder, not a file',
    ]);
    expect(await entries()).toEqual(['file', 'folder']);
    expect(await text('file')).toBe('mine');
  });

  it('works in a worktree, whose .git is a file', async () => {
    const git = (...args: readonly string[]) =>
      promisify(execFile)('git', ['-C', root, '-c', 'user.name=R', '-c', 'user.email=r@example.com', ...args]);
    await git('commit', '--quiet', '--allow-empty', '--message=first');
    await git('worktree', 'add', '--quiet', join(root, 'tree'));
    expect(await applyChanges(join(root, 'tree'), [{ path: 'a', content: 'a' }])).toEqual([]);
    expect(await readdir(join(root, 'tree'))).toEqual(['.git', 'a']);
  });

  it('removes what a killed run left an hour ago, and leaves a running one alone', async () => {
    const staging = join(root, '.git/idp-staging');
    await mkdir(join(staging, 'stale'), { recursive: true });
    await mkdir(join(staging, 'running'));
    await utimes(join(staging, 'stale'), 0, 0);
    await applyChanges(root, [{ path: 'a', content: 'a' }]);
    expect(await readdir(staging)).toEqual(['running']);
  });
});
