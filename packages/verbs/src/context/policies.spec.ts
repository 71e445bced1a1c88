import { checkService, evaluatePlatform, loadPlatform, noWaivers, testPolicies } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
import { engineOf } from '../test/selection.ts';
import { loadPolicies } from './policies.ts';

const policy = (name: string, expression: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name} }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [deployments, configmaps] }]
  validations: [{ expression: "${expression}", message: no }]
`;
const binding = (name: string, policyName = name) => `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${policyName}, validationActions: [Deny] }
`;
/** A second service, which has no database. */
const cart = {
  'services/cart/catalog-info.yaml': exampleFiles['services/checkout/catalog-info.yaml'].replace('checkout', 'cart'),
  'services/cart/score.yaml':
    'apiVersion: score.dev/v1b1\nmetadata: { name: cart }\ncontainers: { main: { image: "a:1" } }\n',
};

function check(files: Readonly<Record<string, string>>) {
  const platform = loadPlatform(examplePlatform({ ...cart, ...files }));
  const { engine, findings } = loadPolicies(platform);
  const denied = evaluatePlatform(platform).services.flatMap(
    (service) => checkService(service, { engine, waivers: noWaivers }).findings,
  );
  return { problems: findings, platform, denied: denied.map(({ code, message }) => `${code} ${message}`) };
}

const own = 'capabilities/database/policies/own.yaml';

it("a capability's own policy judges everything of its users, and nothing of others", () => {
  const text = `${policy('sized', 'false')}${binding('sized')}`;
  expect(check({ [own]: text }).denied).toEqual([
    expect.stringMatching(/^policy\/sized ConfigMap checkout-db-\w+: no$/),
    'policy/sized Deployment checkout: no',
  ]);
  expect(check({ 'policies/all.yaml': text }).denied).toHaveLength(3);
  expect(check({ 'capabilities/web/policies/own.yaml': text }).denied).toHaveLength(3);
});

it('its examples are no policies', () => {
  const text = `${policy('sized', 'false')}${binding('sized')}`;
  expect(check({ 'capabilities/database/policies/fixtures/own.yaml': text })).toMatchObject({
    denied: [],
    problems: [],
  });
});

it('a capability puts no policy of others in force, and the platform any', () => {
  const mine = policy('sized', 'false');
  const taken = check({ 'policies/all.yaml': mine, [own]: binding('sized').slice(4) });
  expect(taken.problems).toMatchObject([
    { code: 'policy/unknown-policy', path: own, line: 4, message: 'policy "sized" is not one of database' },
  ]);
  expect(taken.denied).toEqual([]);
  const raised = check({ [own]: mine, 'policies/all.yaml': binding('sized').slice(4) });
  expect(raised.problems).toEqual([]);
  expect(raised.denied).toHaveLength(2);
});

it('two policies of one name are told apart by nobody, wherever they are', () => {
  const text = `${policy('sized', 'true')}${binding('sized')}`;
  const more = `${policy('sized', 'true')}${binding('sized-too', 'sized')}`;
  expect(check({ 'capabilities/web/policies/a.yaml': text, [own]: more }).problems).toContainEqual(
    expect.objectContaining({ code: 'policy/duplicate-name' }),
  );
});

it('a policy of a capability that cannot be read stops what policies decide', () => {
  expect(check({ [own]: 'a: [\n' }).problems).toMatchObject([{ code: 'source/invalid-yaml', path: own }]);
});

it.each([
  ['on one line', '    - expression: object.spec.replicas >=\n', 1, 41],
  ['in quotes', "    - expression: 'object.spec[''a''] >='\n", 1, 40],
  ['in a block', '    - expression: >-\n        object.spec.replicas > 1 &&\n        object.spec.replicas >=\n', 3, 31],
])('an expression that does not parse is shown at its column, %s', (_name, expression, line, column) => {
  const text = `${policy('broken', 'true').replace(/ {2}validations.*\n/, '')}  validations:\n`;
  const { problems } = check({ 'policies/broken.yaml': `${text}${expression}${binding('broken')}` });
  const first = text.split('\n').length - 1;
  expect(problems).toMatchObject([{ code: 'policy/cel-error', line: first + line, column }]);
});

it('a misspelt field is shown at its column, with the nearest name, and the policy is evaluated all the same', () => {
  const text = policy('sized', 'object.spec.replcas == 1 || object.kind == catalog.entity.kind').replace(
    ', configmaps',
    '',
  );
  const { problems, denied } = check({ 'policies/sized.yaml': `${text}${binding('sized')}` });
  expect(problems).toEqual([
    expect.objectContaining({
      code: 'policy/unknown-field',
      severity: 'error',
      message: 'object.spec has no field "replcas"',
      hint: 'did you mean "replicas"?',
      line: 7,
      column: 44,
      endColumn: 51,
    }),
  ]);
  expect(denied).toHaveLength(2);
});

it.each([
  ['backstage.io', 'components', "object.spec.lifecylce == 'production'", 'object.spec has no field "lifecylce"'],
  [
    'score.dev',
    'workloads',
    "object.containers.all(name, object.containers[name].imagee != '')",
    'object.containers.* has no field "imagee"',
  ],
  ['score.dev', 'workloads', 'has(object.contaners)', 'object has no field "contaners"'],
  ['idp.internal', 'environments', "object.spec.promotoin == 'automatic'", 'object.spec has no field "promotoin"'],
  ['example.com', 'things', 'object.anything == 1', undefined],
  ['idp.internal', 'environments', 'object.spec.values.replcas > 1', 'object.spec.values has no field "replcas"'],
  ['idp.internal', 'environments', "object.spec.?values.domain.orValue('') != ''", undefined],
  [
    'idp.internal',
    'environments',
    'object.spec.targets.all(t, has(t.values.domian))',
    'object.spec.targets[].values has no field "domian"',
  ],
  ['idp.internal', 'waivers', "object.spec.subject.entitty != ''", 'object.spec.subject has no field "entitty"'],
  ['idp.internal', 'dockerfiles', 'object.anything == 1', 'object has no field "anything"'],
  [
    'idp.internal',
    'dockerfiles',
    "object.spec.stages.all(s, s.imag != 'a')",
    'object.spec.stages[] has no field "imag"',
  ],
  ['idp.internal', 'dockerfiles', "object.spec.?usr.orValue('') != 'root'", 'object.spec has no field "usr"'],
  ['idp.internal', 'workflows', 'has(object.spec.permisions)', 'object.spec has no field "permisions"'],
  [
    'idp.internal',
    'workflows',
    'object.spec.jobs.all(j, has(object.spec.jobs[j].step))',
    'object.spec.jobs.* has no field "step"',
  ],
  [
    'idp.internal',
    'workflows',
    "object.spec.jobs.all(j, object.spec.jobs[j].?steps.orValue([]).all(s, s.?uss.orValue('') != ''))",
    'object.spec.jobs.*.steps[] has no field "uss"',
  ],
  [
    'idp.internal',
    'workflows',
    'has(object.spec.on.pull_request_traget)',
    'object.spec.on has no field "pull_request_traget"',
  ],
  [
    'idp.internal',
    'workflows',
    "type(object.spec.on) == string ? object.spec.on != 'push' : !('push' in object.spec.on)",
    undefined,
  ],
  // GitHub adds fields; what looks like none that there is may be one of them.
  ['idp.internal', 'workflows', 'has(object.spec.brand_new)', undefined],
])('fields of %s %s are checked: %s', (group, resource, expression, message) => {
  const text = policy('sized', expression.replaceAll('"', '\\"'))
    .replace('apiGroups: ["*"]', `apiGroups: ["${group}"]`)
    .replace('[deployments, configmaps]', `[${resource}]`);
  const { problems } = check({ 'policies/sized.yaml': `${text}${binding('sized')}` });
  expect(problems.map((problem) => problem.message)).toEqual(message === undefined ? [] : [message]);
});

it.each([
  ['v1', 'ConfigMap', 'params.dta.size() > 0', 'params has no field "dta"'],
  ['v1', 'ConfigMap', "params.data.anything != ''", undefined],
  ['idp.internal/v1alpha1', 'Environment', "params.spec.valeus.domain != ''", 'params.spec has no field "valeus"'],
  ['rules.example.com/v1', 'Limit', 'params.anything > 1', undefined],
])('fields of params of %s %s are checked: %s', (apiVersion, kind, expression, message) => {
  const text = policy('sized', expression).replace(
    'spec:',
    `spec:\n  paramKind: { apiVersion: ${apiVersion}, kind: ${kind} }`,
  );
  const { problems } = check({ 'policies/sized.yaml': `${text}${binding('sized')}` });
  const found = problems.filter(({ code }) => code === 'policy/unknown-field');
  expect(found.map((problem) => problem.message)).toEqual(message === undefined ? [] : [message]);
});

describe('the parameters of capabilities in a Score file', () => {
  const problemsOf = (expression: string, files: Readonly<Record<string, string>> = {}) => {
    const text = policy('sized', expression).replace('apiGroups: ["*"]', 'apiGroups: [score.dev]');
    const policies = `${text.replace('[deployments, configmaps]', '[workloads]')}${binding('sized')}`;
    return check({ 'policies/sized.yaml': policies, ...files }).problems.map(({ message, hint }) => [message, hint]);
  };
  const params = 'object.resources.all(name, object.resources[name].params';
  const database = exampleFiles['capabilities/database/capability.yaml'];

  it.each([
    [`${params}.siez != 'xlarge')`, 'object.resources.*.params has no field "siez"', 'did you mean "size"?'],
    [
      "object.resources.all(name, object.resources[name].?params.?siez.orValue('') != 'xlarge')",
      'object.resources.*.params has no field "siez"',
      'did you mean "size"?',
    ],
    [
      'object.metadata.workload.params.replcas < 9',
      'object.metadata.workload.params has no field "replcas"',
      'did you mean "replicas"?',
    ],
    // Each kind of capability has parameters of its own.
    [
      'object.metadata.workload.params.size < 9',
      'object.metadata.workload.params has no field "size"',
      'there is replicas',
    ],
  ])('%s: %s', (expression, message, hint) => {
    expect(problemsOf(expression)).toEqual([[message, hint]]);
  });

  it.each([
    `${params}.size != 'xlarge')`,
    'object.metadata.workload.params.replicas < 9',
    // Volumes have it, and no capability.
    `${params}.storageClass != '')`,
  ])('%s is right', (expression) => {
    expect(problemsOf(expression)).toEqual([]);
  });

  it('are checked where the policy is tested as well', () => {
    const text = policy('sized', `${params}.siez != 'xlarge')`).replace('apiGroups: ["*"]', 'apiGroups: [score.dev]');
    const policies = `${text.replace('[deployments, configmaps]', '[workloads]')}${binding('sized')}`;
    const { findings } = testPolicies(examplePlatform({ 'policies/sized.yaml': policies }), ['sized'], engineOf);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'policy/unknown-field', hint: 'did you mean "size"?', line: 7 }),
    );
  });

  it('are followed through the definitions of a schema', () => {
    const referring = database.replace(
      'properties: { size: { enum: [small, large], default: small } }',
      "properties: { size: { enum: [small, large], default: small }, backup: { $ref: '#/$defs/backup' } }\n    $defs: { backup: { type: object, additionalProperties: false, properties: { days: { type: integer } } } }",
    );
    const files = { 'capabilities/database/capability.yaml': referring };
    expect(problemsOf(`${params}.backup.days > 1)`, files)).toEqual([]);
    expect(problemsOf(`${params}.backup.dasy > 1)`, files)).toEqual([
      ['object.resources.*.params.backup has no field "dasy"', 'did you mean "days"?'],
    ]);
  });

  it('are not known as long as a capability cannot be read', () => {
    const broken = { 'capabilities/database/capability.yaml': database.replace('provides: resource', 'provides: x') };
    expect(problemsOf(`${params}.siez != '')`, broken)).toEqual([]);
  });
});

describe('the fields of the catalog', () => {
  const problemsOf = (expression: string) => {
    const text = policy('sized', expression.replaceAll('"', '\\"')).replace(
      'apiGroups: ["*"]',
      'apiGroups: [backstage.io]',
    );
    const policies = `${text.replace('[deployments, configmaps]', '[components]')}${binding('sized')}`;
    return check({ 'policies/sized.yaml': policies }).problems.map(({ message }) => message);
  };

  it.each([
    ["catalog.entitis['group:a'].kind == 'Group'", 'catalog has no field "entitis"'],
    ["catalog.entity.onwer.kind == 'Group'", 'catalog.entity has no field "onwer"'],
    ["catalog.entity.owner.spec.tpye == 'team'", 'catalog.entity.owner.spec has no field "tpye"'],
    [
      "catalog.entity.?dependsOn.orValue([]).all(e, e.spec.lifecylce == 'a')",
      'catalog.entity.dependsOn[].spec has no field "lifecylce"',
    ],
    ["catalog.entities['group:a'].hasMmber.size() > 0", 'catalog.entities.* has no field "hasMmber"'],
    [
      "catalog.capabilities['postgres'].spec.lifecylce == 'deprecated'",
      'catalog.capabilities.*.spec has no field "lifecylce"',
    ],
    [
      "catalog.environments['dev'].spec.values.domian == 'a'",
      'catalog.environments.*.spec.values has no field "domian"',
    ],
    ["catalog.entity.relations.all(r, r.targetRf != '')", 'catalog.entity.relations[] has no field "targetRf"'],
  ])('%s: %s', (expression, message) => {
    expect(problemsOf(expression)).toEqual([message]);
  });

  it.each([
    "catalog.entity.owner.parent.hasMember.all(m, m.kind == 'User')",
    "catalog.capabilities['database'].version != ''",
    'has(catalog.entity.spec.ourOwn)',
    "catalog.entity.metadata.annotations['a'] != ''",
  ])('%s is right', (expression) => {
    expect(problemsOf(expression)).toEqual([]);
  });
});
