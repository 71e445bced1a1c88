import { type ExampleFiles, loadPlatform } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { loadPolicies } from '../context/policies.ts';

interface Written {
  readonly groups?: string;
  readonly resources?: string;
  readonly scope?: string;
  /** Of the binding. */
  readonly selector?: string;
  /** Of the policy itself. */
  readonly own?: string;
}

const text = ({ groups = 'apps', resources = 'deployments', scope = '*', selector, own }: Written) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: guard }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: ["${groups}"], apiVersions: ["*"], operations: [CREATE], resources: ["${resources}"], scope: "${scope}" }
${own === undefined ? '' : `    namespaceSelector: ${own}\n`}  validations: [{ expression: "true" }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: guard }
spec:
  policyName: guard
  validationActions: [Deny]
${selector === undefined ? '' : `  matchResources: { namespaceSelector: ${selector} }\n`}`;

const environment = (name: string) => exampleFiles['environments/dev.yaml'].replaceAll('dev', name);

function said(written: Written, files: ExampleFiles = {}, path = 'policies/guard.yaml') {
  const platform = loadPlatform(
    examplePlatform({ 'environments/prod.yaml': environment('prod'), ...files, [path]: text(written) }),
  );
  return loadPolicies(platform).findings;
}
const labelled = (value: string) => `{ matchLabels: { idp.internal/environment: ${value} } }`;
const expressed = (operator: string, values: string) =>
  `{ matchExpressions: [{ key: team, operator: Exists }, { key: idp.internal/environment, operator: ${operator}, values: [${values}] }] }`;

describe('an environment that a namespaceSelector names', () => {
  it('is there, or is shown at its value with the nearest that is', () => {
    expect(said({ selector: labelled('prd') })).toMatchObject([
      {
        code: 'policy/unknown-environment',
        severity: 'error',
        message: 'there is no environment "prd": nothing is selected by it',
        hint: 'did you mean "prod"?',
        path: 'policies/guard.yaml',
        line: 17,
        column: 83,
      },
    ]);
  });

  it.each([
    ['in matchExpressions', { selector: expressed('In', 'dev, prd') }, 'nothing is selected by it'],
    ['that is left out', { selector: expressed('NotIn', 'prd') }, 'this leaves nothing out'],
    ['of the policy itself', { own: labelled('prd') }, 'nothing is selected by it'],
  ])('is looked for %s', (_, written, outcome) => {
    expect(said(written)).toMatchObject([{ message: `there is no environment "prd": ${outcome}` }]);
  });

  it.each([{ selector: labelled('prod') }, { selector: expressed('NotIn', 'prod, dev') }, {}])('is right: %o', (w) => {
    expect(said(w)).toEqual([]);
  });

  it('is there also when its file has an error', () => {
    const broken = { 'environments/prod.yaml': 'apiVersion: idp.internal/v1alpha1\nkind: Environment\n' };
    expect(said({ selector: labelled('prod') }, broken)).toEqual([]);
  });

  it('need not be there for a capability, which other repositories take as well', () => {
    expect(said({ selector: labelled('prd') }, {}, 'capabilities/database/policies/a.yaml')).toMatchObject([
      { code: 'policy/unknown-environment', severity: 'warning' },
    ]);
  });
});

describe('a namespaceSelector over what is in no namespace', () => {
  it.each([
    { groups: 'backstage.io', resources: 'components' },
    { groups: 'idp.internal', resources: 'workflows' },
    { groups: 'idp.internal', resources: '*' },
    { groups: 'rbac.authorization.k8s.io', resources: 'clusterroles' },
    { groups: '*', resources: '*', scope: 'Cluster' },
  ])('has no effect, which is said: %o', (over) => {
    expect(said({ ...over, selector: labelled('prod') })).toMatchObject([
      {
        code: 'policy/selector-without-effect',
        severity: 'warning',
        message: 'all that "guard" judges is in no namespace, so it holds everywhere, whatever this selects',
        line: 17,
        column: 21,
      },
    ]);
  });

  it.each([
    { groups: 'apps', resources: 'deployments' },
    { groups: 'score.dev', resources: 'workloads' },
    { groups: '', resources: 'namespaces' },
    { groups: 'example.com', resources: 'widgets' },
    { groups: '*', resources: '*' },
  ])('selects where something is in namespaces: %o', (over) => {
    expect(said({ ...over, selector: labelled('prod') })).toEqual([]);
  });

  it('says nothing where nothing is selected', () => {
    expect(said({ groups: 'backstage.io', resources: 'components' })).toEqual([]);
    expect(said({ groups: 'backstage.io', resources: 'components', selector: '{}' })).toEqual([]);
  });
});

describe('what does not exist', () => {
  it('is no label of ours that a Namespace has', () => {
    expect(said({ selector: '{ matchLabels: { idp.internal/enviroment: prod } }' })).toMatchObject([
      {
        code: 'policy/unknown-environment',
        message: 'no Namespace has the label "idp.internal/enviroment"',
        hint: 'did you mean "idp.internal/environment"?',
        line: 17,
        column: 57,
      },
    ]);
    for (const label of ['team', 'idp.internal/service', 'idp.internal/owner'])
      expect(said({ selector: `{ matchLabels: { ${label}: a } }` })).toEqual([]);
  });

  it.each([
    ['apps', 'daemonset', 'did you mean "daemonsets"?'],
    ['backstage.io', 'component', 'did you mean "components"?'],
    ['', 'pod/status', 'did you mean "pods"?'],
  ])('is no resource: %s %s', (groups, resources, hint) => {
    expect(said({ groups, resources }).filter(({ code }) => code === 'policy/unknown-resource')).toMatchObject([
      { severity: 'error', hint, line: 8 },
    ]);
  });

  it.each([
    ['*', 'daemonset'],
    ['example.com', 'widget'],
    ['', 'pods/ephemeralcontainers'],
    ['apps', '*/scale'],
    ['", apps, "', 'deployments", "pods'],
  ])('may be a resource: %s %s', (groups, resources) => {
    expect(said({ groups, resources }).map(({ code }) => code)).not.toContain('policy/unknown-resource');
  });
});
