import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const workspace = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let folder: string;
let remote: string;
let clone: string;
const env = {
  ...process.env,
  CI: 'true',
  NX_DAEMON: 'false',
  NO_COLOR: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Robin',
  GIT_AUTHOR_EMAIL: 'robin@example.com',
  GIT_COMMITTER_NAME: 'Robin',
  GIT_COMMITTER_EMAIL: 'robin@example.com',
};

async function sh(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, { cwd: clone, env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** A fresh clone, with nothing that was installed by hand. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-long-'));
  remote = join(folder, 'remote.git');
  clone = join(folder, 'platform');
  await run('git', ['clone', '--quiet', '--bare', workspace, remote], { env });
  await run('git', ['clone', '--quiet', '--branch', 'main', remote, clone], { env });
  await sh('npm', 'ci');
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * The tour of the README: what a person does on the first day, word for word. It takes minutes, because the service's
 * own tests are real.
 */
it('takes a newcomer from a clone to a commit on env/dev', async () => {
  await sh('npx', 'nx', 'g', 'idp:service', 'checkout', '--owner=team-payments');
  await sh('npx', 'nx', 'g', 'idp:add', 'checkout', 'postgres', '--as=db', '--size=small');
  const before = await sh('git', 'status', '--porcelain', '--untracked-files=all');
  expect(before).toContain('?? services/checkout/score.yaml');

  // Again changes nothing, by either door.
  const added = await sh('git', 'stash', 'create');
  await sh('npx', 'nx', 'g', 'idp:service', 'checkout', '--owner=team-payments');
  await sh('npx', 'idp', 'g', 'add', 'checkout', 'postgres', '--as=db', '--size=small');
  expect(await sh('git', 'stash', 'create')).toBe(added);
  expect(await sh('git', 'status', '--porcelain', '--untracked-files=all')).toBe(before);

  expect(await sh('npx', 'nx', 'run', 'checkout:test')).toContain('Successfully ran target test for project checkout');
  expect(await sh('npx', 'nx', 'run', 'checkout:build')).toContain('Successfully ran target build');
  await sh('npx', 'nx', 'g', 'idp:service', 'guide', '--owner=team-search', '--template=static-site');
  expect(await sh('npx', 'nx', 'run', 'guide:test')).toContain('Successfully ran target test for project guide');
  expect(await sh('npx', 'nx', 'run', 'guide:build')).toContain('Successfully ran target build');
  expect(await sh('npx', 'nx', 'run', 'platform:validate')).toContain('2 warnings');
  expect(await sh('npx', 'idp', 'validate')).toContain('16 services');
  // The two that the company has excused, and nothing of ours.
  expect(await sh('npx', 'idp', 'check')).toMatch(/ by \d+ policies: 2 waived\n/);
  expect(await sh('npx', 'idp', 'render', 'checkout', '--environment=dev')).toContain('kind: Deployment');
  expect(await sh('npx', 'idp', 'plan', '--base=main')).toContain('checkout');
  // What ran in the service's folder is ignored by git: only its source is committed.
  await sh('git', 'add', '--all');
  expect(await sh('git', 'status', '--porcelain')).not.toMatch(/node_modules|dist/);
  await sh('git', 'commit', '--quiet', '--message', 'Add checkout');
  await sh('git', 'push', '--quiet', 'origin', 'main');
  expect(await sh('npx', 'idp', 'promote', '--to=dev')).toContain('Promoted');
  expect(await sh('npx', 'idp', 'promote', '--to=dev')).toContain('Nothing to do');
  expect(await sh('npx', 'idp', 'status')).toMatch(/checkout\s+✔/);
  const manifests = await run('git', ['--git-dir', remote, 'ls-tree', '-r', '--name-only', 'env/dev'], { env });
  expect(manifests.stdout).toContain('manifests/eu/checkout/checkout/deployment.apps-checkout.yaml');
}, 900_000);

/** What an expert and the platform team do, in the same clone: a capability, an environment, a change, what it affects. */
it('takes an expert from nothing to a capability that others use', async () => {
  await sh('npx', 'nx', 'g', 'idp:capability', 'object-vault', '--owner=team-data');
  await sh('npx', 'nx', 'g', 'idp:environment', 'qa', '--after=dev');
  await sh('npx', 'idp', 'g', 'service', 'refunds', '--owner=team-payments');
  await sh('npx', 'idp', 'g', 'add', 'refunds', 'object-vault', '--as=files');
  expect(await sh('npx', 'nx', 'run', 'capability-object-vault:test')).toContain('Successfully ran target test');
  expect(await sh('npx', 'idp', 'validate', '--since=main', '--format=sarif')).toContain('"version":"2.1.0"');
  expect(await sh('npx', 'idp', 'render', 'refunds', '--environment=qa')).toContain('kind: Deployment');
  await sh('npm', 'install', '--ignore-scripts');
  await sh('git', 'add', '--all');
  await sh('git', 'commit', '--quiet', '--message', 'Add object-vault, qa and refunds');

  // A change of one service affects that one, a change of a capability its users; nothing else is built.
  const affected = async (): Promise<readonly string[]> =>
    (await sh('npx', 'nx', 'show', 'projects', '--affected', '--base=HEAD~1')).trim().split('\n');
  const change = async (path: string, text: string): Promise<void> => {
    await writeFile(join(clone, path), text);
    await sh('git', 'add', '--all');
    await sh('git', 'commit', '--quiet', '--message', `Change ${path}`);
  };
  await change('services/refunds/src/note.ts', 'export const note = 1;\n');
  expect(await affected()).toContain('refunds');
  expect(await affected()).not.toContain('invoices');
  const built = await sh('npx', 'nx', 'affected', '-t', 'build,test', '--base=HEAD~1');
  expect(built).toContain('refunds:test');
  await change('capabilities/object-vault/docs/more.md', '# More\n');
  expect(await affected()).toEqual(expect.arrayContaining(['capability-object-vault', 'refunds']));
}, 900_000);
