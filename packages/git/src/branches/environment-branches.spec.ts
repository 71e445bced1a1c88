import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { BranchUpdate, EnvironmentBranches } from '@idp/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type TemporaryRemote, temporaryRemote } from '../testing/temporary-remote.ts';
import type { TemporaryRepository } from '../testing/temporary-repository.ts';
import { environmentBranches } from './environment-branches.ts';
import { fetchBranch } from './fetch-branches.ts';

const now = new Date('2024-05-06T07:08:09.900Z');

const open = ({ root }: TemporaryRepository, timeLimit = 30): EnvironmentBranches =>
  environmentBranches(root, 'origin', { now, timeLimit });

const update = (branch: string, expected: string | undefined, content = 'x\n'): BranchUpdate => ({
  branch,
  expected,
  writes: [{ path: 'a', content }],
  message: `update ${branch}\n`,
});

/** Pushes, and gives back the new oid of each branch. */
async function pushed(branches: EnvironmentBranches, ...updates: readonly BranchUpdate[]) {
  const outcome = await branches.push(updates);
  if (outcome.kind !== 'pushed') throw new Error(`not pushed: ${JSON.stringify(outcome)}`);
  return outcome.commits;
}

/** What a push must leave behind in the clone: nothing but remote-tracking branches. */
async function leftovers({ root, git }: TemporaryRepository): Promise<readonly string[]> {
  const refs = (await git('for-each-ref', '--format=%(refname)')).split('\n');
  const files = (await readdir(join(root, '.git'))).filter((name) => /crash|lock|FETCH_HEAD/.test(name));
  return [...refs.filter((ref) => ref !== '' && !ref.startsWith('refs/remotes/')), ...files];
}

describe('reading environment branches', () => {
  it('gives each branch as it stands on the remote, and nothing for one that does not exist', async () => {
    const remote = await temporaryRemote();
    const [writer, reader] = [await remote.clone(), await remote.clone()];
    const { 'env/dev': oid } = await pushed(open(writer), update('env/dev', undefined));
    const outcome = await open(reader).read(['env/dev', 'env/prod']);
    expect(
      outcome.kind === 'fetched' &&
        outcome.value.map((state) => [state.branch, state.oid, state.snapshot.list().length]),
    ).toEqual([
      ['env/dev', oid, 1],
      ['env/prod', undefined, 0],
    ]);
    expect(await leftovers(reader)).toEqual([]);
  });

  it('does not trust an old remote-tracking branch', async () => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    await pushed(open(clone), update('env/dev', undefined));
    await open(clone).read(['env/dev']);
    await remote.git('update-ref', '-d', 'refs/heads/env/dev');
    expect(await clone.git('rev-parse', 'refs/remotes/origin/env/dev')).toMatch(/^[0-9a-f]{40}$/);
    const outcome = await open(clone).read(['env/dev']);
    expect(outcome.kind === 'fetched' && outcome.value.map((state) => state.oid)).toEqual([undefined]);
    expect(await fetchBranch(clone.root, 'origin', 'env/dev')).toEqual({ kind: 'fetched', value: undefined });
  });

  it('follows a branch that was forced elsewhere', async () => {
    const remote = await temporaryRemote();
    const [writer, reader] = [await remote.clone(), await remote.clone()];
    await pushed(open(writer), update('env/dev', undefined), update('other', undefined, 'other\n'));
    await open(reader).read(['env/dev']);
    await remote.git('update-ref', 'refs/heads/env/dev', 'refs/heads/other');
    expect(await fetchBranch(reader.root, 'origin', 'env/dev')).toEqual({
      kind: 'fetched',
      value: await remote.tip('other'),
    });
  });

  it.each(['--upload-pack=touch /tmp/x', '-x', 'a..b', 'a b', 'refs/heads/x:refs/heads/main'])(
    'refuses the branch name %j',
    async (branch) => {
      const clone = await (await temporaryRemote()).clone();
      expect(await open(clone).read([branch])).toEqual({
        kind: 'refused',
        reason: `${JSON.stringify(branch)} is not a valid branch name`,
      });
      expect((await open(clone).push([update(branch, undefined)])).kind).toBe('refused');
    },
  );

  it('does not take a folder of the repository for a remote', async () => {
    const clone = await (await temporaryRemote()).clone();
    await clone.git('init', '--quiet', '--bare', 'planted');
    const outcome = await environmentBranches(clone.root, 'planted', { now }).read(['env/dev']);
    expect(outcome).toEqual({ kind: 'unreachable', reason: 'no such remote: "planted"' });
    expect((await environmentBranches(clone.root, '--upload-pack=x', { now }).read(['a'])).kind).toBe('refused');
  });
});

