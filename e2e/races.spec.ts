import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PlatformRepository, platformRepositoryIn, threeServices } from './testing/platform-repository.ts';
import type { Ran } from './testing/run-bin.ts';

const deployment = 'manifests/eu/payments/payments/deployment.apps-payments.yaml';
const database = 'manifests/eu/payments/payments/cluster.postgresql.cnpg.io-payments-db-nwhmv.yaml';
const record = '.idp/services/payments.json';

let folder: string;
let platform: PlatformRepository;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-e2e-'));
  platform = await platformRepositoryIn(folder, threeServices);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function promote(...options: readonly string[]): Promise<Ran> {
  return platform.idp('promote', '--to=dev', '--format=json', ...options);
}

interface Report {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
  readonly promoted?: readonly unknown[];
}

function report({ stdout }: Ran): Report {
  return JSON.parse(stdout) as Report;
}

async function commits(): Promise<readonly string[]> {
  const subjects = await platform.remoteGit('log', '--format=%s', 'env/dev');
  return subjects.trimEnd().split('\n');
}

/** Another person, with a clone of their own, on `env/dev`. */
async function otherClone(): Promise<string> {
  const other = join(folder, 'other');
  await platform.git('clone', '--quiet', '--branch=env/dev', platform.remote, other);
  return other;
}

/** A hook of the promoting clone: between its read of the branch and its push. */
async function beforePush(script: string): Promise<void> {
  const hook = join(platform.root, '.git/hooks/pre-push');
  await writeFile(hook, `#!/bin/sh\nset -e\nunset $(git rev-parse --local-env-vars)\n${script}\n`);
  await chmod(hook, 0o755);
}

/** Somebody edits the branch by hand. */
async function editByHand(path: string, edit: (text: string) => string): Promise<void> {
  const other = await otherClone();
  await writeFile(join(other, path), edit(await readFile(join(other, path), 'utf8')));
  await platform.git('-C', other, 'commit', '--quiet', '--all', '--message=By hand');
  await platform.git('-C', other, 'push', '--quiet', 'origin', 'env/dev');
  await rm(other, { recursive: true });
}

async function references(): Promise<readonly string[]> {
  const refs = `${await platform.git('for-each-ref', '--format=%(refname)')}${await platform.remoteGit('for-each-ref', '--format=remote %(refname)')}`;
  return refs.trimEnd().split('\n');
}

