import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { readPolicies } from '../policy/read-policies.ts';
import { binding, policy } from '../testing/documents.ts';
import type { StepLimits } from './limits.ts';
import { PolicyEvaluation } from './policy-evaluation.ts';

const object = (name: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { replicas: 1 },
  ...more,
});

function run(spec: JsonObject, objects: readonly JsonObject[], limits: Partial<StepLimits> = {}) {
  const { policies, problems } = readPolicies([policy(spec), binding()]);
  expect(problems).toEqual([]);
  const evaluation = new PolicyEvaluation(policies, limits);
  const violations = objects.flatMap((each) => evaluation.evaluate({ object: each, oldObject: null }));
  return { violations, ...evaluation.report() };
}

describe('a run', () => {
  it('counts what each policy concerns, also where that is nothing', () => {
    const { policies } = readPolicies([
      policy({ validations: [{ expression: 'true' }] }, 'all'),
      binding({ policyName: 'all' }, 'all'),
      policy({ validations: [{ expression: 'true' }] }, 'unbound'),
      policy({
        matchConstraints: {
          resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['*'], resources: ['deploymens'] }],
        },
        validations: [{ expression: 'true' }],
      }),
      binding(),
    ]);
    const evaluation = new PolicyEvaluation(policies);
    for (const name of ['a', 'b']) evaluation.evaluate({ object: object(name) });
    expect([...evaluation.report().matched]).toEqual([
      ['all', 2],
      ['sample', 0],
      ['unbound', 0],
    ]);
    expect(evaluation.report().unmatched).toMatchObject([
      { code: 'policy/matches-nothing', severity: 'warning', document: 3, pointer: ['spec', 'matchConstraints'] },
    ]);
  });

  it('names a policy about what no API has, and none about what nobody has yet', () => {
    const about = (name: string, apiGroup: string, resource: string) => [
      policy(
        {
          matchConstraints: {
            resourceRules: [{ apiGroups: [apiGroup], apiVersions: ['v1'], operations: ['*'], resources: [resource] }],
          },
          validations: [{ expression: 'true' }],
        },
        name,
      ),
      binding({ policyName: name }, name),
    ];
    const { policies } = readPolicies([
      ...about('waits', 'networking.k8s.io', 'ingresses'),
      ...about('waits-too', 'gateway.networking.k8s.io', 'httproutes'),
      ...about('misspelt', 'apps', 'Deployment'),
    ]);
    const evaluation = new PolicyEvaluation(policies);
    evaluation.evaluate({ object: object('a') });
    expect(evaluation.report().unmatched.map(({ message }) => message)).toEqual([
      'no object is one that "misspelt" is about',
    ]);
  });

  it('gives a policy that reads what the host has what it was given, else it is inconclusive', () => {
    const rule = policy({ validations: [{ expression: "catalog.owner == 'team-a'" }] });
    const { policies, problems } = readPolicies([rule, binding()], { variables: ['catalog'] });
    expect(problems).toEqual([]);
    const kinds = (variables?: Record<string, JsonObject>) =>
      new PolicyEvaluation(policies)
        .evaluate({ object: object('a'), oldObject: null, variables })
        .map(({ kind }) => kind);
    expect(kinds({ catalog: { owner: 'team-a' } })).toEqual([]);
    expect(kinds({ catalog: { owner: 'team-b' } })).toEqual(['violated']);
    expect(kinds()).toEqual(['inconclusive']);
    expect([...(policies.policies[0]?.reads() ?? [])]).toEqual(['catalog']);
    expect(readPolicies([rule, binding()]).problems).toMatchObject([{ code: 'policy/cel-error' }]);
  });
});