describe('pushing', () => {
  it('makes exactly the commit that was asked for', async () => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    const odd = 'quo"te\\back\nline ünï.txt';
    const first = await pushed(open(clone), {
      branch: 'env/dev',
      expected: undefined,
      writes: [
        { path: 'keep', content: 'kept\n' },
        { path: 'folder/gone', content: 'x' },
        { path: 'was-file', content: 'x' },
        { path: 'was-folder/inside', content: 'x' },
      ],
      message: 'first',
    });
    const message = 'subject ünï\n\nbody\ndata 3\nfrom nowhere\n\nIdp-Source: 1234\n';
    const second = await pushed(open(clone), {
      branch: 'env/dev',
      expected: first['env/dev'],
      writes: [
        { path: 'was-file/inside', content: 'y' },
        { path: 'was-folder', content: '' },
        { path: 'was-file', content: undefined },
        { path: 'was-folder/inside', content: undefined },
        { path: 'folder/gone', content: undefined },
        { path: 'never-there', content: undefined },
        { path: odd, content: 'M 100644 inline x\r\nno line break at the end' },
        { path: '-dash', content: 'é' },
      ],
      message,
    });
    const tip = await remote.tip('env/dev');
    expect(second).toEqual({ 'env/dev': tip });
    const listing = (await remote.git('ls-tree', '-r', '-z', tip)).split('\0').slice(0, -1);
    expect(listing.map((line) => line.replace(/ blob [0-9a-f]{40}\t/, ' '))).toEqual(
      ['-dash', 'keep', odd, 'was-file/inside', 'was-folder'].map((path) => `100644 ${path}`),
    );
    expect(await remote.git('show', `${tip}:${odd}`)).toBe('M 100644 inline x\r\nno line break at the end');
    expect(await remote.git('show', '--no-patch', '--format=%an <%ae> %at|%cn <%ce> %ct|%P|%B', tip)).toBe(
      `Ada Tester <ada@example.com> 1714979289|Ada Tester <ada@example.com> 1714979289|${first['env/dev']}|${message.trimEnd()}`,
    );
    expect(await remote.git('rev-list', '--count', tip)).toBe('2');
    expect(await leftovers(clone)).toEqual([]);
  });

  it('uses a name of its own where nobody is configured', async () => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    await clone.git('config', 'user.useConfigOnly', 'true');
    await clone.git('config', '--unset', 'user.email');
    await pushed(open(clone), update('env/dev', undefined));
    expect(await remote.git('log', '-1', '--format=%an <%ae>, %cn <%ce>', 'env/dev')).toBe(
      'idp <idp@localhost>, idp <idp@localhost>',
    );
  });

  it('takes one process for the commits and one for the push, for any number of branches', async () => {
    const clone = await (await temporaryRemote()).clone();
    const commands: string[] = [];
    const branches = environmentBranches(clone.root, 'origin', {
      now,
      onProcess: (argv) => commands.push(argv[0] ?? ''),
    });
    await pushed(branches, update('a', undefined), update('b', undefined), update('c', undefined));
    expect(commands).toEqual(['remote', 'var', 'var', 'fast-import', 'push']);
  });

  it.each([
    ['no update', []],
    ['an update that writes nothing', [{ ...update('a', undefined), writes: [] }]],
    ['two updates of a branch', [update('a', undefined), update('a', undefined)]],
    ['an expected commit that is no oid', [update('a', 'HEAD')]],
    ['a path outside', [{ ...update('a', undefined), writes: [{ path: '../x', content: 'x' }] }]],
    ['an expected commit that is not here', [update('a', 'f'.repeat(40))]],
  ])('throws for %s, and leaves nothing behind', async (_, updates) => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    await expect(open(clone).push(updates)).rejects.toThrow();
    expect(await leftovers(clone)).toEqual([]);
    expect(await remote.git('for-each-ref')).toBe('');
  });
});

