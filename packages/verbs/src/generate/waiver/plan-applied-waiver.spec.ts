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
});
