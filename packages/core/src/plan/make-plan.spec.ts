import { describe, expect, it } from 'vitest';
import { exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { makePlan } from './make-plan.ts';

const evaluate = (files: ExampleFiles = {}) => evaluatePlatform(loadPlatform(examplePlatform(files)));
const score = exampleFiles['services/checkout/score.yaml'];
const gone: ExampleFiles = {
  'services/checkout/score.yaml': null,
  'services/checkout/catalog-info.yaml': null,
  'services/checkout/.idp/lock.yaml': null,
};
const broken = exampleScore({ variable: 'DB_HOST: ${resources.db.hots}' });

describe('makePlan', () => {
  it('has nothing to say of two equal platforms, and says what it compared', () => {
    expect(makePlan(evaluate(), evaluate())).toEqual({ services: [], compared: 1 });
  });

  it('creates a service that comes and deletes one that goes', () => {
    const paths = (plan: ReturnType<typeof makePlan>) =>
      plan.services.map(({ changes, fromTree, toTree }) => ({
        kinds: [...new Set(changes.map(({ kind }) => kind))],
        objects: changes.map(({ object, target }) => `${target} ${object}`).length,
        from: fromTree === undefined,
        to: toTree === undefined,
      }));
    expect(paths(makePlan(evaluate(gone), evaluate()))).toEqual([
      { kinds: ['created'], objects: 5, from: true, to: false },
    ]);
    expect(paths(makePlan(evaluate(), evaluate(gone)))).toEqual([
      { kinds: ['deleted'], objects: 5, from: false, to: true },
    ]);
  });

  it('names the fields of an object that differ, and its target', () => {
    const files = { 'services/checkout/score.yaml': score.replace('checkout:1.0.0', 'checkout:1.1.0') };
    const { services, compared } = makePlan(evaluate(), evaluate(files));
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
    const { services } = makePlan(
      evaluate({ 'environments/dev.yaml': two }),
      evaluate({ 'environments/dev.yaml': three }),
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
        'metadata: { name: checkout, annotations: { a: b } }',
      ),
    };
    const [plan] = makePlan(evaluate(), evaluate(files)).services;
    expect(plan?.changes).toEqual([]);
    expect(plan?.fromTree).toBe(plan?.toTree);
    expect(plan?.fromRelease).not.toBe(plan?.toRelease);
  });

  it('leaves out what could not be rendered on one side: it is not known, and not deleted', () => {
    expect(makePlan(evaluate(), evaluate(broken))).toEqual({ services: [], compared: 0 });
    expect(makePlan(evaluate(broken), evaluate())).toEqual({ services: [], compared: 0 });
  });

  it('has a digest of its own for each change, the same on every run', () => {
    const to = (image: string) =>
      makePlan(evaluate(), evaluate({ 'services/checkout/score.yaml': score.replace('checkout:1.0.0', image) }))
        .services[0];
    expect(to('checkout:2')?.digest).toBe(to('checkout:2')?.digest);
    expect(to('checkout:2')?.digest).not.toBe(to('checkout:3')?.digest);
    expect(to('checkout:2')).toEqual(to('checkout:2'));
  });
});