describe('pushing against others', () => {
  async function twoWriters() {
    const remote = await temporaryRemote();
    const [one, two] = [await remote.clone(), await remote.clone()];
    const base = await pushed(
      open(one),
      update('env/dev', undefined, 'base\n'),
      update('env/prod', undefined, 'base\n'),
    );
    await open(two).read(['env/dev', 'env/prod']);
    return { remote, one, two, dev: base['env/dev'], prod: base['env/prod'] };
  }

  it('lets one of two win who push at once, and the other has changed nothing', async () => {
    const { remote, one, two, dev } = await twoWriters();
    const outcomes = await Promise.all([
      open(one).push([update('env/dev', dev, 'one\n')]),
      open(two).push([update('env/dev', dev, 'two\n')]),
    ]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['lost-race', 'pushed']);
    expect(outcomes).toContainEqual({ kind: 'lost-race', branches: ['env/dev'] });
    expect(outcomes).toContainEqual({ kind: 'pushed', commits: { 'env/dev': await remote.tip('env/dev') } });
    expect(await remote.git('rev-list', '--count', 'env/dev')).toBe('2');
    expect([await leftovers(one), await leftovers(two)]).toEqual([[], []]);
  });

  it('loses when the branch moved before, and moves no other branch', async () => {
    const { remote, one, two, dev, prod } = await twoWriters();
    const moved = await pushed(open(one), update('env/prod', prod, 'one\n'));
    const outcome = await open(two).push([update('env/dev', dev, 'two\n'), update('env/prod', prod, 'two\n')]);
    expect(outcome).toEqual({ kind: 'lost-race', branches: ['env/prod'] });
    expect([await remote.tip('env/dev'), await remote.tip('env/prod')]).toEqual([dev, moved['env/prod']]);
  });

  it('creates a branch only if it does not exist', async () => {
    const { remote, two, dev } = await twoWriters();
    expect(await open(two).push([update('env/dev', undefined, 'two\n')])).toEqual({
      kind: 'lost-race',
      branches: ['env/dev'],
    });
    expect(await remote.tip('env/dev')).toBe(dev);
  });

  it('loses when the branch was removed', async () => {
    const { remote, two, dev } = await twoWriters();
    await remote.git('update-ref', '-d', 'refs/heads/env/dev');
    expect(await open(two).push([update('env/dev', dev, 'two\n')])).toEqual({
      kind: 'lost-race',
      branches: ['env/dev'],
    });
    expect(await remote.tip('env/dev')).toBe('');
  });

  it('loses when the branch was taken back to an older commit, from which ours would be a fast-forward', async () => {
    const { remote, one, two, dev } = await twoWriters();
    const next = await pushed(open(one), update('env/dev', dev, 'one\n'));
    await open(two).read(['env/dev']);
    await remote.git('update-ref', 'refs/heads/env/dev', dev ?? '');
    const outcome = await open(two).push([update('env/dev', next['env/dev'], 'two\n')]);
    expect(outcome).toEqual({ kind: 'lost-race', branches: ['env/dev'] });
    expect(await remote.tip('env/dev')).toBe(dev);
  });

  it('succeeds when the same person pushes the same twice', async () => {
    const { one, two, dev } = await twoWriters();
    const first = await open(one).push([update('env/dev', dev, 'same\n')]);
    expect(await open(two).push([update('env/dev', dev, 'same\n')])).toEqual(first);
  });

  // The hook moves a branch after git compared the lease and before the remote writes: its own compare-and-swap decides.
  const moveDuringPush = (branch: string, to: string) =>
    `unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\ngit update-ref refs/heads/${branch} ${to}`;

  it('loses when a branch moves in the middle of the push', async () => {
    const { remote, two, dev, prod } = await twoWriters();
    await remote.hook('pre-receive', moveDuringPush('env/prod', dev ?? ''));
    const outcome = await open(two).push([update('env/dev', dev, 'two\n'), update('env/prod', prod, 'two\n')]);
    expect(outcome).toEqual({ kind: 'lost-race', branches: ['env/prod'] });
    expect([await remote.tip('env/dev'), await remote.tip('env/prod')]).toEqual([dev, dev]);
  });

  it('loses when a branch is created in the middle of the push', async () => {
    const { remote, two, dev } = await twoWriters();
    await remote.hook('pre-receive', moveDuringPush('env/new', dev ?? ''));
    expect(await open(two).push([update('env/new', undefined, 'two\n')])).toEqual({
      kind: 'lost-race',
      branches: ['env/new'],
    });
    expect(await remote.tip('env/new')).toBe(dev);
  });
});

