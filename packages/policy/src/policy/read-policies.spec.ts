import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { binding, policy } from '../testing/documents.ts';
import { readPolicies } from './read-policies.ts';

const VALID = { validations: [{ expression: 'object.spec.replicas >= 2' }] };

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
  expect(readPolicies([])).toEqual({ policies: { policies: [] }, problems: [] });
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
      'spec/variables',
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
  ])('%s', (_name, spec, pointer, message) => {
    expect(problemsOf(spec)).toContainEqual(['policy/invalid', pointer, message]);
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
  ])('a binding with %j', (spec, message) => {
    const { problems } = readPolicies([policy(VALID), binding(spec)]);
    expect(problems.map((problem) => problem.message)).toContain(message);
  });
});

describe('says what it does not evaluate yet', () => {
  it.each<[JsonObject, string]>([
    [{ ...VALID, paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }, 'paramKind is not supported yet'],
    [{ ...VALID, auditAnnotations: [] }, 'auditAnnotations is not supported yet'],
    [
      { validations: [{ expression: 'url(object.spec.url).getHost() == "x"' }] },
      'getHost() of the URL library is not supported yet',
    ],
  ])('%j', (spec, message) => {
    expect(problemsOf(spec).map(([code, , text]) => [code, text])).toEqual([['policy/not-supported-yet', message]]);
  });

  it('paramRef of a binding, earlier versions of the API and Kyverno', () => {
    const documents = [
      binding({ paramRef: { name: 'x' } }),
      {
        path: 'b.yaml',
        document: { apiVersion: 'admissionregistration.k8s.io/v1beta1', kind: 'ValidatingAdmissionPolicy' },
      },
      { path: 'c.yaml', document: { apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy' } },
    ];
    const { problems } = readPolicies([policy(VALID), ...documents]);
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('policy/not-supported-yet'));
  });
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

  it.each([
    ['3,000 parentheses', `${'('.repeat(3_000)}true${')'.repeat(3_000)}`],
    ['20,000 alternatives', `true${' || true'.repeat(20_000)}`],
  ])('%s are a problem, not a crash, and others are read all the same', (_name, expression) => {
    const { problems, policies } = readPolicies([
      policy({ validations: [{ expression }] }, 'deep'),
      policy(VALID),
      binding(),
    ]);
    expect(problems.map(({ path, code }) => [path, code])).toContainEqual(['policies/deep.yaml', 'policy/cel-error']);
    expect(policies.policies.map(({ name }) => name)).toEqual(['sample']);
  });

  it('see the variables before them only, and match conditions none', () => {
    const variables = [
      { name: 'a', expression: 'variables.b' },
      { name: 'b', expression: '1' },
    ];
    expect(problemsOf({ ...VALID, variables })).toEqual([
      ['policy/cel-error', 'spec/variables/0/expression', 'variables.b does not exist'],
    ]);
    const matchConditions = [{ name: 'c', expression: 'variables.b == 1' }];
    expect(problemsOf({ ...VALID, matchConditions })).toEqual([
      ['policy/cel-error', 'spec/matchConditions/0/expression', 'Unknown variable: variables'],
    ]);
  });

  it.each([
    ['validations', [{ expression: '"text"' }], 'must return bool'],
    ['validations', [{ expression: 'true', messageExpression: '1' }], 'must return string'],
    ['validations', [{ expression: 'params.x' }], 'Unknown variable: params'],
    [
      'validations',
      [{ expression: 'true', messageExpression: "authorizer.path('/').check('get').reason()" }],
      'Unknown variable: authorizer',
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
    expect(problems).toMatchObject([{ code: 'policy/unbound', severity: 'warning', pointer: ['metadata', 'name'] }]);
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

  it('the second of two policies or bindings of one name is refused, the first stays', () => {
    const stricter = { validations: [{ expression: 'object.spec.replicas >= 3' }] };
    const { problems, policies } = readPolicies([
      policy(VALID),
      policy(stricter),
      binding(),
      binding({ validationActions: ['Audit'] }),
    ]);
    expect(problems.map(({ code, document }) => [code, document])).toEqual([
      ['policy/duplicate-name', 1],
      ['policy/duplicate-name', 3],
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