describe('a message that cannot be made', () => {
  it.each([
    ['string(object.spec.missing)', 'it cannot be evaluated: no such key: missing'],
    ["' '", 'it is empty'],
    ['"two\\nlines"', 'it has several lines'],
    ['string(object.long)', 'it is longer than 5120 bytes'],
    ['string(object.wide)', 'it is longer than 5120 bytes'],
  ])('%s is a problem of the policy, once, and the message is said instead', (messageExpression, reason) => {
    const more = { long: 'x'.repeat(5121), wide: 'é'.repeat(2561) };
    const result = run(
      { validations: [{ expression: 'true' }, { expression: 'false', message: 'no', messageExpression }] },
      [object('a', more), object('b', more)],
    );
    expect(result.violations.map(({ message }) => message)).toEqual(['no', 'no']);
    expect(result.problems).toEqual([
      {
        path: 'policies/sample.yaml',
        document: 0,
        pointer: ['spec', 'validations', 1, 'messageExpression'],
        code: 'policy/no-message',
        severity: 'warning',
        message: `the message for Deployment shop/a is not used: ${reason}`,
        hint: 'the API server falls back to `message`',
      },
    ]);
  });

  it.each(['string(object.fits)', "request.userInfo.username + ' may not'"])('%s is none', (messageExpression) => {
    const spec = { validations: [{ expression: 'false', message: 'no', messageExpression }] };
    expect(run(spec, [object('a', { fits: 'x'.repeat(5120) })]).problems).toEqual([]);
  });
});

describe('a policy that takes too many steps', () => {
  const list = { l: Array.from({ length: 200 }, () => 1) };
  const loop = 'object.l.all(a, object.l.all(b, a + b > 0))';
  const variables = [{ name: 'long', expression: loop }];

  it.each<[string, JsonObject, Partial<StepLimits>, string]>([
    [
      'in an expression',
      { validations: [{ expression: loop }] },
      { expression: 1000 },
      'an expression takes more than 1,000 steps',
    ],
    [
      'in a variable',
      { variables, validations: [{ expression: 'variables.long' }] },
      { expression: 1000 },
      'an expression takes more than 1,000 steps',
    ],
    [
      'in a condition',
      { matchConditions: [{ name: 'c', expression: loop }], validations: [{ expression: 'true' }] },
      { object: 1000 },
      'it takes more than 1,000 steps',
    ],
    [
      'in all together',
      { validations: Array(50).fill({ expression: 'object.l.all(a, a > 0)' }) },
      { object: 10_000 },
      'it takes more than 10,000 steps',
    ],
    [
      'in the whole run',
      { validations: [{ expression: loop }] },
      { run: 9900, each: 100 },
      'it has taken 9,900 steps and 100 for each object in this run; the rest was not evaluated. The last was',
    ],
  ])('%s is a problem of its own and no pass, whatever failurePolicy says', (_name, spec, limits, said) => {
    for (const failurePolicy of ['Fail', 'Ignore']) {
      const result = run({ ...spec, failurePolicy }, [object('a', list), object('b', list)], limits);
      expect(result.violations.map(({ kind }) => kind)).toEqual(['error', 'error']);
      expect(result.problems).toMatchObject([
        {
          code: 'policy/too-many-steps',
          severity: 'error',
          pointer: ['metadata', 'name'],
          message: `"sample": ${said} on Deployment shop/a`,
        },
      ]);
    }
  });

  it('has steps for every object, however many there are', () => {
    const spec = { validations: [{ expression: 'object.l.all(a, a > 0)' }] };
    const objects = Array.from({ length: 40 }, (_, index) => object(`o${index}`, list));
    const steps = { run: 0, each: 10_000 };
    expect(run(spec, objects, steps)).toMatchObject({ violations: [], problems: [] });
    expect(run(spec, objects, { ...steps, each: 10 }).violations).toHaveLength(40);
  });

  it('is none within its limits', () => {
    expect(run({ validations: [{ expression: loop }] }, [object('a', list)])).toMatchObject({
      violations: [],
      problems: [],
    });
  });
});

