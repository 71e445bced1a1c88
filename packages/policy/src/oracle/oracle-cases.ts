import type { JsonObject } from '../json.ts';

/** Policies over one object, as the API server is asked about it: each case is one request. */
export interface OracleCase {
  readonly name: string;
  readonly policy: JsonObject;
  readonly bindings: readonly JsonObject[];
  readonly params: readonly JsonObject[];
  readonly object: JsonObject;
  /** `null`: it is created. */
  readonly oldObject: JsonObject | null;
}

const RULE = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] };
const FAILS = [{ expression: 'false', message: 'no' }];

/** Namespaces of the cluster that is asked. */
export const oracleNamespaces: readonly JsonObject[] = ['prod', 'dev'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { env: name, 'kubernetes.io/metadata.name': name } },
}));

const deployment = (more: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'prod', labels: { app: 'shop', tier: 'web' }, ...metadata },
  spec: { replicas: 3, containers: [{ name: 'a' }, { name: 'b', image: 'x' }] },
  ...more,
});
const clusterRole: JsonObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'r' },
};
const namespace = oracleNamespaces[0] ?? {};

interface Given {
  readonly spec?: JsonObject;
  readonly bindings?: readonly JsonObject[];
  readonly params?: readonly JsonObject[];
  readonly object?: JsonObject;
  readonly oldObject?: JsonObject | null;
}

function given(
  name: string,
  { spec = {}, bindings = [{}], params = [], object = deployment(), oldObject = null }: Given,
): OracleCase {
  return {
    name,
    policy: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'policy' },
      spec: { failurePolicy: 'Fail', matchConstraints: { resourceRules: [RULE] }, validations: FAILS, ...spec },
    },
    bindings: bindings.map((binding, index) => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `binding-${index}` },
      spec: { policyName: 'policy', validationActions: ['Deny'], ...binding },
    })),
    params,
    object,
    oldObject,
  };
}

const rule = (name: string, change: JsonObject, more: JsonObject = {}, object = deployment()): OracleCase =>
  given(`rule: ${name}`, { spec: { matchConstraints: { resourceRules: [{ ...RULE, ...change }], ...more } }, object });
const everything = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] };
const selecting = (name: string, selector: JsonObject, object = deployment()): OracleCase =>
  rule(`selector: ${name}`, everything, selector, object);

const matching: readonly OracleCase[] = [
  rule('itself', {}),
  rule('another group', { apiGroups: ['batch'] }),
  rule('every group', { apiGroups: ['*'] }),
  rule('another version, exactly', { apiVersions: ['v1beta1'] }, { matchPolicy: 'Exact' }),
  rule('every version', { apiVersions: ['*'] }, { matchPolicy: 'Exact' }),
  rule('all operations', { operations: ['*'] }),
  rule('another operation', { operations: ['UPDATE', 'DELETE'] }),
  rule('every resource', { resources: ['*'] }),
  rule('every subresource of all', { resources: ['*/*'] }),
  rule('every subresource', { resources: ['deployments/*'] }),
  rule('one subresource', { resources: ['deployments/scale'] }),
  rule('the name', { resourceNames: ['other', 'shop'] }),
  rule('another name', { resourceNames: ['other'] }),
  rule('namespaced', { scope: 'Namespaced' }),
  rule('cluster', { scope: 'Cluster' }),
  rule('namespaced, of a Namespace', { ...everything, scope: 'Namespaced' }, {}, namespace),
  rule('cluster, of a Namespace', { ...everything, scope: 'Cluster' }, {}, namespace),
  rule('cluster, of a ClusterRole', { ...everything, scope: 'Cluster' }, {}, clusterRole),
  rule('excluded', everything, { excludeResourceRules: [RULE] }),
  rule('excluded by name', everything, { excludeResourceRules: [{ ...RULE, resourceNames: ['other'] }] }),
  selecting('labels', { objectSelector: { matchLabels: { app: 'shop' } } }),
  selecting('other labels', { objectSelector: { matchLabels: { app: 'other' } } }),
  selecting('labels and expressions', {
    objectSelector: {
      matchLabels: { app: 'shop' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'db'] }],
    },
  }),
  selecting('not in', { objectSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] } }),
  selecting('not in, absent', {
    objectSelector: { matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['web'] }] },
  }),
  selecting('exists', { objectSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } }),
  selecting('does not exist', { objectSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } }),
  selecting('the namespace', { namespaceSelector: { matchLabels: { env: 'prod' } } }),
  selecting('another namespace', { namespaceSelector: { matchLabels: { env: 'dev' } } }),
  selecting('a namespace by its name', {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'prod' } },
  }),
  selecting('a Namespace by its own labels', { namespaceSelector: { matchLabels: { env: 'prod' } } }, namespace),
  selecting('a Namespace by others', { namespaceSelector: { matchLabels: { env: 'dev' } } }, namespace),
  selecting('no namespace at all', { namespaceSelector: { matchLabels: { env: 'dev' } } }, clusterRole),
  given('selector: the old labels', {
    spec: { matchConstraints: { resourceRules: [RULE], objectSelector: { matchLabels: { old: 'yes' } } } },
    oldObject: deployment({}, { labels: { old: 'yes' } }),
  }),
  given('a policy judges no policies', {
    spec: { matchConstraints: { resourceRules: [everything] } },
    object: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'x' },
    },
  }),
];

