import { loadPlatform } from '@idp/core';
import { expect, it } from 'vitest';
import { examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { policyRules } from './policy-rules.ts';

const policyOf = (annotations: string) =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: limits\n${annotations}`;
const rulesOf = (annotations: string) => {
  const files = { 'policies/limits.yaml': policyOf(annotations) };
  return policyRules(loadPlatform(examplePlatform(files))).get('policy/limits');
};

it('says of a policy what its author says', () => {
  expect(
    rulesOf(`  annotations:
    idp.internal/title: Containers have limits
    idp.internal/rationale: One takes all.
    idp.internal/mend: Set limits.
`),
  ).toEqual({ title: 'Containers have limits', why: 'One takes all.', mend: 'Set limits.' });
});

it('names the policy and its owner where the author says nothing', () => {
  expect(rulesOf('  annotations: { idp.internal/owner: team-sre }\n')).toEqual({
    title: 'limits',
    why: 'The policy limits asks for it.',
    mend: 'Ask team-sre.',
  });
  expect(rulesOf('')?.mend).toBe('Ask who wrote the policy.');
});