describe('audit annotations', () => {
  const annotated = (valueExpression: string, more: JsonObject = {}) =>
    run({ auditAnnotations: [{ key: 'note', valueExpression }], ...more }, [object('a')]);

  it('are what the expression says; null and nothing are none', () => {
    expect(annotated("' replicas: ' + string(object.spec.replicas)").audit).toMatchObject([
      { policy: 'sample', key: 'note', value: 'replicas: 1', object: { metadata: { name: 'a' } } },
    ]);
    expect(annotated('null')).toMatchObject({ audit: [], violations: [] });
    expect(annotated("''")).toMatchObject({ audit: [], violations: [] });
    expect(annotated(`string(object.spec.?none.orValue("${'x'.repeat(5000)}")) `).audit).toHaveLength(1);
  });

  it('that cannot be evaluated deny, whatever the binding does, unless failurePolicy ignores it', () => {
    const documents = (failurePolicy: string) => [
      policy({ auditAnnotations: [{ key: 'note', valueExpression: 'string(object.spec.missing)' }], failurePolicy }),
      binding({ validationActions: ['Audit'] }),
    ];
    const violations = (failurePolicy: string) =>
      new PolicyEvaluation(readPolicies(documents(failurePolicy)).policies).evaluate({
        object: object('a'),
        oldObject: null,
      });
    expect(violations('Fail')).toMatchObject([
      { kind: 'error', action: 'deny', message: 'audit annotation note: no such key: missing' },
    ]);
    expect(violations('Ignore')).toEqual([]);
  });

  it('that only a cluster could make decide nothing', () => {
    expect(annotated('request.userInfo.username')).toMatchObject({ audit: [], violations: [] });
  });
});

it('what passes where nobody knows whether the object exists passes whether it does or not', () => {
  const expression = fc.constantFrom(
    "request.operation == 'CREATE'",
    "request.operation == 'UPDATE'",
    'oldObject == null',
    'has(oldObject.spec)',
    'object.spec.replicas == 1',
    'oldObject.spec.replicas == object.spec.replicas',
    'object.missing == 1',
  );
  const combined = fc.tuple(expression, fc.constantFrom('&&', '||'), expression).map((parts) => parts.join(' '));
  const operations = fc.constantFrom(['CREATE'], ['UPDATE'], ['CREATE', 'UPDATE']);
  const resources = ['*'];
  fc.assert(
    fc.property(combined, operations, fc.integer({ min: 0, max: 2 }), (text, those, replicas) => {
      const rule = { apiGroups: ['apps'], apiVersions: ['v1'], operations: those, resources };
      const { policies } = readPolicies([
        policy({ matchConstraints: { resourceRules: [rule] }, validations: [{ expression: text }] }),
        binding(),
      ]);
      const kinds = (oldObject: JsonObject | null | undefined) =>
        new PolicyEvaluation(policies).evaluate({ object: object('a'), oldObject }).map(({ kind }) => kind);
      const unknown = kinds(undefined);
      const known = [kinds(null), kinds(object('a', { spec: { replicas } }))];
      if (unknown.length === 0) expect(known).toEqual([[], []]);
      if (unknown.some((kind) => kind !== 'inconclusive')) for (const each of known) expect(each).not.toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe('hostile objects', () => {
  const everything = { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] };
  const verdicts = (expression: string, hostile: JsonObject, limits: Partial<StepLimits> = {}) => {
    const spec = { matchConstraints: everything, validations: [{ expression, message: 'no' }] };
    return run(spec, [hostile], limits);
  };

  it('of five megabytes cost steps and no more', () => {
    const items = Array.from({ length: 100_000 }, (_, index) => ({ name: `item-${index}`, text: 'x'.repeat(30) }));
    const large = object('a', { items });
    expect(verdicts("object.items.all(i, i.name != 'item-99999')", large).violations).toMatchObject([
      { kind: 'violated', fieldPaths: [['items', 99_999, 'name']] },
    ]);
    expect(verdicts('object.items.all(i, object.items.exists(o, o == i))', large).problems).toMatchObject([
      { code: 'policy/too-many-steps' },
    ]);
  });

  it('with the names of prototypes are objects like others', () => {
    const hostile: JsonObject = JSON.parse(
      '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"__proto__":"x","constructor":"y"}},"__proto__":{"admin":true}}',
    );
    expect(verdicts("object.metadata.labels['__proto__'] == 'x' && !has(object.admin)", hostile).violations).toEqual(
      [],
    );
    expect(verdicts('has(object.toString) || has(object.hasOwnProperty)', hostile).violations).toHaveLength(1);
  });

  it.each([{}, { kind: 3, apiVersion: [] }, { metadata: 'x' }, { metadata: { labels: [1], name: {} } }])(
    'that are none, such as %j',
    (hostile) => {
      expect(verdicts('false', hostile).violations).toMatchObject([{ kind: 'violated' }]);
    },
  );
});
