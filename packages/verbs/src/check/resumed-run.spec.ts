import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PackedStore, type Snapshot } from '@idp/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { exampleFiles, examplePlatform, exampleShared } from '../../../core/src/testing/example-platform.ts';
import { type TemporaryRepository, temporaryRepository } from '../../../git/src/testing/temporary-repository.ts';
import { type Asked, resumedRun } from './resumed-run.ts';
import { examplePolicy } from './testing/example-policy.ts';
import { check } from './verb.ts';

const policy = (name: string, group: string, resource: string, expression: string) =>
  examplePolicy({ name, group, resource, expression, action: 'Warn' });
const score = (image: string) =>
  exampleFiles['services/checkout/score.yaml'].replace('registry.example.com/checkout:1.0.0', image);
const named = (service: string, text: string) => text.replaceAll('name: checkout', `name: ${service}`);
const services = ['basket', 'checkout', 'search'];

/** `loyalty` sets up a cache in a zone, which `reader` has in the address that it uses. */
const sharing = (zone: string) => exampleShared({ owner: `{ type: cache, id: points, params: { zone: ${zone} } }` });
const { 'services/checkout/score.yaml': reading, ...shared } = sharing('a');
const ownerIn = (zone: string) => ({
  'services/loyalty/score.yaml': String(sharing(zone)['services/loyalty/score.yaml']),
});

const files = examplePlatform({
  ...shared,
  'services/reader/catalog-info.yaml': named('reader', exampleFiles['services/checkout/catalog-info.yaml']),
  'services/reader/score.yaml': named('reader', String(reading)),
  'policies/zones.yaml': policy(
    'zones',
    'apps',
    'deployments',
    "object.spec.template.spec.containers.all(c, !has(c.env) || c.env.all(e, !has(e.value) || !e.value.startsWith('z.')))",
  ),
  'policies/images.yaml': policy(
    'images',
    'apps',
    'deployments',
    "object.spec.template.spec.containers.all(c, c.image.startsWith('registry'))",
  ),
  'policies/score.yaml': policy('score', 'score.dev', 'workloads', "!object.containers.main.image.endsWith('latest')"),
  'policies/root.yaml': policy('root', 'idp.internal', 'dockerfiles', 'has(object.spec.user)'),
  'policies/team.yaml': policy('team', 'backstage.io', 'components', "catalog.entity.owner.spec.type == 'squad'"),
  'policies/actions.yaml': policy('actions', 'idp.internal', 'workflows', 'has(object.spec.permissions)'),
  'policies/routes.yaml': policy('routes', 'gateway.networking.k8s.io', 'httproutes', 'true'),
  '.github/workflows/ci.yaml': 'on: push\n',
  'services/basket/Dockerfile': 'FROM a\n',
  ...Object.fromEntries(
    services.flatMap((service) => [
      [`services/${service}/catalog-info.yaml`, named(service, exampleFiles['services/checkout/catalog-info.yaml'])],
      [`services/${service}/score.yaml`, named(service, exampleFiles['services/checkout/score.yaml'])],
    ]),
  ),
});

const textsOf = (snapshot: Snapshot) =>
  Object.fromEntries(
    snapshot.list().map(({ path }) => [path, new TextDecoder().decode(snapshot.read(path) ?? new Uint8Array())]),
  );

