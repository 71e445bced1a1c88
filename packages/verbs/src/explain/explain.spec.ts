import { type DeployedObjects, type ExampleFiles, loadPlatform, policyCalled, policyFacts } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { explainPolicy, policyAlone } from './explain-policy.ts';
import { explainRule, ruleCodes } from './explain-rule.ts';
import { explanationJson } from './explanation.ts';
import { markdownExplanation, prettyExplanation } from './explanation-text.ts';

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: two-replicas
  annotations:
    idp.internal/title: Two at least
    idp.internal/owner: group:default/team-payments
    idp.internal/rationale: One node fails.
    idp.internal/mend: "Say more.\\e[31m"
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments] }]
  validations: [{ expression: "object.spec.?replicas.orValue(1) > 1", message: one is not enough }]
`;
const binding = (
  name: string,
  action: string,
  environment: string,
): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec:
  policyName: two-replicas
  validationActions: [${action}]
  matchResources: { namespaceSelector: { matchLabels: { idp.internal/environment: ${environment} } } }
`;
const files: ExampleFiles = {
  'policies/pods/two-replicas.yaml': policy,
  'policies/bindings.yaml': `${binding('in-dev', 'Warn', 'dev')}---\n${binding('strict', 'Deny', 'prod')}`,
  'policies/pods/fixtures/two-replicas/fails.yaml': 'kind: Deployment\n',
  'policies/pods/fixtures/two-replicas/passes.yaml': 'kind: "```"\n',
};
const waiver: ExampleFiles = {
  'policies/waivers/one.yaml': `apiVersion: idp.internal/v1alpha1
kind: Waiver
metadata: { name: one }
spec:
  policy: pods/two-replicas
  subject: { entity: "component:checkout", environments: [dev] }
  reason: a test
  owner: team-payments
  approver: team-payments
  issued: 2026-11-21
  expires: 2027-01-31
`,
};

function explain(over: ExampleFiles = {}, now = '2026-12-01T00:00:00.000Z', deployed?: DeployedObjects) {
  const snapshot = examplePlatform({ ...files, ...over });
  const platform = loadPlatform(snapshot);
  const facts = policyCalled('pods/two-replicas', policyFacts(platform.policies));
  if (facts === undefined) throw new Error('there is no policy');
  const alone = policyAlone(facts, platform, new Date(now));
  return explainPolicy(facts, { platform, snapshot, alone, now, deployed });
}