const condition = (name: string, expressions: readonly string[], failurePolicy = 'Fail'): OracleCase =>
  given(`conditions: ${name}`, {
    spec: {
      failurePolicy,
      matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
    },
  });

const conditions: readonly OracleCase[] = [
  condition('all true', ['true', "object.kind == 'Deployment'"]),
  condition('one false', ['true', 'false']),
  condition('an error and a false', ['object.missing == 1', 'false']),
  condition('an error and a true', ['object.missing == 1', 'true']),
  condition('an error and a true, ignored', ['object.missing == 1', 'true'], 'Ignore'),
  condition('they see no namespaceObject', ['namespaceObject == null']),
  condition('they see the request', ["request.operation == 'CREATE' && request.resource.resource == 'deployments'"]),
];

const says = (name: string, validations: readonly JsonObject[], more: Given = {}, spec: JsonObject = {}): OracleCase =>
  given(`validation: ${name}`, { ...more, spec: { validations, ...spec } });
const message = (name: string, messageExpression: string, more: JsonObject = { message: 'fallback' }): OracleCase =>
  says(`message ${name}`, [{ expression: 'object.spec.replicas > 9', messageExpression, ...more }]);

const validations: readonly OracleCase[] = [
  says('true', [{ expression: 'object.spec.replicas == 3' }]),
  says('false', [{ expression: ' object.spec.replicas > 9 ' }]),
  says('with a reason', [{ expression: 'false', message: ' no ', reason: 'Forbidden' }]),
  says('the first that fails', [
    { expression: 'true' },
    { expression: 'false', message: 'two' },
    { expression: 'false', message: 'three' },
  ]),
  says('an error', [{ expression: 'object.spec.missing == 1' }]),
  says('an error, ignored', [{ expression: 'object.spec.missing == 1' }], {}, { failurePolicy: 'Ignore' }),
  says(
    'an error, ignored, and a denial',
    [{ expression: 'object.spec.missing == 1' }, { expression: 'false', message: 'two' }],
    {},
    { failurePolicy: 'Ignore' },
  ),
  says('an error that nothing depends on', [{ expression: 'object.spec.missing == 1 || true' }]),
  says('a field that is null', [{ expression: 'has(object.nothing)' }], { object: deployment({ nothing: null }) }),
  says('int and double', [{ expression: 'object.spec.replicas == 3.0' }]),
  says('a number with a fraction', [{ expression: 'object.half > 0 && object.half < 1' }], {
    object: deployment({ half: 0.5 }),
  }),
  says('optionals', [{ expression: "object.spec.?containers[0].?image.orValue('none') == 'none'" }]),
  says('all', [{ expression: 'object.spec.containers.all(c, has(c.image))', message: 'images' }]),
  says('oldObject of a creation', [{ expression: 'oldObject == null' }]),
  says(
    'oldObject of an update',
    [{ expression: 'oldObject.spec.replicas <= object.spec.replicas', message: 'fewer' }],
    { oldObject: deployment({ spec: { replicas: 5 } }) },
  ),
  says('the operation of an update', [{ expression: "request.operation != 'UPDATE'" }], { oldObject: deployment() }),
  says('the namespace', [
    {
      expression:
        "namespaceObject.metadata.labels['env'] == 'prod' && namespaceObject.metadata.name == request.namespace",
    },
  ]),
  says(
    'no namespace',
    [{ expression: 'namespaceObject == null' }],
    { object: clusterRole },
    { matchConstraints: { resourceRules: [everything] } },
  ),
  says(
    'a Namespace is in itself',
    [{ expression: "request.namespace == 'prod' && request.name == 'prod' && namespaceObject == null" }],
    { object: namespace },
    { matchConstraints: { resourceRules: [everything] } },
  ),
  says('the request', [
    {
      expression:
        "request.kind.group == 'apps' && request.kind.version == 'v1' && request.requestKind.kind == 'Deployment' && request.subResource == '' && request.name == 'shop'",
    },
  ]),
  message('of the object', "'replicas: ' + string(object.spec.replicas)"),
  message('that fails', 'object.spec.missing'),
  message('that is empty', "' '"),
  message('of several lines', "'a\\nb'"),
  message('with white space around', "'  a  '"),
  message('that is no text', 'object.spec.replicas'),
  message(
    'that is too long',
    "object.spec.containers.map(c, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx').join('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx').replace('x', 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')",
  ),
  message('without a message', 'object.spec.missing', {}),
];

