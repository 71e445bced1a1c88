import { checkService, evaluatePlatform, loadPlatform, noWaivers } from '@idp/core';
import { expect, it } from 'vitest';
import { exampleFiles, examplePlatform } from '../../../core/src/testing/example-platform.ts';
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
  ['idp.internal', 'dockerfiles', 'object.anything == 1', undefined],
  ['example.com', 'things', 'object.anything == 1', undefined],
])('fields of %s %s are checked: %s', (group, resource, expression, message) => {
  const text = policy('sized', expression.replaceAll('"', '\\"'))
    .replace('apiGroups: ["*"]', `apiGroups: ["${group}"]`)
    .replace('[deployments, configmaps]', `[${resource}]`);
  const { problems } = check({ 'policies/sized.yaml': `${text}${binding('sized')}` });
  expect(problems.map((problem) => problem.message)).toEqual(message === undefined ? [] : [message]);
});
