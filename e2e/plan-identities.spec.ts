import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { platformRepository, threeServices } from './testing/platform-repository.ts';

const lock = 'services/payments/.idp/lock.yaml';

it('plans no other identity than the one of the base, and says how to get it back', async () => {
  const platform = await platformRepository(threeServices);
  await rm(join(platform.root, lock));
  const missing = await platform.idp('plan', '--base=main', '--service=payments');
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.stdout).toContain('not planned because of findings: payments');
  expect(missing.stdout).not.toContain('No environment changes');

  expect(await platform.idp('lock', 'payments')).toMatchObject({ code: 0 });
  const anew = await platform.idp('plan', '--base=main', '--service=payments');
  expect(anew).toMatchObject({ code: 1 });
  expect(anew.stdout).toContain('an identity never changes: payments db would become another, empty instance');
  expect(anew.stdout).toContain(`git checkout <base> -- ${lock}`);
});

it('plans the end of a service with a warning for each of its instances', async () => {
  const platform = await platformRepository(threeServices);
  await rm(join(platform.root, 'services/payments'), { recursive: true });
  const planned = await platform.idp('plan', '--base=main', '--service=payments', '--format=json');
  expect(JSON.parse(planned.stdout)).toMatchObject({
    findings: [{ code: 'plan/instance-removed', severity: 'warning', path: lock }],
    plan: { notPlanned: [] },
  });
  expect(planned.code).toBe(0);
  const shown = await platform.idp('plan', '--base=main', '--service=payments');
  expect(shown.stdout).toContain('Promotion keeps what is no longer rendered: this version deletes no manifest.');
  for (const format of ['github', 'markdown'])
    expect(await platform.idp('plan', '--base=main', '--service=payments', `--format=${format}`)).toMatchObject({
      code: 0,
    });
});