const variables: readonly OracleCase[] = [
  given('variables: build on each other', {
    spec: {
      variables: [
        { name: 'replicas', expression: 'object.spec.replicas' },
        { name: 'many', expression: 'variables.replicas > 2' },
      ],
      validations: [{ expression: '!variables.many', messageExpression: "'not ' + string(variables.replicas)" }],
    },
  }),
  given('variables: one that nobody reads may fail', {
    spec: { variables: [{ name: 'broken', expression: 'object.missing' }], validations: [{ expression: 'true' }] },
  }),
  given('variables: one that fails', {
    spec: {
      variables: [{ name: 'broken', expression: 'object.missing' }],
      validations: [{ expression: 'variables.broken == 1' }],
    },
  }),
];

const acting = (name: string, actions: readonly (readonly string[])[], more: Given = {}): OracleCase =>
  given(`actions: ${name}`, { bindings: actions.map((validationActions) => ({ validationActions })), ...more });

const actions: readonly OracleCase[] = [
  acting('deny', [['Deny']]),
  acting('warn', [['Warn']]),
  acting('audit', [['Audit']]),
  acting('warn and audit', [['Warn', 'Audit']]),
  acting('deny and audit', [['Deny', 'Audit']]),
  acting('of two bindings', [['Audit'], ['Deny']]),
  acting('none', []),
  given('actions: a binding that narrows to another namespace', {
    bindings: [{ matchResources: { namespaceSelector: { matchLabels: { env: 'dev' } } } }],
  }),
  given('actions: a binding that narrows to this one', {
    bindings: [{ matchResources: { namespaceSelector: { matchLabels: { env: 'prod' } } } }],
  }),
  given('actions: a binding that excludes', { bindings: [{ matchResources: { excludeResourceRules: [RULE] } }] }),
];

const configMap = (name: string, inNamespace: string, max: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: inNamespace, labels: { use: name } },
  data: { max },
});
const limited: JsonObject = {
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  validations: [
    { expression: 'object.spec.replicas <= int(params.data.max)', messageExpression: "'at most ' + params.data.max" },
  ],
};
const param = (name: string, paramRef: JsonObject, params: readonly JsonObject[], more: Given = {}): OracleCase =>
  given(`params: ${name}`, { spec: limited, bindings: [{ paramRef }], params, ...more });
const named = { name: 'limit', namespace: 'dev', parameterNotFoundAction: 'Deny' };

