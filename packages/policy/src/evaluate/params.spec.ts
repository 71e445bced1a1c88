import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { readPolicies } from '../policy/read-policies.ts';
import { binding, policy } from '../testing/documents.ts';
import type { Resources } from './find-params.ts';
import { PolicyEvaluation } from './policy-evaluation.ts';

const object = (namespace: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a', namespace },
  spec: { replicas: 5 },
});
const configMap = (name: string, namespace: string | undefined, max: string, labels: JsonObject = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) },
  data: { max },
});
const limited = policy({
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  validations: [
    { expression: 'object.spec.replicas <= int(params.data.max)', messageExpression: "'at most ' + params.data.max" },
  ],
});
const bound = (paramRef: JsonObject, more: JsonObject = {}, name = 'sample') => binding({ paramRef, ...more }, name);
const document = (value: JsonObject, path = 'policies/params.yaml') => ({ path, document: value });

function run(documents: Parameters<typeof readPolicies>[0], namespace = 'shop', resources?: Resources) {
  const { policies, problems } = readPolicies(documents);
  expect(problems).toEqual([]);
  const evaluation = new PolicyEvaluation(policies);
  const violations = evaluation.evaluate({
    object: object(namespace),
    oldObject: null,
    namespaceObject: {},
    resources,
  });
  return {
    said: violations.map(({ kind, action, message }) => `${kind} ${action} ${message}`),
    problems: evaluation.report().problems,
  };
}

describe('params', () => {
  it('are an object that stands beside the policies', () => {
    const paramRef = { name: 'limits', namespace: 'platform', parameterNotFoundAction: 'Deny' };
    const documents = (max: string) => [limited, bound(paramRef), document(configMap('limits', 'platform', max))];
    expect(run(documents('4'))).toEqual({ said: ['violated deny at most 4'], problems: [] });
    expect(run(documents('5'))).toEqual({ said: [], problems: [] });
  });

  it('are looked for in the namespace of the object where the binding names none', () => {
    const paramRef = { name: 'limits', parameterNotFoundAction: 'Allow' };
    const documents = [
      limited,
      bound(paramRef),
      document(configMap('limits', 'shop', '1')),
      document(configMap('limits', 'bank', '9')),
    ];
    expect(run(documents).said).toEqual(['violated deny at most 1']);
    expect(run(documents, 'bank').said).toEqual([]);
  });

  it('without a namespace are in default, where kubectl apply would put them', () => {
    const paramRef = { name: 'limits', namespace: 'default', parameterNotFoundAction: 'Deny' };
    expect(run([limited, bound(paramRef), document(configMap('limits', undefined, '2'))]).said).toEqual([
      'violated deny at most 2',
    ]);
  });

  it('are also found among the manifests around the object; those beside the policies go first', () => {
    const paramRef = { name: 'limits', parameterNotFoundAction: 'Deny' };
    const rendered = [configMap('limits', 'shop', '3'), configMap('others', 'shop', '1')];
    const resources: Resources = { list: (apiVersion) => (apiVersion === 'v1' ? rendered : []) };
    expect(run([limited, bound(paramRef)], 'shop', resources).said).toEqual(['violated deny at most 3']);
    const own = document(configMap('limits', 'shop', '8'));
    expect(run([limited, bound(paramRef), own], 'shop', resources).said).toEqual([]);
  });

  it('that a selector finds are evaluated one after the other; what they say alike is said once', () => {
    const selector = { matchLabels: { kind: 'limit' } };
    const paramRef = { selector, namespace: 'platform', parameterNotFoundAction: 'Deny' };
    const many = ['3', '9', '3', '4'].map((max, index) =>
      document(configMap(`limit-${index}`, 'platform', max, { kind: 'limit' })),
    );
    const other = document(configMap('other', 'platform', '0'));
    expect(run([limited, bound(paramRef), ...many, other]).said).toEqual([
      'violated deny at most 3',
      'violated deny at most 4',
    ]);
    expect(run([limited, bound({ ...paramRef, selector: {} }), ...many, other]).said).toHaveLength(3);
  });

  it('of several bindings are each evaluated; the same ones with the strongest action', () => {
    const paramRef = (name: string) => ({ name, namespace: 'platform', parameterNotFoundAction: 'Deny' });
    const documents = [
      limited,
      bound(paramRef('a'), { validationActions: ['Warn'] }, 'one'),
      bound(paramRef('b'), { validationActions: ['Audit'] }, 'two'),
      bound(paramRef('a'), { validationActions: ['Deny'] }, 'three'),
      document(configMap('a', 'platform', '1')),
      document(configMap('b', 'platform', '2')),
    ];
    expect(run(documents).said).toEqual(['violated deny at most 1', 'violated audit at most 2']);
  });

  it('are null where the binding gives none', () => {
    const nullable = policy({
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [{ expression: 'params == null' }],
    });
    expect(run([nullable, binding()]).said).toEqual([]);
  });

  it('of a custom kind follow its definition', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'limits.example.com' },
      spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Limit', plural: 'limits' } },
    };
    const custom = policy({
      paramKind: { apiVersion: 'example.com/v1', kind: 'Limit' },
      validations: [{ expression: 'object.spec.replicas <= params.max', message: 'too many' }],
    });
    const limit = { apiVersion: 'example.com/v1', kind: 'Limit', metadata: { name: 'limits' }, max: 2 };
    const paramRef = { name: 'limits', parameterNotFoundAction: 'Deny' };
    expect(run([custom, bound(paramRef), document(limit), document(definition)]).said).toEqual([
      'violated deny too many',
    ]);
    expect(run([custom, bound({ ...paramRef, namespace: 'x' }), document(limit), document(definition)]).said).toEqual([
      'error deny Limit has no namespaces, but paramRef names one',
    ]);
  });
});

