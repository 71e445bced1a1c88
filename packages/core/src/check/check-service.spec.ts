import { describe, expect, it } from 'vitest';
import { property, valueAt } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
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

/** All services, each judged by itself. */
function check(engine: PolicyEngine) {
  const byService = evaluation.services.map(
    (evaluated) => [evaluated.service, checkService(evaluated, engine)] as const,
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
        subject: 'service:checkout',
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

  it('says what cannot be decided as such', () => {
    const [finding] = check(denying(image, { kind: 'inconclusive', severity: 'warning' })).findings;
    expect(finding).toMatchObject({ severity: 'warning', message: 'Deployment checkout: cannot be decided here: no' });
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
