import { describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../../core/src/testing/example-platform.ts';
import { waiverOptions } from './options.ts';
import { planAppliedWaiver } from './plan-applied-waiver.ts';

const files = {
  'policies/one-replica.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: two-replicas, annotations: { idp.internal/owner: team-payments } }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments] }]
  validations: [{ expression: "object.spec.?replicas.orValue(1) > 1", message: one is not enough }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: two-replicas }
spec: { policyName: two-replicas, validationActions: [Deny] }
`,
};
const plan = (options: Readonly<Record<string, unknown>>, over: Readonly<Record<string, string>> = {}) =>
  planAppliedWaiver(
    examplePlatform({ ...files, ...over }),
    waiverOptions({ policy: 'two-replicas', subject: 'component:checkout', reason: 'one node', ...options }),
    '2026-11-21T00:00:00.000Z',
  );

describe('a waiver that is written', () => {
  it('covers what its policy finds', async () => {
    const { value, findings } = await plan({ resource: 'Deployment/checkout' });
    expect(findings).toEqual([]);
    expect(value?.changes.map(({ path }) => path)).toEqual(['policies/waivers/checkout-two-replicas.yaml']);
  });

  it('is refused where there is nothing to waive, with what there is', async () => {
    const { value, findings } = await plan({ container: 'main' });
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([
      {
        code: 'scaffold/nothing-to-waive',
        hint: 'it says: Deployment checkout: one is not enough (environments/dev.yaml:7); name that place',
      },
    ]);
    const dev = exampleFiles['environments/dev.yaml'].replace('replicas: 1', 'replicas: 2');
    const mended = await plan({}, { 'environments/dev.yaml': dev });
    expect(mended.findings).toMatchObject([
      { code: 'scaffold/nothing-to-waive', hint: '`npx idp check` says what is found, and where' },
    ]);
  });

  it('is refused for an environment where its policy is about what is in none', async () => {
    const entities = Object.values(files)[0]
      ?.replace('[apps]', '[backstage.io]')
      .replace('[v1]', '[v1alpha1]')
      .replace('[deployments]', '[components]')
      .replace('object.spec.?replicas.orValue(1) > 1', 'false');
    const over = { 'policies/one-replica.yaml': entities ?? '' };
    expect((await plan({ environment: ['dev'] }, over)).findings).toMatchObject([
      {
        code: 'scaffold/nothing-to-waive',
        subject: 'option:environment',
        message: 'what two-replicas judges is in no environment, so nothing of it is waived in dev',
        hint: expect.stringContaining('leave out --environment'),
      },
    ]);
    expect((await plan({}, over)).findings).toEqual([]);
  });
});