describe('params that are not there', () => {
  const paramRef = { name: 'limits', namespace: 'platform', parameterNotFoundAction: 'Deny' };
  const near = document(configMap('limit', 'platform', '1'));

  it('deny or allow, as the binding says, and are a problem of the binding', () => {
    const missing = 'there is no ConfigMap called "limits" in namespace "platform"';
    expect(run([limited, bound(paramRef), near])).toMatchObject({
      said: [`error deny ${missing}`],
      problems: [{ code: 'policy/missing-param', severity: 'warning', document: 1, pointer: ['spec', 'paramRef'] }],
    });
    expect(run([limited, bound({ ...paramRef, parameterNotFoundAction: 'Allow' })])).toMatchObject({
      said: [],
      problems: [{ message: `no object found params: ${missing}, so the policy says nothing` }],
    });
  });

  it('are passed over by failurePolicy Ignore, as in a cluster', () => {
    const ignoring = {
      ...limited,
      document: { ...limited.document, spec: { ...spec(limited.document), failurePolicy: 'Ignore' } },
    };
    expect(run([ignoring, bound(paramRef)]).said).toEqual([]);
  });

  it('are no problem where some objects have them: a namespace need not have one', () => {
    const { policies } = readPolicies([
      limited,
      bound({ name: 'limits', parameterNotFoundAction: 'Allow' }),
      document(configMap('limits', 'shop', '1')),
    ]);
    const evaluation = new PolicyEvaluation(policies);
    for (const namespace of ['bank', 'shop']) evaluation.evaluate({ object: object(namespace), oldObject: null });
    expect(evaluation.report().problems).toEqual([]);
  });

  it('cannot be looked for in the namespace of what has none', () => {
    const everything = policy({
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: {
        resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
      },
      validations: [{ expression: 'true' }],
    });
    const { policies } = readPolicies([everything, bound({ name: 'limits', parameterNotFoundAction: 'Allow' })]);
    const clusterRole = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } };
    expect(new PolicyEvaluation(policies).evaluate({ object: clusterRole, oldObject: null })).toMatchObject([
      { kind: 'error', message: 'the binding looks for ConfigMap in the namespace of the object, which has none' },
    ]);
  });

  it('of one name twice are a problem', () => {
    const { problems } = readPolicies([limited, bound(paramRef), near, near]);
    expect(problems).toMatchObject([{ code: 'policy/duplicate-name', document: 3 }]);
  });
});

function spec(document: JsonObject): JsonObject {
  return document['spec'] as JsonObject;
}
