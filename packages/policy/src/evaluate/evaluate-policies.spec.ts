import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { type PolicyDocument, readPolicies } from '../policy/read-policies.ts';
import { binding, policy } from '../testing/documents.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { type EvaluationInput, PolicyEvaluation } from './policy-evaluation.ts';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'checkout', namespace: 'checkout', labels: { app: 'checkout' } },
  spec: { replicas: 1 },
};
const PROD = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'checkout', labels: { env: 'prod' } } };
const RULE = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] };

function evaluate(documents: readonly PolicyDocument[], input: Partial<EvaluationInput> = {}) {
  const { policies, problems } = readPolicies(documents);
  expect(problems.filter(({ severity, code }) => severity === 'error' && code !== 'policy/unbound')).toEqual([]);
  return evaluatePolicies(policies, { object: DEPLOYMENT, oldObject: null, namespaceObject: PROD, ...input });
}

/** The violations of one policy with one validation. */
function verdict(expression: string, more: JsonObject = {}, input: Partial<EvaluationInput> = {}) {
  return evaluate([policy({ validations: [{ expression }], ...more }), binding()], input);
}

describe('a validation', () => {
  it('that holds says nothing', () => {
    expect(verdict('object.spec.replicas == 1')).toEqual([]);
  });

  it('that does not is a violation with its place, expression and default message', () => {
    expect(verdict('object.spec.replicas >= 2')).toEqual([
      {
        policy: 'sample',
        path: 'policies/sample.yaml',
        document: 0,
        validation: 0,
        kind: 'violated',
        action: 'deny',
        severity: 'error',
        reason: 'Invalid',
        message: 'failed expression: object.spec.replicas >= 2',
        expression: 'object.spec.replicas >= 2',
        fieldPaths: [['spec', 'replicas']],
        otherPaths: [],
      },
    ]);
  });

  it.each([
    ['"replicas: " + string(object.spec.replicas)', 'replicas: 1'],
    ['string(object.spec.missing)', 'fallback'],
    ['" "', 'fallback'],
    ['"two\\nlines"', 'fallback'],
  ])('with the message expression %s says %s', (messageExpression, message) => {
    const validations = [{ expression: 'false', message: ' fallback ', messageExpression, reason: 'Forbidden' }];
    expect(evaluate([policy({ validations }), binding()])).toMatchObject([{ message, reason: 'Forbidden' }]);
  });

  it('one after the other, all of them', () => {
    const validations = [{ expression: 'false' }, { expression: 'true' }, { expression: 'false' }];
    expect(evaluate([policy({ validations }), binding()]).map(({ validation }) => validation)).toEqual([0, 2]);
  });
});

describe('what goes wrong', () => {
  it('refuses with failurePolicy Fail, which is the default', () => {
    expect(verdict('object.spec.missing == 1')).toMatchObject([
      { kind: 'error', action: 'deny', severity: 'error', message: 'cannot be evaluated: no such key: missing' },
    ]);
  });

  it('is passed over with failurePolicy Ignore', () => {
    expect(verdict('object.spec.missing == 1', { failurePolicy: 'Ignore' })).toEqual([]);
  });

  it('does not keep other policies from being evaluated', () => {
    const loop = policy({
      validations: [{ expression: 'object.l.all(a, object.l.all(b, object.l.all(c, a + b + c > 0)))' }],
    });
    const other = policy({ validations: [{ expression: 'false' }] }, 'other');
    const object = { ...DEPLOYMENT, l: Array.from({ length: 200 }, () => 1) };
    const violations = evaluate([loop, binding(), other, binding({ policyName: 'other' }, 'other')], { object });
    expect(violations.map((violation) => [violation.policy, violation.kind])).toEqual([
      ['other', 'violated'],
      ['sample', 'error'],
    ]);
  });

  it.each([
    'object.__proto__ == 1',
    'object.constructor == 1',
    'object.spec.toString == 1',
    "object['__proto__'].x == 1",
  ])('%s finds no more than the document has', (expression) => {
    expect(verdict(expression)).toMatchObject([{ kind: 'error', message: expect.stringContaining('no such key') }]);
  });

  it('keys that are called like the insides of JavaScript are only keys', () => {
    const object: JsonObject = JSON.parse(
      '{"apiVersion":"apps/v1","kind":"Deployment","constructor":"c","__proto__":{"a":1},"hasOwnProperty":2}',
    );
    expect(
      verdict("object.constructor == 'c' && object['__proto__'].a == 1 && object.hasOwnProperty == 2", {}, { object }),
    ).toEqual([]);
  });
});

