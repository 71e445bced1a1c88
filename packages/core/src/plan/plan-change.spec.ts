import { describe, expect, it } from 'vitest';
import { exampleScore, exampleShared, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { planChange } from './plan-change.ts';

const platform = (files: ExampleFiles = {}) => loadPlatform(examplePlatform(files));
const planOf = (before: ReturnType<typeof platform>, after: ReturnType<typeof platform>) =>
  planChange(before, after).plan;
const score = exampleFiles['services/checkout/score.yaml'];
const gone: ExampleFiles = {
  'services/checkout/score.yaml': null,
  'services/checkout/catalog-info.yaml': null,
  'services/checkout/.idp/lock.yaml': null,
};
const broken = exampleScore({ variable: 'DB_HOST: ${resources.db.hots}' });

describe('planChange', () => {
  it('has nothing to say of two equal platforms, and says what it compared', () => {
    expect(planOf(platform(), platform())).toEqual({ services: [], compared: 1, notPlanned: [] });
  });

  it('creates a service that comes and deletes one that goes', () => {
    const paths = (plan: ReturnType<typeof planOf>) =>
      plan.services.map(({ changes, fromTree, toTree }) => ({
        kinds: [...new Set(changes.map(({ kind }) => kind))],
        objects: changes.map(({ object, target }) => `${target} ${object}`).length,
        from: fromTree === undefined,
        to: toTree === undefined,
      }));
    expect(paths(planOf(platform(gone), platform()))).toEqual([
      { kinds: ['created'], objects: 6, from: true, to: false },
    ]);
    expect(paths(planOf(platform(), platform(gone)))).toEqual([
      { kinds: ['deleted'], objects: 6, from: false, to: true },
    ]);
  });

  it('shows what a change of a shared instance does to those who read it, whose release stays as it is', () => {
    const owner = (zone: string) => exampleShared({ owner: `{ type: cache, id: points, params: { zone: ${zone} } }` });
    const lock = (of: ReturnType<typeof platform>) => of.workloads.get('loyalty')?.workload.lock?.source.text ?? '';
    const before = platform(owner('a'));
    const after = platform({ ...owner('b'), 'services/loyalty/.idp/lock.yaml': lock(before) });
    const { services } = planOf(before, after);
    expect(services.map(({ service }) => service)).toEqual(['checkout', 'loyalty']);
    expect(services[0]).toMatchObject({
      changes: [{ kind: 'updated', fields: [{ after: expect.stringMatching(/^b\.loy/) }] }],
    });
    expect(services[0]?.fromRelease).toBe(services[0]?.toRelease);
    expect(planOf(after, after).services).toEqual([]);
  });

  it('names the fields of an object that differ, and its target', () => {
    const files = { 'services/checkout/score.yaml': score.replace('checkout:1.0.0', 'checkout:1.1.0') };
    const { services, compared } = planOf(platform(), platform(files));
    expect(compared).toBe(1);
    expect(services).toMatchObject([
      {
        service: 'checkout',
        environment: 'dev',
        targets: ['eu'],
        changes: [
          {
            object: 'apps/v1 Deployment checkout/checkout',
            target: 'eu',
            path: 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml',
            kind: 'updated',
            fields: [{ kind: 'changed', pointer: '/spec/template/spec/containers/0/image' }],
          },
        ],
      },
    ]);
  });

  it('tells the targets of an environment apart', () => {
    const two = exampleFiles['environments/dev.yaml'].replace(
      '[{ name: eu, cluster: dev-eu }]',
      '[{ name: eu, cluster: dev-eu }, { name: us, cluster: dev-us, values: { replicas: 2 } }]',
    );
    const three = two.replace('replicas: 2', 'replicas: 3');
    const { services } = planOf(
      platform({ 'environments/dev.yaml': two }),
      platform({ 'environments/dev.yaml': three }),
    );
    expect(services).toMatchObject([
      {
        targets: ['eu', 'us'],
        changes: [{ target: 'us', fields: [{ pointer: '/spec/replicas', before: 2, after: 3 }] }],
      },
    ]);
    expect(services[0]?.fromRelease).toBe(services[0]?.toRelease);
  });

  it('says that a release moves that renders to the same', () => {
    const files = {
      'services/checkout/score.yaml': score.replace(
        'metadata: { name: checkout }',
        'metadata: { name: checkout, note: b }',
      ),
    };
    const [plan] = planOf(platform(), platform(files)).services;
    expect(plan?.changes).toEqual([]);
    expect(plan?.fromTree).toBe(plan?.toTree);
    expect(plan?.fromRelease).not.toBe(plan?.toRelease);
  });

  it('leaves out what could not be rendered on one side: it is not known, and not deleted', () => {
    expect(planOf(platform(), platform(broken))).toEqual({ services: [], compared: 0, notPlanned: ['checkout'] });
    expect(planOf(platform(broken), platform())).toEqual({ services: [], compared: 0, notPlanned: ['checkout'] });
  });

  it('names what could not be planned in one environment, and nothing that is nowhere', () => {
    const staging = exampleFiles['environments/dev.yaml'].replace('name: dev', 'name: staging');
    const two = { 'environments/staging.yaml': staging };
    const override = {
      'services/checkout/environments/staging.yaml': 'resources: { db: { params: { size: "huge" } } }\n',
    };
    expect(planOf(platform(two), platform({ ...two, ...override }))).toMatchObject({
      services: [{ environment: 'dev' }],
      compared: 1,
      notPlanned: ['checkout'],
    });
    expect(planChange(platform(gone), platform(gone)).plan).toEqual({ services: [], compared: 0, notPlanned: [] });
  });

  it('has a digest of its own for each change, the same on every run', () => {
    const to = (image: string) =>
      planOf(platform(), platform({ 'services/checkout/score.yaml': score.replace('checkout:1.0.0', image) }))
        .services[0];
    expect(to('checkout:2')?.digest).toBe(to('checkout:2')?.digest);
    expect(to('checkout:2')?.digest).not.toBe(to('checkout:3')?.digest);
    expect(to('checkout:2')).toEqual(to('checkout:2'));
  });
});

describe('a parameter that an instance cannot change', () => {
  const disk = (params: string): ExampleFiles =>
    exampleUse(
      {
        spec: `parameters: { type: object, properties: { database: { type: string, default: app }, disk: { type: object, properties: { size: {} } } } }
immutable: [database]
growOnly: [disk.size]
objects: { kinds: [v1/ConfigMap] }`,
        files: {
          'templates/deploy/a.yaml':
            'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{yaml instance.name}} }\ndata: { text: {{yaml (json params)}} }\n',
        },
      },
      `cache: { type: cache, params: ${params} }`,
    );
  const lockPath = 'services/checkout/.idp/lock.yaml';
  /** The same instance with other parameters; or, with a lock of its own, another instance. */
  const changed = (from: string, to: string, keep = true) => {
    const before = platform(disk(from));
    const lock = before.workloads.get('checkout')?.workload.lock?.source.text ?? '';
    const other = lock.replace(/i-(\w{15})\w/g, 'i-$1z').replaceAll(/(name: checkout-cache-)\w+/g, '$1zzzzz');
    const after = platform({ ...disk(to), [lockPath]: keep ? lock : other });
    return planChange(before, after).serviceFindings.filter(({ code }) => code === 'plan/parameter-fixed');
  };

  it.each([
    [
      '{ database: a }',
      '{ database: b }',
      '"database" of cache would go from "a" to "b" in dev: of cache it is fixed once the instance is there',
    ],
    [
      '{}',
      '{ database: b }',
      '"database" of cache would go from "app" to "b" in dev: of cache it is fixed once the instance is there',
    ],
    [
      '{ disk: { size: 10Gi } }',
      '{ disk: { size: 9Gi } }',
      '"disk.size" of cache would go from "10Gi" to "9Gi" in dev: of cache it can only grow',
    ],
    [
      '{ disk: { size: 1Gi } }',
      '{ disk: { size: 1000M } }',
      '"disk.size" of cache would go from "1Gi" to "1000M" in dev: of cache it can only grow',
    ],
    [
      '{ disk: { size: 5 } }',
      '{}',
      '"disk.size" of cache would go from 5 to nothing in dev: of cache it can only grow',
    ],
  ])('is refused at what the change writes: %s to %s', (from, to, message) => {
    expect(changed(from, to)).toMatchObject([{ message, severity: 'error', line: expect.any(Number) }]);
  });

  it.each([
    ['{ database: a }', '{ database: a, disk: { size: 1 } }'],
    ['{ disk: { size: 10Gi } }', '{ disk: { size: 1Ti } }'],
    ['{ disk: { size: 999Mi } }', '{ disk: { size: 1Gi } }'],
  ])('is let through when it may: %s to %s', (from, to) => {
    expect(changed(from, to)).toEqual([]);
  });

  it('is free in another instance', () => {
    expect(changed('{ database: a }', '{ database: b }', false)).toEqual([]);
  });
});