describe('what a policy is explained by', () => {
  it('says who owns it, where it is in force, and where it fails today', () => {
    const text = prettyExplanation(explain());
    expect(text.split('\n').slice(0, 6)).toEqual([
      'pods/two-replicas: Two at least',
      '  owner:       group:default/team-payments',
      '  in force:    warn in dev',
      '  waivers:     for at most 180 days',
      '  policy:      policies/pods/two-replicas.yaml:4',
      '  examples:    1 that fail, 1 that pass',
    ]);
    expect(text).toContain(
      '1 finding: 0 errors, 1 warning, 0 infos\n  environments/dev.yaml:7: Deployment checkout: one is',
    );
    expect(text).not.toContain('\u001b');
  });

  it('says which environment has no binding, and which has the stronger one', () => {
    const environment = (name: string) =>
      `apiVersion: idp.internal/v1alpha1\nkind: Environment\nmetadata: { name: ${name} }\nspec: { targets: [{ name: eu, cluster: ${name} }], values: { replicas: 1, domain: a.example } }\n`;
    const { policy: explained } = explain({
      'environments/prod.yaml': environment('prod'),
      'environments/qa.yaml': environment('qa'),
      'policies/more.yaml': binding('also', 'Audit', 'prod'),
    });
    expect(Object.fromEntries(explained?.actions ?? [])).toEqual({ dev: 'warn', prod: 'deny', qa: undefined });
  });

  it('says where it holds that no namespaceSelector can select', () => {
    const over = (group: string, resource: string) => ({
      'policies/pods/two-replicas.yaml': policy.replace('[apps]', `["${group}"]`).replace('[deployments]', resource),
    });
    const said = (files: ExampleFiles) => /in force: +(.*)/.exec(prettyExplanation(explain(files)))?.[1];
    expect(said(over('backstage.io', '[components]'))).toBe('deny for what is in no environment');
    expect(said(over('', '[pods, nodes]'))).toBe('warn in dev; deny for what is in no environment');
    expect(said(over('score.dev', '[workloads]'))).toBe('warn in dev');
    expect(said({ 'policies/bindings.yaml': '' })).toBe('nowhere: no binding puts it in force');
  });

  it('says of a policy that selects Namespaces itself where those are', () => {
    const own = policy.replace(
      'matchConstraints:\n',
      'matchConstraints:\n    namespaceSelector: { matchLabels: { idp.internal/environment: prod } }\n',
    );
    expect(prettyExplanation(explain({ 'policies/pods/two-replicas.yaml': own }))).toContain('nothing in dev\n');
  });

  it('says of a policy of Kyverno, which needs no binding, what itself says', () => {
    const kyverno = policy
      .replace('admissionregistration.k8s.io/v1', 'policies.kyverno.io/v1')
      .replace('ValidatingAdmissionPolicy', 'ValidatingPolicy');
    const actions = (text: string) => {
      const files = { 'policies/bindings.yaml': '', 'policies/pods/two-replicas.yaml': text };
      return Object.fromEntries(explain(files).policy?.actions ?? []);
    };
    expect(actions(kyverno)).toEqual({ dev: 'deny' });
    expect(actions(`${kyverno}  validationActions: [Audit]\n`)).toEqual({ dev: 'audit' });
  });

  it('judges what an update changes by what is deployed', () => {
    const shrinks = policy.replace(
      'object.spec.?replicas.orValue(1) > 1',
      'object.spec.replicas >= oldObject.spec.replicas',
    );
    const of = (deployed?: DeployedObjects) =>
      explain({ 'policies/pods/two-replicas.yaml': shrinks }, undefined, deployed).found?.map(({ message }) => message);
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'checkout', namespace: 'checkout' },
    };
    expect(of(() => ({ ...deployment, spec: { replicas: 1 } }))).toEqual([]);
    expect(of(() => ({ ...deployment, spec: { replicas: 9 } }))).toEqual(['Deployment checkout: one is not enough']);
    expect(of()).toEqual([expect.stringContaining('cannot be decided here')]);
  });

  it('judges by the params that stand beside policies', () => {
    const withParams = policy
      .replace('spec:\n', 'spec:\n  paramKind: { apiVersion: v1, kind: ConfigMap }\n')
      .replace('> 1', '> int(params.data.least)');
    const files = {
      'policies/pods/two-replicas.yaml': withParams,
      'policies/bindings.yaml': `${binding('in-dev', 'Warn', 'dev')}  paramRef: { name: least, parameterNotFoundAction: Deny, namespace: policies }\n`,
      'policies/params.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: least, namespace: policies }\ndata: { least: "0" }\n',
    };
    expect(explain(files).found).toEqual([]);
  });

  it('says who is excused until when, and that nothing else fails', () => {
    const explanation = explain(waiver);
    expect(prettyExplanation(explanation)).toContain(
      'Where it fails today\n  nowhere, but for what is waived\n\nWaived\n  component:checkout, dev until 2027-01-31 (1 finding), by policies/waivers/one.yaml of team-payments: a test',
    );
    expect(explanationJson(explanation)).toMatchObject({ failing: 0, waived: 1 });
    const ended = explain(waiver, '2027-02-01T00:00:00.000Z');
    expect(ended.policy?.waivers).toMatchObject([{ state: 'ended', covers: 0 }]);
    expect(ended.found).toHaveLength(1);
  });

  it('is Markdown whose code no example can leave', () => {
    const text = markdownExplanation(explain());
    expect(text).toContain('\n````yaml\nkind: "```"\n````\n');
  });
});

describe('what a code is explained by', () => {
  it('is its rule, with the file that shows it', () => {
    const explanation = explainRule('resolve/unknown-capability');
    expect(explanation).toMatchObject({ severity: 'error', page: 'docs/rules/resolve/unknown-capability.md' });
    if (explanation === undefined) throw new Error('there is no rule');
    expect(prettyExplanation(explanation)).toContain('An example that passes (services/checkout/score.yaml)');
  });

  it('can be said of every rule in every form', () => {
    for (const code of ruleCodes()) {
      const explanation = explainRule(code);
      if (explanation === undefined) throw new Error(code);
      expect(prettyExplanation(explanation).split('\n').length, code).toBeGreaterThan(6);
      expect(markdownExplanation(explanation)).toContain(code);
      expect(explanationJson(explanation)).toMatchObject({ id: code });
    }
    expect(explainRule('resolve/unknown')).toBeUndefined();
  });
});