describe('a remote that says no', () => {
  async function withHook(name: 'pre-receive' | 'update', script: string) {
    const remote = await temporaryRemote();
    await remote.hook(name, script);
    return { remote, clone: await remote.clone() };
  }

  const nothingMoved = async (remote: TemporaryRemote) => expect(await remote.git('for-each-ref')).toBe('');

  it('is refused by a hook, with its words', async () => {
    const { remote, clone } = await withHook(
      'pre-receive',
      'echo "only on Tuesdays https://u:secret@host/x" >&2; exit 1',
    );
    const outcome = await open(clone).push([update('env/dev', undefined)]);
    expect(outcome).toEqual({
      kind: 'refused',
      reason: 'env/dev: [remote rejected] (pre-receive hook declined)\nremote: only on Tuesdays https://***@host/x',
    });
    await nothingMoved(remote);
    expect(await leftovers(clone)).toEqual([]);
  });

  it('is refused for all branches when one is protected', async () => {
    const { remote, clone } = await withHook('update', '[ "$1" != refs/heads/env/prod ]');
    const outcome = await open(clone).push([update('env/dev', undefined), update('env/prod', undefined)]);
    expect(outcome).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(/^env\/prod: \[remote rejected\] \(hook declined\)$/m),
    });
    await nothingMoved(remote);
  });

  it("is refused by the user's own pre-push hook", async () => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    const hook = join(clone.root, '.git/hooks/pre-push');
    await writeFile(hook, '#!/bin/sh\necho "not from here" >&2; exit 1\n', { mode: 0o755 });
    const outcome = await open(clone).push([update('env/dev', undefined)]);
    expect(outcome).toEqual({ kind: 'refused', reason: expect.stringContaining('not from here') });
    await nothingMoved(remote);
  });

  it('is refused, not raced, where a branch stands in the way of a folder of branches', async () => {
    const remote = await temporaryRemote();
    const clone = await remote.clone();
    await pushed(open(clone), update('env', undefined));
    const outcome = await open(clone).push([update('env/dev', undefined)]);
    expect(outcome.kind).toBe('refused');
  });
});

describe('a remote that is not there', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** A server that takes connections and never says a word. */
  async function silentServer(): Promise<number> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async function lost(url: string) {
    const clone = await (await temporaryRemote()).clone();
    await clone.git('remote', 'set-url', 'origin', url);
    return clone;
  }

  it.each([
    [
      'a folder that is gone',
      '/nowhere//u:secret@at-all',
      /^fatal: '\/nowhere\/\/\*\*\*@at-all' does not appear to be a git repository/,
    ],
    ['a closed port', 'http://user:secret@127.0.0.1:1/x.git', /^(?!.*secret).*Failed to connect/],
    ['a protocol that runs commands', 'ext::sh -c true', /not allowed/],
  ])('is unreachable: %s', async (_, url, reason) => {
    const clone = await lost(url);
    const unreachable = { kind: 'unreachable', reason: expect.stringMatching(reason) };
    expect(await open(clone).read(['env/dev'])).toEqual(unreachable);
    expect(await open(clone).push([update('env/dev', undefined)])).toEqual(unreachable);
    expect(await leftovers(clone)).toEqual([]);
  });

  it('is unreachable when it does not answer in time', async () => {
    const clone = await lost(`git://127.0.0.1:${await silentServer()}/x.git`);
    const unreachable = { kind: 'unreachable', reason: 'no answer within 0.2 s' };
    expect(await open(clone, 0.2).read(['env/dev'])).toEqual(unreachable);
    expect(await open(clone, 0.2).push([update('env/dev', undefined)])).toEqual(unreachable);
  });

  it('is unreachable when no such remote is configured', async () => {
    const clone = await (await temporaryRemote()).clone();
    await clone.git('remote', 'remove', 'origin');
    const unreachable = { kind: 'unreachable', reason: 'no such remote: "origin"' };
    expect(await open(clone).read(['env/dev'])).toEqual(unreachable);
    expect(await open(clone).push([update('env/dev', undefined)])).toEqual(unreachable);
  });
});
