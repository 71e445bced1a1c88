import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/platform-repository.ts';

const workspace = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/**
 * The tour of the README in a fresh clone, with nothing that was installed by hand: what a person does on the
 * first day, word for word. It takes minutes, because `npm ci` and the service's own tests are real.
 */
it('takes a newcomer from a clone to a commit on env/dev', async () => {
  const folder = await temporaryFolder();
  const remote = join(folder, 'remote.git');
  const clone = join(folder, 'platform');
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
  const sh = async (command: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(command, args, { cwd: clone, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
  await run('git', ['clone', '--quiet', '--bare', workspace, remote], { env });
  await run('git', ['clone', '--quiet', '--branch', 'main', remote, clone], { env });

  await sh('npm', 'ci');
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
  expect(await sh('npx', 'nx', 'run', 'platform:validate')).toContain('1 warning');
  expect(await sh('npx', 'idp', 'validate')).toMatch(/1[45] services/);
  expect(await sh('npx', 'idp', 'check')).toContain('no findings');
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
