import { expect, it } from 'vitest';
import { platformRepository } from './testing/platform-repository.ts';

/** The path from scaffold to `env/dev`. Once green, it is never red again. */
it('takes one service from the generator to a commit on env/dev', async () => {
  const platform = await platformRepository();

  const scaffolded = await platform.started('g', 'service', 'checkout', '--owner=team-payments');
  expect(scaffolded).toMatchObject({ code: 0 });
  expect(scaffolded.stdout).toContain('CREATE services/checkout/score.yaml');
  const added = await platform.started('g', 'add', 'checkout', 'postgres', '--as=db', '--size=small');
  expect(added).toMatchObject({ code: 0 });
  expect(await platform.read('services/checkout/score.yaml')).toContain('DB_PASSWORD: ${resources.db.password}');

  const validated = await platform.started('validate', '--format=json');
  expect(validated.code).toBe(0);
  expect(JSON.parse(validated.stdout)).toMatchObject({ verb: 'validate', summary: { services: 1, errors: 0 } });

  const checked = await platform.started('check', '--format=json');
  expect(checked.code).toBe(0);
  expect(JSON.parse(checked.stdout)).toMatchObject({ summary: { services: 1, errors: 0, objects: 50 } });

  const rendered = await platform.started('render', 'checkout', '--environment=dev');
  expect(rendered.code).toBe(0);
  expect(rendered.stdout).toContain('kind: Deployment');
  expect(rendered.stdout).toContain('secretKeyRef');

  const planned = await platform.started('plan', '--base=main', '--format=json');
  expect(planned.code).toBe(0);
  expect(JSON.parse(planned.stdout)).toMatchObject({ summary: { compared: 3, changed: 3 } });

  await platform.merge('Add checkout');
  const source = (await platform.git('rev-parse', 'HEAD')).trim();

  const promoted = await platform.started('promote', '--to=dev', '--format=json');
  expect(promoted.code).toBe(0);
  expect(JSON.parse(promoted.stdout)).toMatchObject({ summary: { to: 'dev', source, promoted: 1 } });
  expect((await platform.remoteGit('rev-list', '--count', 'env/dev')).trim()).toBe('1');
  expect(
    await platform.remoteGit('show', 'env/dev:manifests/eu/checkout/checkout/deployment.apps-checkout.yaml'),
  ).toContain('image: registry.example.com/acme/checkout:unpinned');
  const record: unknown = JSON.parse(await platform.remoteGit('show', 'env/dev:.idp/services/checkout.json'));
  expect(record).toMatchObject({ kind: 'Record', service: 'checkout', environment: 'dev', source: { commit: source } });
  const trailers = await platform.remoteGit('log', '-1', '--format=%(trailers:key=Idp-Source,valueonly)', 'env/dev');
  expect(trailers.trim()).toBe(source);

  const again = await platform.started('promote', '--to=dev');
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toContain('Nothing to do');
  expect((await platform.remoteGit('rev-list', '--count', 'env/dev')).trim()).toBe('1');

  const status = await platform.started('status', '--format=json');
  expect(status.code).toBe(0);
  expect(JSON.parse(status.stdout)).toMatchObject({
    status: expect.arrayContaining([
      expect.objectContaining({ service: 'checkout', environment: 'dev', state: 'current' }),
      expect.objectContaining({ service: 'checkout', environment: 'prod', state: 'absent' }),
    ]),
  });
});