describe('what only a cluster knows', () => {
  it.each([
    ["request.userInfo.username == 'x'"],
    ["authorizer.group('').resource('pods').check('create').allowed()"],
    ['request.dryRun || object.spec.missing == 1'],
  ])('%s is inconclusive, whatever failurePolicy says', (expression) => {
    for (const failurePolicy of ['Fail', 'Ignore']) {
      expect(verdict(expression, { failurePolicy })).toMatchObject([
        { kind: 'inconclusive', action: 'deny', severity: 'warning', validation: 0 },
      ]);
    }
  });

  it('does not matter where the answer does not depend on it', () => {
    expect(verdict("object.spec.replicas == 1 || request.userInfo.username == 'x'")).toEqual([]);
  });

  it('the request itself is known', () => {
    const expression =
      "request.operation == 'CREATE' && request.kind.kind == 'Deployment' && request.resource.resource == 'deployments' && request.name == 'checkout' && request.namespace == 'checkout' && has(request.userInfo)";
    expect(verdict(expression)).toEqual([]);
  });
});

describe('creating and updating', () => {
  it('oldObject is null on CREATE, what was given on UPDATE, and inconclusive without it', () => {
    expect(verdict('oldObject == null')).toEqual([]);
    const oldObject = { ...DEPLOYMENT, spec: { replicas: 3 } };
    expect(verdict('oldObject.spec.replicas <= object.spec.replicas', {}, { oldObject })).toMatchObject([
      { kind: 'violated' },
    ]);
    expect(verdict('oldObject.spec.replicas == 1', {}, { oldObject: undefined })).toMatchObject([
      { kind: 'inconclusive' },
    ]);
  });

  it.each([
    ['CREATE', null, ['violated']],
    ['CREATE', DEPLOYMENT, []],
    ['CREATE', undefined, ['inconclusive']],
    ['UPDATE', null, []],
    ['UPDATE', DEPLOYMENT, ['violated']],
    ['UPDATE', undefined, ['inconclusive']],
    ['*', undefined, ['violated']],
    ['DELETE', DEPLOYMENT, []],
    ['CONNECT', undefined, []],
  ])('a rule for %s, of what replaces %j', (operation, oldObject, kinds) => {
    const more = { matchConstraints: { resourceRules: [{ ...RULE, operations: [operation] }] } };
    expect(verdict('false', more, { oldObject }).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    // The same for a new object and for one that exists.
    ["request.operation != 'DELETE'", []],
    ["request.operation == 'DELETE'", ['violated']],
    // For an update it depends on what is not known.
    ["request.operation == 'CREATE' || oldObject.spec.replicas == object.spec.replicas", ['inconclusive']],
    ["request.operation == 'CREATE'", ['inconclusive']],
    ['oldObject == null || object.spec.replicas > 0', []],
    ['oldObject != null && object.spec.replicas < 0', ['violated']],
  ])('where nobody knows which it is, %s has the verdict that both have', (expression, kinds) => {
    expect(verdict(expression, {}, { oldObject: undefined }).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('matching', () => {
  it.each<[string, JsonObject, number]>([
    ['the resource', { resourceRules: [RULE] }, 1],
    ['another resource', { resourceRules: [{ ...RULE, resources: ['statefulsets'] }] }, 0],
    ['another group', { resourceRules: [{ ...RULE, apiGroups: [''] }] }, 0],
    ['every group', { resourceRules: [{ ...RULE, apiGroups: ['*'], resources: ['*'] }] }, 1],
    ['a subresource', { resourceRules: [{ ...RULE, resources: ['deployments/scale'] }] }, 0],
    ['every subresource', { resourceRules: [{ ...RULE, resources: ['*/*'] }] }, 1],
    ['the name', { resourceRules: [{ ...RULE, resourceNames: ['checkout'] }] }, 1],
    ['another name', { resourceRules: [{ ...RULE, resourceNames: ['other'] }] }, 0],
    ['the scope', { resourceRules: [{ ...RULE, scope: 'Namespaced' }] }, 1],
    ['another scope', { resourceRules: [{ ...RULE, scope: 'Cluster' }] }, 0],
    ['another version, Exact', { resourceRules: [{ ...RULE, apiVersions: ['v1beta1'] }], matchPolicy: 'Exact' }, 0],
    ['what is excluded', { resourceRules: [RULE], excludeResourceRules: [RULE] }, 0],
    ['the labels', { resourceRules: [RULE], objectSelector: { matchLabels: { app: 'checkout' } } }, 1],
    ['other labels', { resourceRules: [RULE], objectSelector: { matchLabels: { app: 'other' } } }, 0],
    [
      'a missing label',
      { resourceRules: [RULE], objectSelector: { matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] } },
      1,
    ],
    ['the namespace', { resourceRules: [RULE], namespaceSelector: { matchLabels: { env: 'prod' } } }, 1],
    ['another namespace', { resourceRules: [RULE], namespaceSelector: { matchLabels: { env: 'dev' } } }, 0],
    [
      'the namespace by its name',
      { resourceRules: [RULE], namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'checkout' } } },
      1,
    ],
    [
      'all but a namespace',
      {
        resourceRules: [RULE],
        namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
      },
      0,
    ],
  ])('%s', (_name, matchConstraints, violations) => {
    expect(verdict('false', { matchConstraints })).toHaveLength(violations);
  });

  it('what matches only after a conversion that a cluster would make is inconclusive', () => {
    const kinds = (matchConstraints: JsonObject) => verdict('false', { matchConstraints }).map(({ kind }) => kind);
    const older = { ...RULE, apiVersions: ['v1beta1'] };
    expect(kinds({ resourceRules: [older] })).toEqual(['inconclusive']);
    expect(kinds({ resourceRules: [older, RULE] })).toEqual(['violated']);
    expect(kinds({ resourceRules: [RULE], excludeResourceRules: [older] })).toEqual(['inconclusive']);
    expect(kinds({ resourceRules: [RULE], excludeResourceRules: [older], matchPolicy: 'Exact' })).toEqual(['violated']);
    expect(kinds({ resourceRules: [older], excludeResourceRules: [RULE] })).toEqual([]);
  });

  it('the old labels select as well, so that nobody slips out by taking one off', () => {
    const objectSelector = { matchLabels: { guarded: 'yes' } };
    const oldObject = { ...DEPLOYMENT, metadata: { ...DEPLOYMENT.metadata, labels: { guarded: 'yes' } } };
    const more = { matchConstraints: { resourceRules: [RULE], objectSelector } };
    expect(verdict('false', more)).toEqual([]);
    expect(verdict('false', more, { oldObject })).toHaveLength(1);
  });

  it('the configuration of admission itself is exempt, as in a cluster', () => {
    const matchConstraints = { resourceRules: [{ ...RULE, apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }] };
    const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' };
    expect(verdict('false', { matchConstraints }, { object })).toEqual([]);
  });

  it('what is in no namespace has none for selectors and rules either, whatever its fields say', () => {
    const entity = { apiVersion: 'example.com/v1', kind: 'Component', metadata: { name: 'a', namespace: 'default' } };
    const rule = { ...RULE, apiGroups: ['example.com'], resources: ['components'] };
    const namespaceSelector = { matchLabels: { env: 'prod' } };
    const verdictIn = (scope: string, namespaceObject: JsonObject | null | undefined) =>
      verdict(
        'namespaceObject != null',
        { matchConstraints: { resourceRules: [{ ...rule, scope }], namespaceSelector } },
        { object: entity, namespaceObject },
      ).map(({ kind }) => kind);
    expect(verdictIn('Cluster', null)).toEqual(['violated']);
    expect(verdictIn('Namespaced', null)).toEqual([]);
    expect(verdictIn('Namespaced', PROD)).toEqual([]);
    expect(verdictIn('Namespaced', undefined)).toEqual(['inconclusive']);
  });

  it('a Namespace is in itself for the request, has no namespaceObject, and has the label of its name', () => {
    const matchConstraints = {
      resourceRules: [{ ...RULE, apiGroups: [''], resources: ['namespaces'], scope: 'Cluster' }],
      objectSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'checkout' } },
    };
    const expression = "request.namespace == 'checkout' && request.name == 'checkout' && namespaceObject == null";
    expect(verdict(`!(${expression})`, { matchConstraints }, { object: PROD })).toHaveLength(1);
    expect(verdict(expression, { matchConstraints }, { object: PROD })).toEqual([]);
    expect(verdict("namespaceObject.metadata.labels['kubernetes.io/metadata.name'] == 'checkout'")).toEqual([]);
  });

  it.each([
    ['NetworkPolicy', 'networking.k8s.io/v1', 'networkpolicies'],
    ['Ingress', 'networking.k8s.io/v1', 'ingresses'],
    ['Gateway', 'gateway.networking.k8s.io/v1', 'gateways'],
    ['Endpoints', 'v1', 'endpoints'],
    ['Cluster', 'postgresql.cnpg.io/v1', 'clusters'],
  ])('finds %s as %s', (kind, apiVersion, resource) => {
    const matchConstraints = { resourceRules: [{ ...RULE, apiGroups: ['*'], resources: [resource] }] };
    expect(verdict('false', { matchConstraints }, { object: { apiVersion, kind } })).toHaveLength(1);
  });

  it('a namespace selector without the namespace is inconclusive, but never leaves out cluster-scoped objects', () => {
    const rules = [{ ...RULE, apiGroups: ['*'], resources: ['*'] }];
    const matchConstraints = { resourceRules: rules, namespaceSelector: { matchLabels: { env: 'prod' } } };
    const { policies } = readPolicies([
      policy({ validations: [{ expression: 'false' }], matchConstraints }),
      binding(),
    ]);
    const kinds = (object: JsonObject) =>
      evaluatePolicies(policies, { object, oldObject: null }).map(({ kind }) => kind);
    expect(kinds(DEPLOYMENT)).toEqual(['inconclusive']);
    expect(kinds({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } })).toEqual(
      ['violated'],
    );
    expect(kinds(PROD)).toEqual(['violated']);
    expect(kinds({ ...PROD, metadata: { name: 'x' } })).toEqual([]);
  });
});