describe('a race', () => {
  it('of two promotions ends with one commit and nothing lost', async () => {
    const both = await Promise.all([1, 2].map(() => platform.started('promote', '--to=dev', '--format=json')));
    for (const { code } of both) expect([0, 4]).toContain(code);
    expect(both.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
    expect(await commits()).toHaveLength(1);
    expect(await promote()).toMatchObject({ code: 0 });
    expect(await commits()).toHaveLength(1);
    const names = await platform.remoteGit('ls-tree', '--name-only', 'env/dev', '.idp/services/');
    expect(names).toBe('.idp/services/invoices.json\n.idp/services/payments.json\n.idp/services/storefront.json\n');
  });

  it('that is always lost ends with 4 after its retries, and leaves nothing', async () => {
    await promote('--service=payments');
    const other = await otherClone();
    await platform.git('-C', other, 'commit', '--quiet', '--allow-empty', '--message=Another');
    const calls = join(folder, 'calls');
    await beforePush(
      `echo x >> '${calls}'; cd '${other}'; git commit -q --allow-empty -m Another; git push -q origin HEAD:env/dev`,
    );
    const before = await commits();
    const ran = await promote('--retries=2');
    expect(ran).toMatchObject({ code: 4 });
    expect(report(ran).findings).toMatchObject([{ code: 'promote/lost-race', hint: 'run it again' }]);
    expect(await readFile(calls, 'utf8')).toBe('x\nx\nx\n');
    const [, ...theirs] = await commits();
    expect([...theirs, before.length]).toEqual(['Another', 'Another', 'Another', ...before, before.length]);
    expect(await references()).toEqual([
      'refs/heads/main',
      'refs/remotes/origin/env/dev',
      'refs/remotes/origin/main',
      'remote refs/heads/env/dev',
      'remote refs/heads/main',
    ]);

    await rm(join(platform.root, '.git/hooks/pre-push'));
    expect(await promote()).toMatchObject({ code: 0 });
    expect((await commits())[0]).not.toBe('Another');
  });

  it('that is lost once is won by the retry, on top of what the other wrote', async () => {
    await promote('--service=payments');
    const other = await otherClone();
    const once = join(folder, 'once');
    await beforePush(
      `test -e '${once}' && exit 0; touch '${once}'; cd '${other}'; echo hello > note; git add note; git commit -q -m Another; git push -q origin HEAD:env/dev`,
    );
    expect(await promote()).toMatchObject({ code: 0 });
    expect((await commits()).slice(1, 2)).toEqual(['Another']);
    expect(await platform.remoteGit('show', 'env/dev:note')).toBe('hello\n');
  });
});

it('ends with 5 when the remote dies between the read and the push, and can be repeated', async () => {
  const objects = join(platform.remote, 'objects');
  await beforePush(`mv '${objects}' '${objects}.away'`);
  const ran = await promote();
  expect(ran).toMatchObject({ code: 5 });
  expect(report(ran).findings).toMatchObject([{ severity: 'error', code: expect.stringMatching(/^remote\//) }]);
  await rm(join(platform.root, '.git/hooks/pre-push'));
  await rename(`${objects}.away`, objects);
  expect(await promote()).toMatchObject({ code: 0 });
  expect(await commits()).toHaveLength(1);
});

describe('a promotion', () => {
  it('takes only what was merged, and pushes nothing when it is only asked what it would do', async () => {
    await platform.git('checkout', '--quiet', '-b', 'side');
    await platform.git('commit', '--quiet', '--allow-empty', '--message=Not merged');
    const unmerged = await promote('--source=side');
    expect(unmerged).toMatchObject({ code: 3 });
    expect(report(unmerged).findings).toMatchObject([{ code: 'promote/not-merged', hint: 'merge it first' }]);

    const dry = await promote('--dry-run');
    expect(dry).toMatchObject({ code: 0 });
    expect(report(dry)).toMatchObject({ summary: { promoted: 3, commit: null } });
    expect(await references()).toEqual([
      'refs/heads/main',
      'refs/heads/side',
      'refs/remotes/origin/main',
      'remote refs/heads/main',
    ]);
  });

  it('is refused by an environment that comes after another, or has gates', async () => {
    for (const environment of ['staging', 'prod']) {
      const ran = await platform.idp('promote', `--to=${environment}`, '--format=json');
      expect(ran).toMatchObject({ code: 3 });
      expect(report(ran).findings).toMatchObject([{ code: 'promote/gated', path: `environments/${environment}.yaml` }]);
    }
  });

  it('restores what was edited by hand, and says so; the next makes no commit', async () => {
    await promote();
    const written = await platform.remoteGit('show', `env/dev:${deployment}`);
    await editByHand(deployment, (text) => text.replace('replicas: 1', 'replicas: 7'));
    const ran = await platform.idp('promote', '--to=dev');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(/payments +restored .* 1 manifest\n/);
    expect(await platform.remoteGit('show', `env/dev:${deployment}`)).toBe(written);
    expect(await commits()).toHaveLength(3);

    const again = await platform.idp('promote', '--to=dev');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('Nothing to do');
    expect(await commits()).toHaveLength(3);
  });

  it('keeps the manifest of a removed resource, and a removed service, with a warning', async () => {
    await promote();
    const score = await platform.read('services/payments/score.yaml');
    const kept = score.split('\n').filter((line) => !line.includes('resources.db.'));
    await platform.write('services/payments/score.yaml', kept.join('\n').replace(/^resources:\n(.*\n?)*/m, ''));
    await platform.git('rm', '-r', '--quiet', 'services/storefront');
    expect(await platform.idp('lock', 'payments')).toMatchObject({ code: 0 });
    await platform.merge('Without a database and a shop');
    const ran = await promote();
    expect(report(ran).findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'promote/retained',
          severity: 'warning',
          message: expect.stringContaining(database),
        }),
        expect.objectContaining({ code: 'promote/service-gone', severity: 'warning', subject: 'service:storefront' }),
      ]),
    );
    expect(ran).toMatchObject({ code: 0 });
    expect(await platform.remoteGit('show', `env/dev:${database}`)).toContain('kind: Cluster');
    expect(JSON.parse(await platform.remoteGit('show', `env/dev:${record}`))).toMatchObject({
      retained: expect.arrayContaining([database]),
    });
    expect(await platform.remoteGit('ls-tree', '-r', '--name-only', 'env/dev', 'manifests/eu/storefront')).not.toBe('');

    const again = await promote();
    expect(again).toMatchObject({ code: 0 });
    expect(await platform.remoteGit('show', `env/dev:${database}`)).toContain('kind: Cluster');
    expect(await commits()).toHaveLength(2);
  });

  it('moves the good service and names the bad one, shown as it was merged', async () => {
    await platform.edit('services/payments/score.yaml', 'size: medium', 'size: huge');
    await platform.edit('services/storefront/score.yaml', 'containers:', 'containers: [');
    await platform.merge('Two mistakes');
    await platform.write('services/payments/score.yaml', 'something: else\n'.repeat(100));
    const ran = await platform.idp('promote', '--to=dev');
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(
      ran.stdout,
    ).toContain(`services/payments/score.yaml:52:13: error: payments is not promoted: postgres@1.1.0: "size" is "huge", which is not allowed [resolve/parameter-wrong-value]  [promote/blocked]
   52 |       size: huge
`);
    expect(ran.stdout).toContain('storefront is not promoted: ');
    expect(ran.stdout).not.toContain('something: else');
    expect(ran.stdout).toMatch(/\n {2}invoices +new /);
    const records = await platform.remoteGit('ls-tree', '--name-only', 'env/dev', '.idp/services/');
    expect(records).toBe('.idp/services/invoices.json\n');
    const status = await platform.idp('status', '--format=json');
    expect(JSON.parse(status.stdout).status).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ service: 'invoices', environment: 'dev', state: 'current' }),
        expect.objectContaining({ service: 'storefront', environment: 'dev', state: 'invalid' }),
      ]),
    );
  });

  it('leaves a service alone whose record cannot be read', async () => {
    await promote();
    await editByHand(record, () => 'garbage {');
    await platform.edit('services/payments/score.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: debug');
    await platform.merge('Say more');
    const ran = await promote();
    expect(ran).toMatchObject({ code: 1 });
    expect(report(ran).findings).toMatchObject([
      {
        code: 'promote/invalid-record',
        message: expect.stringContaining('it is not JSON'),
        hint: `restore ${record} on env/dev from its history`,
      },
    ]);
    expect(await platform.remoteGit('show', `env/dev:${record}`)).toBe('garbage {');
    expect(await commits()).toHaveLength(2);
    const status = await platform.idp('status', '--format=json');
    expect(JSON.parse(status.stdout).status).toContainEqual(
      expect.objectContaining({ service: 'payments', environment: 'dev', state: 'unreadable' }),
    );
  });
});
