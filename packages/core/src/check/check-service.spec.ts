import { describe, expect, it } from 'vitest';
import { property, valueAt } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { noWaivers } from '../waiver/waivers-in-force.ts';
import { checkService } from './check-service.ts';
import { noPolicies } from './no-policies.ts';
import type { PolicyEngine, PolicyViolation } from './policy-engine.ts';

const evaluation = evaluatePlatform(
  loadPlatform(
    examplePlatform({
      'services/cart/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace(
        'checkout',
        'cart',
      ),
      'services/cart/score.yaml': exampleFiles['services/checkout/score.yaml'].replace(
        '{ name: checkout }',
        '{ name: cart }',
      ),
    }),
  ),
);
const image: Pointer = ['spec', 'template', 'spec', 'containers', 0, 'image'];

/** Denies the Deployment of checkout at a place. */
const denying = (fieldPath: Pointer, added: Partial<PolicyViolation> = {}): PolicyEngine => ({
  ...noPolicies,
  policies: 1,
  evaluate: ({ object }) =>
    property(object, 'kind') === 'Deployment' && valueAt(object, ['metadata', 'name']) === 'checkout'
      ? [
          {
            policy: 'p',
            path: 'policies/p.yaml',
            severity: 'error',
            message: 'no',
            fieldPaths: [fieldPath],
            kind: 'violated',
            ...added,
          },
        ]
      : [],
});

const by = (engine: PolicyEngine) => ({ engine, waivers: noWaivers });

/** All services, each judged by itself. */
function check(engine: PolicyEngine) {
  const byService = evaluation.services.map(
    (evaluated) => [evaluated.service, checkService(evaluated, by(engine))] as const,
  );
  return { byService, findings: byService.flatMap(([, { findings }]) => findings) };
}

describe('checkService', () => {
  it('points at the line of the Score file that a value came from, and at the policy', () => {
    const { findings } = check(denying(image, { mend: 'mend it' }));
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'policy/p',
        severity: 'error',
        message: 'Deployment checkout: no',
        hint: 'mend it',
        subject: 'component:default/checkout',
        path: 'services/checkout/score.yaml',
        line: 5,
        column: 12,
      }),
    ]);
    expect(findings[0]?.related).toContainEqual({ message: 'the policy', path: 'policies/p.yaml' });
  });

  it('names the template that inserted a value, and points at where the value is from', () => {
    const [finding] = check(denying(['spec', 'replicas'])).findings;
    expect(finding).toMatchObject({ path: 'environments/dev.yaml', line: 7 });
    expect(finding?.related).toMatchObject([
      {
        path: 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml',
        message: 'rendered Deployment checkout in dev (eu), spec.replicas',
      },
      { path: 'capabilities/web/patches/deployment.yaml', line: 4, message: 'by a template of web@1.0.0' },
      { path: 'policies/p.yaml' },
    ]);
  });

  it('points at the container whose field is missing, or is made by the renderer', () => {
    const container = image.slice(0, -1);
    for (const place of [container, [...container, 'livenessProbe', 'httpGet'], [...container, 'name']]) {
      const [finding] = check(denying(place)).findings;
      expect(finding).toMatchObject({ path: 'services/checkout/score.yaml', line: 4, column: 3, endColumn: 7 });
    }
  });

  it('points at the file where nothing nearer is known', () => {
    const [finding] = check(denying(['spec', 'nothing'])).findings;
    expect(finding).toMatchObject({ path: 'services/checkout/score.yaml', line: 1, column: 1 });
  });

  it('counts what cannot be decided', () => {
    const engine = denying(image, { kind: 'inconclusive', severity: 'warning' });
    const checked = evaluation.services.map((evaluated) => checkService(evaluated, by(engine)));
    expect(checked.map(({ inconclusive }) => inconclusive)).toEqual([0, 1]);
    expect(checked[1]?.findings).toMatchObject([
      { severity: 'warning', message: 'Deployment checkout: cannot be decided here: no' },
    ]);
  });

  it('says once what is at fault in one line, with all environments and targets in which it shows', () => {
    const environment = (name: string, targets: string) =>
      `apiVersion: idp.internal/v1alpha1\nkind: Environment\nmetadata: { name: ${name} }\nspec: { targets: ${targets}, values: { replicas: 1, domain: a.example } }\n`;
    const several = {
      'environments/dev.yaml': environment('dev', '[{ name: eu, cluster: a }]'),
      'environments/prod.yaml': environment('prod', '[{ name: eu, cluster: b }, { name: us, cluster: c }]'),
      'services/checkout/environments/dev.yaml': 'containers: { main: { image: "b:2" } }\n',
    };
    const everywhere = evaluatePlatform(loadPlatform(examplePlatform(several))).services;
    const found = (path: Pointer) => everywhere.flatMap((one) => checkService(one, by(denying(path))).findings);
    expect(found(['metadata', 'name'])).toMatchObject([
      { related: [{ message: 'rendered Deployment checkout in dev (eu) and prod (eu, us), metadata.name' }, {}, {}] },
    ]);
    expect(found(['metadata', 'name'])[0]).not.toHaveProperty('environments');
    expect(found(image)).toMatchObject([
      { path: 'services/checkout/environments/dev.yaml', environments: ['dev'] },
      { path: 'services/checkout/score.yaml', environments: ['prod'] },
    ]);
  });

  it("names the cause where services may have it in common, and none for what is the service's own", () => {
    const cause = (path: Pointer) => check(denying(path)).findings[0]?.cause;
    expect(cause(['spec', 'replicas'])).toBe('policy/p environments/dev.yaml:7');
    expect(cause(['spec', 'strategy'])).toMatch(/^policy\/p the renderer: /);
    expect(cause(image)).toBeUndefined();
  });

  it('gives what stands on the branch of the environment as the old object', () => {
    const asked: string[] = [];
    const seen: unknown[] = [];
    const engine: PolicyEngine = {
      ...noPolicies,
      evaluate({ oldObject }) {
        seen.push(oldObject);
        return [];
      },
    };
    const old = { kind: 'Deployment' };
    for (const evaluated of evaluation.services.slice(0, 1))
      checkService(evaluated, by(engine), (environment, path) => {
        asked.push(`${environment} ${path}`);
        return path.includes('deployment') ? old : null;
      });
    expect(asked).toContain('dev manifests/eu/cart/cart/deployment.apps-cart.yaml');
    expect(seen).toContain(old);
    expect(seen).toContain(null);
  });

  it('gives every service its own findings, and gives objects their Namespace', () => {
    const namespaces = new Set<unknown>();
    const engine = denying(image);
    const { byService } = check({
      ...engine,
      evaluate(request) {
        const { object, namespaceObject: namespace } = request;
        expect(request.scopes).toEqual(new Set(['database', 'web']));
        const inside = valueAt(object, ['metadata', 'namespace']);
        expect(namespace === undefined).toBe(inside === undefined);
        if (namespace !== undefined) expect(valueAt(namespace, ['metadata', 'name'])).toBe(inside);
        namespaces.add(inside);
        expect(request.resources?.list('apps/v1').map((manifest) => manifest['kind'])).toEqual(['Deployment']);
        return engine.evaluate(request);
      },
    });
    expect(byService.map(([service, { findings, objects }]) => [service, findings.length, objects])).toEqual([
      ['cart', 0, 6],
      ['checkout', 1, 6],
    ]);
    expect(namespaces).toEqual(new Set([undefined, 'cart', 'checkout']));
  });
});
