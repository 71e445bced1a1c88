import { isPolicyFile, literalSnapshot, memoryStore, readSource, type Source } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { exportPolicies } from './export-policies.ts';

interface Written {
  readonly groups?: string;
  readonly annotation?: string;
  readonly expression?: string;
  readonly binding?: string;
}

const policy = (name: string, { groups = 'apps', annotation, expression = 'true', binding = '' }: Written = {}) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}
  annotations: { idp.internal/title: T${annotation === undefined ? '' : `, idp.internal/not-exported: ${annotation}`} }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [${groups}], apiVersions: ["*"], operations: [CREATE], resources: ["*"] }]
  validations: [{ expression: "${expression}" }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [Deny]${binding} }
`;
const selecting = (selector: string) => `, matchResources: { namespaceSelector: ${selector} }`;
const labelled = (value: string) => selecting(`{ matchLabels: { idp.internal/environment: ${value} } }`);
const expressed = (operator: string, values = '') =>
  selecting(`{ matchExpressions: [{ key: idp.internal/environment, operator: ${operator}${values} }] }`);

function exported(files: Readonly<Record<string, string>>, environment?: string) {
  const snapshot = literalSnapshot(files);
  const store = memoryStore();
  const sources = snapshot
    .list()
    .flatMap((entry): readonly Source[] =>
      isPolicyFile(entry.path) ? [readSource(snapshot, entry, store).source ?? expect.fail(entry.path)] : [],
    );
  const result = exportPolicies(sources, { environment });
  return {
    ...result,
    ids: result.exported.map(({ id }) => id),
    reasons: result.left.map(({ id, reason }) => `${id}: ${reason}`),
  };
}

describe('exportPolicies', () => {
  it('gives policies as they are written, each with its bindings', () => {
    const { exported: all, left } = exported({
      'policies/a/one.yaml': policy('one'),
      'policies/two.yaml': policy('two'),
    });
    expect(all.map(({ id, documents }) => [id, documents.map(({ kind }) => kind)])).toEqual([
      ['a/one', ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']],
      ['two', ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']],
    ]);
    expect(all[0]?.documents[0]?.['metadata']).toEqual({ name: 'one', annotations: { 'idp.internal/title': 'T' } });
    expect(left).toEqual([]);
  });

  it('names what no cluster can enforce, or should, with the reason', () => {
    const { ids, reasons } = exported({
      'policies/a.yaml': policy('a', { groups: 'backstage.io, score.dev' }),
      'policies/b.yaml': policy('b', { expression: 'has(catalog.entity)' }),
      'policies/c.yaml': policy('c', { annotation: 'operators make Secrets there' }),
      'policies/d.yaml': 'apiVersion: policies.kyverno.io/v1\nkind: ValidatingPolicy\nmetadata: { name: d }\n',
      'policies/e.yaml': policy('e').split('---')[0] ?? '',
      'policies/f.yaml': policy('f', { expression: '1 +' }),
      'capabilities/postgres/policies/g.yaml': policy('g'),
      'policies/mixed.yaml': policy('mixed', { groups: 'apps, score.dev' }),
    });
    expect(ids).toEqual(['mixed']);
    expect(reasons).toEqual([
      'a: it judges files of the repository (backstage.io, score.dev), which no cluster has',
      'b: it reads `catalog`, which no cluster has',
      'c: operators make Secrets there',
      'd: it is of a kind of Kyverno: a cluster that has Kyverno takes the file as it is',
      'e: no binding puts it in force',
      'f: it is not read: `npx idp check` says why',
      'postgres/g: it judges only who uses the capability postgres, and a cluster does not know who does',
    ]);
  });

  it.each([
    ['', true],
    [labelled('prod'), true],
    [labelled('dev'), false],
    [expressed('Exists'), true],
    [expressed('DoesNotExist'), false],
    [expressed('In', ', values: [staging, prod]'), true],
    [expressed('In', ', values: [dev]'), false],
    [expressed('NotIn', ', values: [dev]'), true],
    [expressed('NotIn', ', values: [prod]'), false],
    [selecting('{ matchLabels: { team: a } }'), true],
  ])('for prod has the binding%s: %s', (binding, expected) => {
    const { ids, reasons } = exported({ 'policies/a.yaml': policy('a', { binding }) }, 'prod');
    expect(ids).toEqual(expected ? ['a'] : []);
    expect(reasons).toEqual(expected ? [] : ['a: no binding puts it in force in prod']);
  });

  it('for prod has a binding for dev of what is in no namespace, as pull requests are judged by it', () => {
    const binding = labelled('dev');
    const text = policy('a', { binding, groups: 'rbac.authorization.k8s.io' });
    expect(exported({ 'policies/a.yaml': text }, 'prod').ids).toEqual(['a']);
    const files = policy('b', { binding, groups: 'backstage.io' });
    expect(exported({ 'policies/b.yaml': files }, 'prod').left).toMatchObject([{ id: 'b', isInForce: true }]);
  });

  it('for prod leaves out what the policy itself selects for dev', () => {
    const text = policy('a').replace(
      'matchConstraints:\n',
      'matchConstraints:\n    namespaceSelector: { matchLabels: { idp.internal/environment: dev } }\n',
    );
    expect(exported({ 'policies/a.yaml': text }, 'prod').reasons).toEqual(['a: no binding puts it in force in prod']);
    expect(exported({ 'policies/a.yaml': text }, 'dev').ids).toEqual(['a']);
  });

  it('takes along the params that bindings name', () => {
    const withParams = policy('a', {
      binding: ', paramRef: { name: limits, parameterNotFoundAction: Deny, namespace: x }',
    });
    const { exported: all } = exported({
      'policies/a.yaml': withParams.replace('spec:\n', 'spec:\n  paramKind: { apiVersion: v1, kind: ConfigMap }\n'),
      'policies/limits.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: limits, namespace: x }\n',
      'policies/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other, namespace: x }\n',
    });
    expect(all[0]?.documents.map(({ kind, metadata }) => [kind, metadata])).toContainEqual([
      'ConfigMap',
      { name: 'limits', namespace: 'x' },
    ]);
    expect(all[0]?.documents.length).toBe(3);
  });
});