const params: readonly OracleCase[] = [
  param('by name', named, [configMap('limit', 'dev', '2')]),
  param('by name, satisfied', named, [configMap('limit', 'dev', '4')]),
  param('of another namespace', named, [configMap('limit', 'prod', '2')]),
  param('missing, allowed', { ...named, parameterNotFoundAction: 'Allow' }, []),
  param('missing, denied, ignored', named, [], { spec: { ...limited, failurePolicy: 'Ignore' } }),
  param('of the namespace of the object', { name: 'limit', parameterNotFoundAction: 'Deny' }, [
    configMap('limit', 'prod', '1'),
    configMap('limit', 'dev', '9'),
  ]),
  param('of the namespace of what has none', { name: 'limit', parameterNotFoundAction: 'Allow' }, [], {
    spec: { ...limited, matchConstraints: { resourceRules: [everything] } },
    object: clusterRole,
  }),
  param('several, one of them satisfied', { selector: {}, namespace: 'dev', parameterNotFoundAction: 'Deny' }, [
    configMap('a', 'dev', '9'),
    configMap('b', 'dev', '2'),
  ]),
  param(
    'by a selector',
    { selector: { matchLabels: { use: 'a' } }, namespace: 'dev', parameterNotFoundAction: 'Deny' },
    [configMap('a', 'dev', '9'), configMap('b', 'dev', '2')],
  ),
  param(
    'by a selector that finds none',
    { selector: { matchLabels: { use: 'c' } }, namespace: 'dev', parameterNotFoundAction: 'Deny' },
    [configMap('a', 'dev', '9')],
  ),
  given('params: none given', { spec: { ...limited, validations: [{ expression: 'params == null' }] } }),
  given('params: in a condition', {
    spec: { ...limited, matchConditions: [{ name: 'c', expression: "params.data.max == '2'" }] },
    bindings: [{ paramRef: named }],
    params: [configMap('limit', 'dev', '2')],
  }),
];

const audited = (
  name: string,
  valueExpression: string,
  spec: JsonObject = {},
  bindings: readonly JsonObject[] = [{ validationActions: ['Audit'] }],
): OracleCase =>
  given(`audit: ${name}`, {
    spec: { validations: [], auditAnnotations: [{ key: 'note', valueExpression }], ...spec },
    bindings,
  });

const audit: readonly OracleCase[] = [
  audited('a text', "' replicas: ' + string(object.spec.replicas)"),
  audited('null', 'null'),
  audited('nothing', "''"),
  audited('an error', 'string(object.missing)'),
  audited('an error, ignored', 'string(object.missing)', { failurePolicy: 'Ignore' }),
  audited('no text', 'object.spec.replicas'),
  audited('beside a denial', "'x'", { validations: FAILS }, [{}]),
];

/** What may be refused before anything is evaluated, for the type that an expression is known to return. */
const typed = (name: string, spec: JsonObject): OracleCase => given(`types: ${name}`, { spec });
const returning = (expression: string): OracleCase =>
  typed(expression, { validations: [{ expression, message: 'no' }] });
const telling = (messageExpression: string): OracleCase =>
  typed(`message ${messageExpression}`, { validations: [{ expression: 'false', message: 'no', messageExpression }] });
const noting = (valueExpression: string): OracleCase =>
  typed(`audit ${valueExpression}`, { validations: [], auditAnnotations: [{ key: 'note', valueExpression }] });

const types: readonly OracleCase[] = [
  returning('object.spec.paused'),
  returning('object.spec.?paused.orValue(false)'),
  returning('!object.spec.?paused.orValue(true)'),
  returning('object.spec.replicas == 3 ? true : object.spec.paused'),
  returning('object.spec.replicas == 3 ? object.spec.?paused.orValue(false) : false'),
  returning('dyn(false)'),
  returning("object.metadata.name.matches('^x')"),
  returning("object.metadata.labels['app'] == 'x'"),
  returning('[true, object.spec.paused][0]'),
  returning('has(object.spec.paused)'),
  telling('object.metadata.name'),
  telling("object.metadata.?title.orValue('none')"),
  telling("'name: ' + object.metadata.name"),
  telling('string(object.spec.replicas)'),
  telling("true ? 'a' : object.metadata.name"),
  telling("object.spec.containers.map(c, c.name).join(',')"),
  telling("[object.metadata.name].join(',')"),
  telling('object.metadata.name.lowerAscii()'),
  noting('object.metadata.name'),
  noting("true ? 'x' : null"),
  noting("object.spec.replicas == 3 ? string(object.spec.replicas) : 'none'"),
  noting("object.metadata.?title.orValue('')"),
];

export const oracleCases: readonly OracleCase[] = [
  ...types,
  ...matching,
  ...conditions,
  ...validations,
  ...variables,
  ...actions,
  ...params,
  ...audit,
];