describe('a check that remembers an earlier one', () => {
  let repository: TemporaryRepository;
  const context = {
    cwd: '/',
    now: () => new Date('2026-12-01T09:00:00Z'),
    randomBytes: (count: number) => new Uint8Array(count),
    progress: () => {},
    build: 'a-build',
  };
  const asked: Asked = { services: [], environments: [], now: '2026-12-01T09:00:00Z', strict: false };
  const said = async (options: Readonly<Record<string, unknown>> = {}) => {
    const {
      readLine: _,
      pretty,
      markdown: __,
      ...result
    } = await check.run({ root: repository.root, ...options }, context);
    return { ...result, words: pretty({ colour: false }) };
  };
  const isResumed = async (options: Readonly<Record<string, unknown>> = {}) =>
    (await resumedRun({ root: repository.root, ...options }, context, asked)) !== undefined;

  beforeAll(async () => {
    repository = await temporaryRepository(textsOf(files));
    await repository.commit();
    await said();
  });

  it('finds in those who read an instance what its owner has made wrong', async () => {
    await repository.write(ownerIn('z'));
    const { findings } = await said();
    expect(findings.filter(({ code }) => code === 'policy/zones')).toMatchObject([
      { message: 'Deployment reader: no' },
    ]);
    await reset();
  });

  const reset = () => repository.git('reset', '--quiet', '--hard', 'main').then(() => repository.git('clean', '-qfd'));

  const changes: readonly [string, Readonly<Record<string, string>>, boolean][] = [
    ['nothing', {}, true],
    [
      'a service that is mended or broken by a policy',
      { 'services/checkout/score.yaml': score('elsewhere/a:latest') },
      true,
    ],
    ['the owner of an instance that others read', ownerIn('z'), true],
    ['a Dockerfile', { 'services/search/Dockerfile': 'FROM a\n' }, true],
    ['a service that cannot be rendered', { 'services/checkout/score.yaml': score('${resources.none.host}') }, true],
    ['an override', { 'services/basket/environments/dev.yaml': 'containers: { main: { image: "b:latest" } }\n' }, true],
    [
      'a resource more',
      {
        'services/basket/score.yaml': `${named('basket', exampleFiles['services/checkout/score.yaml'])}  more: { type: database }\n`,
      },
      false,
    ],
    [
      'an entity',
      { 'catalog/payments.yaml': exampleFiles['catalog/payments.yaml'].replace('type: team', 'type: squad') },
      false,
    ],
    ['a policy', { 'policies/root.yaml': policy('root', 'idp.internal', 'dockerfiles', 'false') }, false],
    ['a workflow', { '.github/workflows/ci.yaml': 'on: push\npermissions: {}\n' }, false],
    [
      'an environment',
      { 'environments/dev.yaml': exampleFiles['environments/dev.yaml'].replace('replicas: 1', 'replicas: 2') },
      false,
    ],
  ];

  it.each(changes)('says the same as one that does not, after a change of %s', async (_, change, resumed) => {
    await reset();
    await repository.write(change);
    expect(await isResumed()).toBe(resumed);
    // What is not resumed is checked anew, whatever is remembered.
    if (!resumed) return;
    const since = await said({ since: 'main' });
    expect(since).toEqual(await said({ since: 'main', store: 'off' }));
    expect(await said()).toEqual(await said({ store: 'off' }));
  });

  it('parses nothing of the platform again that an earlier one has parsed', async () => {
    for (const image of ['a:1', 'a:2']) {
      await reset();
      await repository.write({ 'services/checkout/score.yaml': score(image) });
      if (image === 'a:1') await said();
    }
    const got = vi.spyOn(PackedStore.prototype, 'get');
    const set = vi.spyOn(PackedStore.prototype, 'set');
    await said();
    expect(got.mock.results.filter(({ value }) => value !== undefined)).not.toEqual([]);
    expect(set).not.toHaveBeenCalled();
  });

  it('does not believe what somebody else wrote, or what was found on another day', async () => {
    await reset();
    expect(await isResumed()).toBe(true);
    const tomorrow = { ...asked, now: '2026-12-02T09:00:00Z' };
    expect(await resumedRun({ root: repository.root }, context, tomorrow)).toBeUndefined();
    expect(await resumedRun({ root: repository.root }, { ...context, build: 'another' }, asked)).toBeUndefined();
    expect(await resumedRun({ root: repository.root, store: 'off' }, context, asked)).toBeUndefined();
    await rm(join(repository.root, '.git', 'idp'), { recursive: true });
    expect(await isResumed()).toBe(false);
  });
});
