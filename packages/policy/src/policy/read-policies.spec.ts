import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { binding, policy } from '../testing/documents.ts';
import { readPolicies } from './read-policies.ts';

const VALID = { validations: [{ expression: 'object.spec.replicas >= 2' }] };

const RULE = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['*'] };

/** `matchConstraints` with one rule, changed. */
function matching(rule: JsonObject, more: JsonObject = {}): JsonObject {
  return { matchConstraints: { resourceRules: [{ ...RULE, ...rule }], ...more } };
}

function annotations(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${index}`, valueExpression: "'v'" }));
}

function problemsOf(spec: JsonObject) {
  const { problems, policies } = readPolicies([policy(spec), binding()]);
  expect(policies.policies).toEqual([]);
  return problems.map(({ code, pointer, message }) => [code, pointer.join('/'), message]);
}

it('reads a policy with its binding and what people need to know of it', () => {
  const annotated = policy(VALID);
  const document = {
    ...annotated.document,
    metadata: {
      name: 'sample',
      annotations: { 'idp.internal/title': 'Two replicas', 'idp.internal/owner': 'group:x' },
    },
  };
  const { policies, problems } = readPolicies([{ path: 'a.yaml', document }, binding()]);
  expect(problems).toEqual([]);
  expect(policies.policies).toMatchObject([
    { name: 'sample', path: 'a.yaml', title: 'Two replicas', owner: 'group:x', bindings: [{ actions: ['deny'] }] },
  ]);
});

it('reads what a cluster exports, and empty documents', () => {
  const exported = {
    ...policy(VALID).document,
    metadata: { name: 'sample', uid: 'u', resourceVersion: '1', generation: 1, creationTimestamp: null },
    status: { observedGeneration: 1 },
  };
  expect(
    readPolicies([{ path: 'a.yaml', document: exported }, { path: 'a.yaml', document: null }, binding()]).problems,
  ).toEqual([]);
});

it('has nothing to say about nothing', () => {
  expect(readPolicies([])).toMatchObject({ policies: { policies: [], params: [] }, problems: [] });
});

describe('refuses what the API refuses', () => {
  it.each<[string, JsonObject, string, string]>([
    ['an unknown field', { ...VALID, validation: [] }, 'spec/validation', 'unknown field "validation"'],
    ['no validation', {}, 'spec', 'validations is missing: the policy checks nothing'],
    [
      'a list for an object',
      { validations: [[]] },
      'spec/validations/0',
      'the element must be an object, but is a list',
    ],
    ['an object for a list', { validations: {} }, 'spec/validations', 'validations must be a list, but is an object'],
    ['no expression', { validations: [{}] }, 'spec/validations/0', 'expression is missing'],
    [
      'a number for an expression',
      { validations: [{ expression: 3 }] },
      'spec/validations/0/expression',
      'expression must be a string, but is a number',
    ],
    [
      'a wrong failure policy',
      { ...VALID, failurePolicy: 'Never' },
      'spec/failurePolicy',
      '"Never" is none of Fail, Ignore',
    ],
    ['no constraints', { ...VALID, matchConstraints: null }, 'spec', 'matchConstraints is missing'],
    [
      'no rules',
      { ...VALID, matchConstraints: {} },
      'spec/matchConstraints',
      'resourceRules is missing: the policy matches nothing',
    ],
    [
      'a variable twice',
      {
        ...VALID,
        variables: [
          { name: 'a', expression: '1' },
          { name: 'a', expression: '2' },
        ],
      },
      'spec/variables/1/name',
      '"a" is there twice',
    ],
    [
      'a variable that is no identifier',
      { ...VALID, variables: [{ name: 'a-b', expression: '1' }] },
      'spec/variables/0/name',
      '"a-b" is not a CEL identifier',
    ],
    [
      'a message of two lines',
      { validations: [{ expression: 'true', message: 'a\nb' }] },
      'spec/validations/0/message',
      'message must be one line of text',
    ],
    [
      'an operator without values',
      {
        ...VALID,
        matchConstraints: {
          resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
          objectSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] },
        },
      },
      'spec/matchConstraints/objectSelector/matchExpressions/0',
      'values is missing: In needs one',
    ],
    [
      'a name of a condition that is none',
      { ...VALID, matchConditions: [{ name: 'not valid', expression: 'true' }] },
      'spec/matchConditions/0/name',
      '"not valid" is not a valid name',
    ],
    [
      '65 match conditions',
      { ...VALID, matchConditions: Array.from({ length: 65 }, (_, i) => ({ name: `c${i}`, expression: 'true' })) },
      'spec/matchConditions',
      '65 match conditions are more than 64',
    ],
    [
      'a reserved word for a variable',
      { ...VALID, variables: [{ name: 'namespace', expression: '1' }] },
      'spec/variables/0/name',
      '"namespace" is not a CEL identifier',
    ],
    [
      'a key of a label that is none',
      { ...VALID, ...matching({}, { objectSelector: { matchLabels: { 'a b': 'c' } } }) },
      'spec/matchConstraints/objectSelector/matchLabels/a b',
      '"a b" is no key of a label',
    ],
    [
      'a value of a label that is none',
      {
        ...VALID,
        ...matching({}, { objectSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['-'] }] } }),
      },
      'spec/matchConstraints/objectSelector/matchExpressions/0/values/0',
      '"-" is no value of a label',
    ],
    [
      '21 audit annotations',
      { auditAnnotations: annotations(21) },
      'spec/auditAnnotations',
      '21 audit annotations are more than 20',
    ],
    [
      'an audit annotation twice',
      { auditAnnotations: [...annotations(1), ...annotations(1)] },
      'spec/auditAnnotations/1/key',
      '"k0" is there twice',
    ],
    [
      'a key of an audit annotation that is none',
      { auditAnnotations: [{ key: 'a/b', valueExpression: "'x'" }] },
      'spec/auditAnnotations/0/key',
      '"a/b" is not a valid key',
    ],
    ['a paramKind without a kind', { ...VALID, paramKind: { apiVersion: 'v1' } }, 'spec/paramKind', 'kind is missing'],
    [
      'a paramKind of no version',
      { ...VALID, paramKind: { apiVersion: 'a/b/c', kind: 'X' } },
      'spec/paramKind/apiVersion',
      '"a/b/c" is no version of an API',
    ],
  ])('%s', (_name, spec, pointer, message) => {
    expect(problemsOf(spec)).toContainEqual(['policy/invalid', pointer, message]);
  });

  it.each<[JsonObject, string | undefined]>([
    [
      { operations: ['DELETE'] },
      'its rules are about DELETE alone, and before a merge there is no such request: it decides nothing here',
    ],
    [
      { operations: ['DELETE', 'CONNECT'] },
      'its rules are about CONNECT and DELETE alone, and before a merge there is no such request: it decides nothing here',
    ],
    [
      { resources: ['pods/exec'] },
      'its rules are about pods/exec alone, and before a merge there is no request for a subresource: it decides nothing here',
    ],
    [{ operations: ['DELETE', 'UPDATE'] }, undefined],
    [{ operations: ['*'], resources: ['pods/*'] }, undefined],
  ])('a rule with %j can be asked here, or decides nothing: %s', (rule, message) => {
    const at = 'spec/matchConstraints/resourceRules';
    const { problems, policies } = readPolicies([policy({ ...VALID, ...matching(rule) }), binding()]);
    expect(policies.policies).toHaveLength(1);
    const found = problems.map(({ code, pointer, message: text }) => [code, pointer.join('/'), text]);
    expect(found).toEqual(message === undefined ? [] : [['policy/not-evaluated', at, message]]);
  });

  it.each<[JsonObject, string, string]>([
    [{ apiGroups: ['*', 'apps'] }, 'apiGroups', '"*" means all: nothing can stand beside it'],
    [{ apiVersions: ['v1', '*'] }, 'apiVersions', '"*" means all: nothing can stand beside it'],
    [{ apiVersions: [''] }, 'apiVersions/0', 'apiVersions must not be empty'],
    [{ operations: ['*', 'CREATE'] }, 'operations', '"*" means all: nothing can stand beside it'],
    [{ operations: ['PATCH'] }, 'operations/0', '"PATCH" is none of CREATE, UPDATE, DELETE, CONNECT, *'],
    [{ resources: ['*/*', 'pods'] }, 'resources/0', '"*/*" means everything: nothing can stand beside it'],
    [{ resources: ['*', 'pods'] }, 'resources/0', '"*" means every resource: only subresources can follow it'],
    [{ resources: ['pods/*', 'pods/log'] }, 'resources/1', '"pods/*" already has "pods/log"'],
    [{ resources: ['*/log', 'pods/log'] }, 'resources/1', '"*/log" already has "pods/log"'],
    [{ resourceNames: ['a', 'a'] }, 'resourceNames/1', '"a" is there twice'],
    [{ resourceNames: ['a/b'] }, 'resourceNames/0', '"a/b" is not a valid name'],
    [{ scope: 'Namespace' }, 'scope', '"Namespace" is none of *, Cluster, Namespaced'],
  ])('a rule with %j', (rule, pointer, message) => {
    const at = `spec/matchConstraints/resourceRules/0/${pointer}`;
    expect(problemsOf({ ...VALID, ...matching(rule) })).toEqual([['policy/invalid', at, message]]);
  });

  it('accepts what the API accepts', () => {
    for (const resources of [['*', 'pods/log'], ['pods', '*'], ['pods/log', 'pods/*'], ['*/*']]) {
      expect(readPolicies([policy({ ...VALID, ...matching({ resources }) }), binding()]).problems).toEqual([]);
    }
    expect(readPolicies([policy({ auditAnnotations: annotations(20) }), binding()]).problems).toEqual([]);
  });

  it.each([
    [3],
    ['text'],
    [[]],
    [{}],
    [{ kind: 'Deployment' }],
    [{ ...policy(VALID).document, metadata: { name: 'Not A Name' } }],
  ])('a document such as %j', (document) => {
    const { problems, policies } = readPolicies([{ path: 'a.yaml', document }]);
    expect(policies.policies).toEqual([]);
    expect(problems).toMatchObject([{ path: 'a.yaml', document: 0, code: 'policy/invalid', severity: 'error' }]);
  });

  it.each<[JsonObject, string]>([
    [{ validationActions: [] }, 'validationActions is missing'],
    [{ validationActions: ['Deny', 'Warn'] }, 'Deny and Warn exclude each other: a denial is shown anyway'],
    [{ validationActions: ['Audit', 'Audit'] }, 'an action is there twice'],
    [{ validationActions: ['Refuse'] }, '"Refuse" is none of Deny, Warn, Audit'],
    [{ policyName: null }, 'policyName is missing'],
    [{ policyName: 'Not A Name' }, '"Not A Name" is not a valid name'],
    [{ paramRef: { parameterNotFoundAction: 'Deny' } }, 'name or selector is missing'],
    [{ paramRef: { name: 'x' } }, 'parameterNotFoundAction is missing'],
    [{ paramRef: { name: 'x', parameterNotFoundAction: 'Ignore' } }, '"Ignore" is none of Allow, Deny'],
    [
      { paramRef: { name: 'x', selector: {}, parameterNotFoundAction: 'Deny' } },
      'name and selector exclude each other',
    ],
    [{ paramRef: { name: '..', parameterNotFoundAction: 'Deny' } }, '".." is not a valid name'],
  ])('a binding with %j', (spec, message) => {
    const { problems } = readPolicies([policy(VALID), binding(spec)]);
    expect(problems.map((problem) => problem.message)).toContain(message);
  });
});

describe('says what it does not evaluate yet', () => {
  it('policies of Kyverno that change objects', () => {
    const documents = [{ path: 'c.yaml', document: { apiVersion: 'policies.kyverno.io/v1', kind: 'MutatingPolicy' } }];
    const { problems } = readPolicies([policy(VALID), binding(), ...documents]);
    expect(problems.map(({ code }) => code)).toEqual(['policy/not-supported-yet']);
  });
});

it.each(['v1beta1', 'v1alpha1'])('reads %s as what it has become, and says so', (version) => {
  const apiVersion = `admissionregistration.k8s.io/${version}`;
  const old = [policy(VALID), binding()].map(({ path, document }) => ({ path, document: { ...document, apiVersion } }));
  const { problems, policies } = readPolicies(old);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual(
    Array(2).fill(['policy/old-version', 'warning']),
  );
  expect(policies.policies).toMatchObject([{ name: 'sample', bindings: [{ name: 'sample' }] }]);
});

describe('expressions', () => {
  it('one that does not parse is a problem on its own offset', () => {
    const { problems } = readPolicies([
      policy({ validations: [{ expression: 'object.spec.replicas >=' }] }),
      binding(),
    ]);
    expect(problems).toMatchObject([
      { code: 'policy/cel-error', pointer: ['spec', 'validations', 0, 'expression'], offset: 23 },
    ]);
  });

  it.each([['3,000 parentheses', `${'('.repeat(3_000)}true${')'.repeat(3_000)}`]])(
    '%s are a problem, not a crash, and others are read all the same',
    (_name, expression) => {
      const { problems, policies } = readPolicies([
        policy({ validations: [{ expression }] }, 'deep'),
        policy(VALID),
        binding(),
      ]);
      expect(problems.map(({ path, code }) => [path, code])).toContainEqual(['policies/deep.yaml', 'policy/cel-error']);
      expect(policies.policies.map(({ name }) => name)).toEqual(['sample']);
    },
  );

  it('see the variables before them only, and match conditions none', () => {
    const variables = [
      { name: 'a', expression: 'variables.b' },
      { name: 'b', expression: '1' },
    ];
    expect(problemsOf({ ...VALID, variables })).toEqual([
      ['policy/cel-error', 'spec/variables/0/expression', 'variables has no field "b"'],
    ]);
    const matchConditions = [{ name: 'c', expression: 'variables.b == 1' }];
    expect(problemsOf({ ...VALID, matchConditions })).toEqual([
      ['policy/cel-error', 'spec/matchConditions/0/expression', 'there is no variable "variables"'],
    ]);
  });

  it.each([
    ['validations', [{ expression: '"text"' }], 'must return bool'],
    ['validations', [{ expression: 'object.spec.paused' }], 'must return bool, but what it returns is dyn'],
    [
      'validations',
      [{ expression: 'true', messageExpression: 'object.kind' }],
      'must return string, but what it returns is dyn',
    ],
    ['validations', [{ expression: 'true', messageExpression: '1' }], 'must return string'],
    ['validations', [{ expression: 'params.x' }], 'there is no variable "params"'],
    [
      'validations',
      [{ expression: 'true', messageExpression: "authorizer.path('/').check('get').reason()" }],
      'there is no variable "authorizer"',
    ],
  ])('%s %j', (key, value, message) => {
    expect(problemsOf({ [key]: value })).toMatchObject([
      ['policy/cel-error', expect.any(String), expect.stringContaining(message)],
    ]);
  });
});

describe('policies and bindings', () => {
  it('a policy without a binding is a warning, and is not in force', () => {
    const { problems, policies } = readPolicies([policy(VALID)]);
    expect(problems).toMatchObject([{ code: 'policy/unbound', severity: 'error', pointer: ['metadata', 'name'] }]);
    expect(policies.policies).toMatchObject([{ name: 'sample', bindings: [] }]);
  });

  it('a binding to nothing names the nearest policy', () => {
    const { problems } = readPolicies([policy(VALID), binding(), binding({ policyName: 'samples' }, 'other')]);
    expect(problems).toMatchObject([
      {
        path: 'policies/other.yaml',
        code: 'policy/unknown-policy',
        pointer: ['spec', 'policyName'],
        hint: 'did you mean "sample"?',
      },
    ]);
  });

  it('a broken policy does not make its binding a second problem', () => {
    expect(readPolicies([policy({}), binding()]).problems).toHaveLength(1);
  });

  it('paramRef to a policy without params is a warning: Kubernetes passes over it', () => {
    const paramRef = { name: 'x', parameterNotFoundAction: 'Deny' };
    expect(readPolicies([policy(VALID), binding({ paramRef })]).problems).toMatchObject([
      { code: 'policy/unused-param', severity: 'warning', pointer: ['spec', 'paramRef'] },
    ]);
  });

  it('the second of two policies or bindings of one name is refused, the first stays', () => {
    const stricter = { validations: [{ expression: 'object.spec.replicas >= 3' }] };
    const { problems, policies } = readPolicies([
      policy(VALID),
      policy(stricter),
      binding(),
      binding({ validationActions: ['Audit'] }),
    ]);
    expect(problems.map(({ code, document, related }) => [code, document, related?.document])).toEqual([
      ['policy/duplicate-name', 1, 0],
      ['policy/duplicate-name', 3, 2],
    ]);
    expect(policies.policies).toMatchObject([
      { validations: [{ program: { expression: 'object.spec.replicas >= 2' } }], bindings: [{ actions: ['deny'] }] },
    ]);
  });

  it('keys such as __proto__ are unknown fields like any other', () => {
    const document: unknown = JSON.parse(
      '{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicy","__proto__":{"metadata":{"name":"x"}},"constructor":{}}',
    );
    const messages = readPolicies([{ path: 'a.yaml', document }]).problems.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining(['unknown field "__proto__"', 'unknown field "constructor"', 'metadata is missing']),
    );
  });
});

it('the same documents give the same policies, in whatever order they come', () => {
  const documents = [
    policy(VALID, 'b'),
    binding({ policyName: 'b' }, 'b'),
    policy(VALID, 'a'),
    binding({ policyName: 'a' }, 'a'),
  ];
  const names = (order: typeof documents) =>
    readPolicies(order).policies.policies.map(({ name, bindings }) => [name, bindings.length]);
  expect(names(documents)).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  expect(names([...documents].reverse())).toEqual(names(documents));
});
