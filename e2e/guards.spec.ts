import { expect, it } from 'vitest';
import { platformRepository, threeServices } from './testing/platform-repository.ts';

/** What an attacker tried, by pull requests that were merged: none of it reaches an environment. */
it('promotes nothing by an environment that claims the branch of another, also of one that cannot be read', async () => {
  const platform = await platformRepository(threeServices);
  const dev = await platform.read('environments/dev.yaml');
  const thief = dev.replace('name: dev', 'name: aaa').replace('spec:', 'spec:\n  branch: env/prod');
  await platform.write('environments/aaa.yaml', thief);
  await platform.merge('A way around the gates');
  const claimed = await platform.idp('promote', '--to=aaa', '--format=json');
  expect(claimed.code).toBe(1);
  expect(claimed.stdout).toContain('environment/shared-branch');
  await platform.write('environments/prod.yaml', 'a: [\n');
  await platform.merge('And nobody can read whose it is');
  expect((await platform.idp('promote', '--to=aaa')).code).toBe(1);
  expect(await platform.remoteGit('branch', '--list', 'env/prod')).toBe('');
});

it('promotes nothing when a policy cannot be read, and does not hide it from a selection', async () => {
  const platform = await platformRepository(threeServices);
  await platform.edit('services/storefront/score.yaml', 'storefront:4.12.0@', 'storefront:latest # ');
  await platform.write('policies/images/no-latest-tag.yaml', 'a: [\n');
  await platform.merge('No policy, no problem');
  const promoted = await platform.idp('promote', '--to=dev');
  expect(promoted).toMatchObject({ code: 1 });
  expect(promoted.stdout).toContain('policies/images/no-latest-tag.yaml');
  expect((await platform.idp('check', '--service=storefront')).code).toBe(1);
  expect(await platform.remoteGit('branch', '--list', 'env/dev')).toBe('');
  // `ignore` takes no policy out of sight either.
  await platform.git('revert', '--no-edit', 'HEAD');
  await platform.edit('services/storefront/score.yaml', 'storefront:4.12.0@', 'storefront:latest # ');
  await platform.edit('idp.yaml', '- "**/fixtures/**"', '- "**/fixtures/**"\n    - "policies/**"');
  expect((await platform.idp('check', '--service=storefront')).code).toBe(1);
});

it('never writes to the branch that it promotes, whatever the files say', async () => {
  const platform = await platformRepository(threeServices);
  const before = (await platform.git('rev-parse', 'HEAD')).trim();
  await platform.edit('idp.yaml', 'branch: main', 'branch: other');
  await platform.edit('environments/dev.yaml', 'spec:', 'spec:\n  branch: main');
  await platform.merge('Main is another branch now');
  const tip = (await platform.git('rev-parse', 'HEAD')).trim();
  await platform.git('reset', '--quiet', '--hard', before);
  const promoted = await platform.idp('promote', '--to=dev');
  expect(promoted).toMatchObject({ code: 3 });
  expect(promoted.stdout).toContain('promote/other-settings');
  expect((await platform.remoteGit('rev-parse', 'main')).trim()).toBe(tip);
});

it('leaves out a service with an error anywhere in its folder, and says so', async () => {
  const platform = await platformRepository(threeServices);
  await platform.edit('services/storefront/catalog-info.yaml', 'group:default/team-storefront', 'group:default/nobody');
  await platform.merge('Nobody owns it');
  const promoted = await platform.idp('promote', '--to=dev', '--format=json');
  expect(promoted.code).toBe(1);
  expect(JSON.parse(promoted.stdout)).toMatchObject({ summary: { promoted: 2 } });
  expect(promoted.stdout).toContain('storefront is not promoted');
});

it('does not go back, does not swap an identity, and says when an environment is not merged yet', async () => {
  const platform = await platformRepository(threeServices);
  const older = (await platform.git('rev-parse', 'HEAD')).trim();
  await platform.edit('services/payments/score.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: warn');
  await platform.merge('Louder');
  expect((await platform.idp('promote', '--to=dev')).code).toBe(0);
  const back = await platform.idp('promote', '--to=dev', `--source=${older}`);
  expect(back).toMatchObject({ code: 3 });
  expect(back.stdout).toContain('promote/backwards');
  const lock = await platform.read('services/payments/.idp/lock.yaml');
  await platform.write('services/payments/.idp/lock.yaml', lock.replace(/payments-db-\w+/, 'payments-db-zzzzz'));
  await platform.merge('Another database');
  const swapped = await platform.idp('promote', '--to=dev');
  expect(swapped).toMatchObject({ code: 1 });
  expect(swapped.stdout).toContain('promote/identity-changed');
  await platform.write(
    'environments/qa.yaml',
    (await platform.read('environments/dev.yaml')).replace('name: dev', 'name: qa'),
  );
  const unmerged = await platform.idp('promote', '--to=qa');
  expect(unmerged).toMatchObject({ code: 2 });
  expect(`${unmerged.stdout}${unmerged.stderr}`).toContain('only what was merged is promoted');
});