describe('match conditions', () => {
  const conditions = (...expressions: string[]) => ({
    matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
  });

  it.each([
    [['true', 'true'], ['violated']],
    [['true', 'false'], []],
    [['object.missing == 1', 'false'], []],
    [['object.missing == 1', 'true'], ['error']],
    [["request.userInfo.username == 'x'", 'true'], ['inconclusive']],
    [["request.userInfo.username == 'x'", 'false'], []],
    [["request.userInfo.username == 'x'", 'object.missing == 1'], ['inconclusive']],
    // The API server gives them none, though they may name it.
    [['namespaceObject == null'], ['violated']],
  ])('%j', (expressions, kinds) => {
    expect(verdict('false', conditions(...expressions)).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('bindings', () => {
  const failing = policy({ validations: [{ expression: 'false' }] });
  const inNamespace = (env: string) => ({ matchResources: { namespaceSelector: { matchLabels: { env } } } });

  it.each([
    [['Deny'], 'deny', 'error'],
    [['Warn'], 'warn', 'warning'],
    [['Audit'], 'audit', 'info'],
    [['Audit', 'Deny'], 'deny', 'error'],
    [['Audit', 'Warn'], 'warn', 'warning'],
  ])('%j is %s, %s', (validationActions, action, severity) => {
    expect(evaluate([failing, binding({ validationActions })])).toMatchObject([{ action, severity }]);
  });

  it('without one, nothing is in force', () => {
    expect(evaluate([failing])).toEqual([]);
  });

  it('speak of one environment by its namespaces', () => {
    expect(evaluate([failing, binding(inNamespace('prod'))])).toHaveLength(1);
    expect(evaluate([failing, binding(inNamespace('dev'))])).toEqual([]);
  });

  it('the strongest action of those that match is taken, once', () => {
    const warnEverywhere = binding({ validationActions: ['Warn'] });
    const denyIn = (env: string) => binding(inNamespace(env), 'deny');
    expect(evaluate([failing, warnEverywhere, denyIn('prod')])).toMatchObject([{ action: 'deny' }]);
    expect(evaluate([failing, warnEverywhere, denyIn('dev')])).toMatchObject([{ action: 'warn' }]);
  });

  it('one that may be stronger, without the namespace, is shown as inconclusive beside what is certain', () => {
    const { policies } = readPolicies([
      failing,
      binding({ validationActions: ['Warn'] }),
      binding(inNamespace('prod'), 'deny'),
    ]);
    expect(evaluatePolicies(policies, { object: DEPLOYMENT })).toMatchObject([
      { kind: 'violated', action: 'warn' },
      { kind: 'inconclusive', action: 'deny' },
    ]);
  });
});

describe('variables', () => {
  it('build on each other, and one that nobody reads may fail', () => {
    const variables = [
      { name: 'broken', expression: 'object.missing' },
      { name: 'replicas', expression: 'object.spec.replicas' },
      { name: 'enough', expression: 'variables.replicas >= 2' },
    ];
    expect(verdict('!variables.enough', { variables })).toEqual([]);
    expect(verdict('variables.broken == 1', { variables })).toMatchObject([
      { kind: 'error', message: 'cannot be evaluated: no such key: missing' },
    ]);
  });

  it('are evaluated once', () => {
    const variables = [{ name: 'sum', expression: 'object.l.map(a, object.l.map(b, a + b))' }];
    const object = { ...DEPLOYMENT, l: Array.from({ length: 100 }, () => 1) };
    const many = Array(20).fill('variables.sum.size() == 100').join(' && ');
    const { policies } = readPolicies([policy({ variables, validations: [{ expression: many }] }), binding()]);
    const evaluation = new PolicyEvaluation(policies, { object: 200_000 });
    expect(evaluation.evaluate({ object, oldObject: null })).toEqual([]);
    expect(evaluation.report().problems).toEqual([]);
  });

  it('lead to the places that they read', () => {
    const variables = [
      { name: 'spec', expression: 'has(object.template) ? object.template.spec : object.spec' },
      { name: 'labels', expression: 'object.metadata.?labels.orValue({})' },
    ];
    expect(verdict('variables.spec.replicas > 1', { variables })[0]?.fieldPaths[0]).toEqual(['spec', 'replicas']);
    expect(verdict("'team' in variables.labels", { variables })[0]?.fieldPaths).toEqual([
      ['metadata', 'labels', 'team'],
    ]);
  });

  it('lead to their places quickly, though each reads the one before it twice', () => {
    const doubled = (operand: (before: string) => string) =>
      Array.from({ length: 60 }, (_, step) => ({
        name: `v${step}`,
        expression: step === 0 ? 'object.spec' : operand(`variables.v${step - 1}`),
      }));
    const same = doubled((before) => `has(${before}.template) ? ${before} : ${before}`);
    expect(verdict('variables.v59.replicas > 1', { variables: same })[0]?.fieldPaths[0]).toEqual(['spec', 'replicas']);
    const apart = doubled((before) => `has(${before}.template) ? ${before}.a : ${before}.b`);
    expect(verdict('variables.v59 == 1', { variables: apart })).toMatchObject([{ kind: 'error' }]);
  });
});

it('never throws, whatever the object is, and says the same twice', () => {
  const { policies } = readPolicies([
    policy({
      matchConstraints: {
        resourceRules: [{ ...RULE, apiGroups: ['*'], resources: ['*'] }],
        objectSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] },
      },
      validations: [{ expression: "object.spec.containers.all(c, c.image != '')" }],
    }),
    binding(),
  ]);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec', '__proto__'), fc.jsonValue()),
      (value) => {
        const object: JsonObject = JSON.parse(JSON.stringify(value));
        expect(evaluatePolicies(policies, { object })).toEqual(evaluatePolicies(policies, { object }));
      },
    ),
  );
});
