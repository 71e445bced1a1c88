import { describe, expect, it } from 'vitest';
import { evaluatePolicies } from '../evaluate/evaluate-policies.ts';
import type { EvaluationInput } from '../evaluate/policy-evaluation.ts';
import type { JsonObject } from '../json.ts';
import { type PolicyDocument, readPolicies } from '../policy/read-policies.ts';
import { exception, kyvernoPolicy } from './testing/kyverno-documents.ts';

const spec: JsonObject = {
  containers: [
    { name: 'a', image: 'a.io/a:1' },
    { name: 'b', image: 'b.io/b:latest' },
  ],
};
const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'web', labels: { team: 'a' } },
  spec,
};
const template: JsonObject = { metadata: { labels: { team: 'a' } }, spec };
const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd', namespace: 'web' },
  spec: { template },
};
const cronJob: JsonObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'c', namespace: 'web' },
  spec: { jobTemplate: { spec: { template } } },
};

function evaluate(documents: readonly PolicyDocument[], object: JsonObject = pod, more: Partial<EvaluationInput> = {}) {
  const { policies, problems } = readPolicies(documents);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return evaluatePolicies(policies, { object, oldObject: null, ...more });
}

const verdict = (expression: string, object = pod, more: Partial<EvaluationInput> = {}) =>
  evaluate([kyvernoPolicy({ validations: [{ expression, message: 'refused' }] })], object, more);
const problemsOf = (documents: readonly PolicyDocument[], now?: Date) =>
  readPolicies(documents, now ? { now } : {}).problems.map(({ code, pointer }) => `${code} ${pointer.join('.')}`);

describe('a ValidatingPolicy of Kyverno', () => {
  it('denies without saying so, at the place of the value', () => {
    expect(verdict("object.spec.containers.all(c, !c.image.endsWith(':latest'))")).toMatchObject([
      {
        policy: 'sample',
        kind: 'violated',
        severity: 'error',
        message: 'refused',
        fieldPaths: [['spec', 'containers', 1, 'image']],
      },
    ]);
    expect(verdict('object.spec.containers.size() == 2')).toEqual([]);
  });

  it.each(['v1', 'v1beta1', 'v1alpha1'])('is read in %s', (version) => {
    const { path, document } = kyvernoPolicy({ validations: [{ expression: 'false' }] });
    expect(
      evaluate([{ path, document: { ...(document as JsonObject), apiVersion: `policies.kyverno.io/${version}` } }]),
    ).toHaveLength(1);
  });

  it.each([
    [['Warn'], undefined, 'warning'],
    [['Audit'], undefined, 'info'],
    [['Deny', 'Audit'], undefined, 'error'],
    [['Deny'], { admission: { enabled: false } }, 'info'],
    [['Deny'], { background: { enabled: false } }, 'error'],
  ])('with %j and %j has its severity', (validationActions, evaluation, severity) => {
    const spec = { validations: [{ expression: 'false' }], validationActions, ...(evaluation && { evaluation }) };
    expect(evaluate([kyvernoPolicy(spec)])).toMatchObject([{ severity }]);
  });

  it('has match conditions, variables, and messages of several lines', () => {
    const policy = kyvernoPolicy({
      matchConditions: [{ name: 'web', expression: "namespaceObject.metadata.name == 'web'" }],
      variables: [{ name: 'images', expression: 'object.spec.containers.map(c, c.image)' }],
      validations: [
        { expression: "!variables.images.exists(i, i.endsWith(':latest'))", message: 'no latest,\n  please\n' },
      ],
    });
    expect(evaluate([policy])).toMatchObject([{ message: 'no latest, please' }]);
    expect(evaluate([policy], { ...pod, metadata: { name: 'p', namespace: 'shop' } })).toEqual([]);
  });

  it('of a namespace judges there and nowhere else', () => {
    const policy = kyvernoPolicy(
      { validations: [{ expression: 'false' }] },
      { kind: 'NamespacedValidatingPolicy', metadata: { namespace: 'web' } },
    );
    expect(evaluate([policy])).toHaveLength(1);
    expect(evaluate([policy], { ...pod, metadata: { name: 'p', namespace: 'shop' } })).toEqual([]);
  });
});

describe('autogen', () => {
  const policy = (more: JsonObject = {}) =>
    kyvernoPolicy({
      validations: [{ expression: "object.spec.containers.all(c, !c.image.endsWith(':latest'))" }],
      ...more,
    });

  it('judges the pods of controllers, in their templates', () => {
    expect(evaluate([policy()], deployment)).toMatchObject([
      { fieldPaths: [['spec', 'template', 'spec', 'containers', 1, 'image']] },
    ]);
    expect(evaluate([policy()], cronJob)).toMatchObject([
      { fieldPaths: [['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 1, 'image']] },
    ]);
    for (const kind of ['StatefulSet', 'DaemonSet', 'ReplicaSet'])
      expect(evaluate([policy()], { ...deployment, kind })).toHaveLength(1);
    expect(evaluate([policy()], { ...deployment, apiVersion: 'batch/v1', kind: 'Job' })).toHaveLength(1);
  });

  it('is for the controllers that the policy names', () => {
    const only = policy({ autogen: { podControllers: { controllers: ['cronjobs', 'statefulsets'] } } });
    expect(evaluate([only], deployment)).toEqual([]);
    expect(evaluate([only], { ...deployment, kind: 'StatefulSet' })).toHaveLength(1);
    expect(evaluate([only], cronJob)).toHaveLength(1);
    expect(evaluate([policy({ autogen: { podControllers: { controllers: [] } } })], deployment)).toEqual([]);
    expect(evaluate([policy({ autogen: { podControllers: {} } })], deployment)).toHaveLength(1);
  });

  const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
  it.each([
    ['selects objects', { resourceRules: [pods], objectSelector: { matchLabels: { team: 'a' } } }],
    ['excludes', { resourceRules: [pods], excludeResourceRules: [{ ...pods, resources: ['services'] }] }],
    ['names resources', { resourceRules: [{ ...pods, resourceNames: ['p'] }] }],
    ['is about more than pods', { resourceRules: [{ ...pods, resources: ['pods', 'services'] }] }],
    ['has two rules', { resourceRules: [pods, { ...pods, resources: ['services'] }] }],
  ])('is not for a policy that %s', (_, matchConstraints) => {
    expect(evaluate([policy({ matchConstraints })], deployment)).toEqual([]);
    expect(evaluate([policy({ matchConstraints })])).toHaveLength(1);
  });

  it('leaves the namespace of the object where it is', () => {
    const validations = [{ expression: "object.metadata.namespace == 'web' && object.metadata.labels.team == 'b'" }];
    expect(evaluate([policy({ validations })], deployment)).toMatchObject([
      { kind: 'violated', fieldPaths: expect.arrayContaining([['spec', 'template', 'metadata', 'labels', 'team']]) },
    ]);
  });

  it('for other controllers is named as not evaluated', () => {
    const jobSets = policy({ autogen: { podControllers: { controllers: ['jobsets.v1alpha2.jobset.x-k8s.io'] } } });
    expect(problemsOf([jobSets])).toEqual(['policy/not-evaluated spec.autogen']);
  });

  it('makes no policy more: what nobody wrote is not counted', () => {
    expect(readPolicies([policy()]).policies.policies.filter(({ dialect }) => !dialect?.generated)).toHaveLength(1);
  });
});

describe('expressions of Kyverno', () => {
  it.each([
    ['orValue on what is not optional', 'object.spec.containers.orValue([]).size() == 2'],
    ['orValue on an optional', "object.metadata.?annotations[?'a'].orValue('b') == 'b'"],
    ['orValue behind optional fields of plain values', 'object.spec.containers[0].?name.orValue("") == "a"'],
    [
      'checksums',
      "sha256('a').startsWith('ca978112') && hash.md5('a').startsWith('0cc175b9') && sha1('a').startsWith('86f7e437')",
    ],
    ['rounding', 'math.round(2.345, 2) == 2.35 && math.round(-2.5, 0) == -3.0'],
    [
      'JSON',
      `json.unmarshal('{"a": [1]}').a[0] == 1 && json.marshal({'b': dyn([true]), 'a': dyn('x')}) == '{"a":"x","b":[true]}'`,
    ],
    ['lists to maps', "listObjToMap([{'k': 'a'}], [{'v': 1}], 'k', 'v').a == 1"],
    [
      'service accounts',
      "parseServiceAccount('system:serviceaccount:web:bot').Name == 'bot' && user.parseServiceAccount('eve').Name == ''",
    ],
    ['what is excepted, without exceptions', 'exceptions.allowedImages.size() == 0 && exceptions.allowedValues == []'],
    [
      'the libraries of cel-go',
      "[1, 2].sum() == 3 && 'a,b'.split(',').size() == 2 && math.greatest(1, 2) == 2 && base64.encode(b'a') == 'YQ=='",
    ],
  ])('have %s', (_, expression) => expect(verdict(expression)).toEqual([]));

  it.each([
    "http.Get('https://example.com').ok",
    "globalContext.Get('deployments', 'count') > 1",
    "image.GetMetadata('nginx').architecture == 'amd64'",
    "authorizer.group('apps').resource('deployments').check('get').allowed()",
    "resource.Post('authorization.k8s.io/v1', 'subjectaccessreviews', {'kind': 'SubjectAccessReview'}).status.allowed",
    "parseServiceAccount(request.userInfo.username).Name == 'bot'",
    "yaml.parse('a: 1').a == 1",
    "random() == 'a'",
    "time.now() < timestamp('2030-01-01T00:00:00Z')",
    "x509.decode('a').Subject == 'b'",
    "gzip.decompress(b'a') == 'a'",
  ])('are inconclusive where %s decides, whatever the failure policy', (expression) => {
    for (const failurePolicy of ['Fail', 'Ignore'])
      expect(
        evaluate([kyvernoPolicy({ validations: [{ expression }], failurePolicy })], pod, {
          resources: { list: () => [] },
        }),
      ).toMatchObject([{ kind: 'inconclusive', severity: 'warning' }]);
  });

  it('are decided all the same where the rest decides', () => {
    expect(verdict("http.Get('https://example.com').ok || true")).toEqual([]);
  });
});

describe('resource', () => {
  const configMap = (name: string, namespace: string, labels: JsonObject = {}): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data: { allowed: 'a.io' },
  });
  const manifests = [configMap('settings', 'web', { team: 'a' }), configMap('settings', 'shop'), pod];
  const resources = {
    list: (apiVersion: string) => manifests.filter((manifest) => manifest['apiVersion'] === apiVersion),
  };
  const withManifests = (expression: string) => verdict(expression, pod, { resources });

  it.each([
    "resource.Get('v1', 'configmaps', object.metadata.namespace, 'settings').data.allowed == 'a.io'",
    "resource.get(resource.toGVR('v1', 'configmaps'), 'web', 'settings').metadata.labels.team == 'a'",
    "resource.List('v1', 'configmaps', 'web').items.size() == 1",
    "resource.list('v1', 'configmaps', '').items.size() == 2",
    "resource.List('v1', 'configmaps', '', {'team': 'a'}).items.all(c, c.metadata.namespace == 'web')",
    "resource.List('v1', 'secrets', '').items.size() == 0",
  ])('finds what is among the manifests: %s', (expression) => expect(withManifests(expression)).toEqual([]));

  it('does not know what else the cluster has', () => {
    expect(withManifests("resource.Get('v1', 'configmaps', 'web', 'other').data.x == 'y'")).toMatchObject([
      { kind: 'inconclusive', message: expect.stringContaining('v1 configmaps web/other') },
    ]);
    expect(verdict("resource.Get('v1', 'configmaps', 'web', 'other').size() > 0")).toMatchObject([
      { kind: 'inconclusive' },
    ]);
  });
});

describe('a PolicyException', () => {
  const policy = kyvernoPolicy({
    validations: [
      {
        expression:
          "object.spec.containers.all(c, c.image in exceptions.allowedImages || !c.image.endsWith(':latest'))",
        message: 'no latest',
      },
      {
        expression: "has(object.metadata.labels.owner) || 'ownerless' in exceptions.allowedValues",
        message: 'no owner',
      },
    ],
  });
  const said = (documents: readonly PolicyDocument[]) =>
    evaluate(documents).map(({ message, severity, waived }) => [message, severity, waived?.reason]);

  it('excepts what its conditions name, visibly and with its reason', () => {
    const matchConditions = [{ name: 'web', expression: "object.metadata.namespace == 'web'" }];
    const properties = { reason: 'until the move is done', ticket: 'OPS-1' };
    expect(said([policy, exception({ matchConditions, properties })])).toEqual([
      ['no latest', 'info', 'until the move is done'],
      ['no owner', 'info', 'until the move is done'],
    ]);
    const elsewhere = [{ name: 'shop', expression: "object.metadata.namespace == 'shop'" }];
    expect(said([policy, exception({ matchConditions: elsewhere })])).toEqual([
      ['no latest', 'error', undefined],
      ['no owner', 'error', undefined],
    ]);
  });

  it('of images and values excepts what the expressions let pass by them', () => {
    expect(said([policy, exception({ images: ['b.io/b:latest'] })])).toEqual([
      ['no latest', 'info', 'PolicyException let-it-be'],
      ['no owner', 'error', undefined],
    ]);
    expect(
      said([policy, exception({ allowedValues: ['ownerless'] }), exception({ images: ['b.io/b:latest'] }, 'two')]),
    ).toEqual([
      ['no latest', 'info', 'PolicyException let-it-be'],
      ['no owner', 'info', 'PolicyException let-it-be'],
    ]);
  });

  it('holds for controllers of pods too', () => {
    const matchConditions = [{ name: 'd', expression: "object.metadata.name == 'd'" }];
    expect(evaluate([policy, exception({ matchConditions })], deployment)).toMatchObject([
      { severity: 'info' },
      { severity: 'info' },
    ]);
  });

  it('that depends on what only a cluster knows leaves it open', () => {
    const matchConditions = [{ name: 'admins', expression: "request.userInfo.username == 'admin'" }];
    expect(evaluate([policy, exception({ matchConditions })])).toMatchObject([
      { kind: 'inconclusive' },
      { kind: 'inconclusive' },
    ]);
  });

  it('that throws excepts nothing', () => {
    const matchConditions = [{ name: 'a', expression: "object.metadata.missing == 'x'" }];
    expect(said([policy, exception({ matchConditions })])[0]).toEqual(['no latest', 'error', undefined]);
  });

  it('expires', () => {
    const documents = [policy, exception({ expiresAt: '2026-05-01T00:00:00Z' })];
    expect(problemsOf(documents, new Date('2026-04-30T23:59:59Z'))).toEqual([]);
    expect(problemsOf(documents, new Date('2026-05-01T00:00:00Z'))).toEqual([
      'policy/expired-exception spec.expiresAt',
    ]);
    expect(evaluate(documents)).toMatchObject([{ waived: { expires: '2026-05-01' } }, {}]);
  });

  it.each([
    [{ policyRefs: [{ name: 'simple', kind: 'ValidatingPolicy' }] }, 'policy/excepts-nothing spec.policyRefs.0.name'],
    [{ policyRefs: [] }, 'policy/invalid spec'],
    [{ policyRefs: [{ name: 'sample' }] }, 'policy/invalid spec.policyRefs.0'],
    [{ expiresAt: 'soon' }, 'policy/invalid spec.expiresAt'],
    [{ reportResult: 'maybe' }, 'policy/invalid spec.reportResult'],
    [{ imagse: [] }, 'policy/invalid spec.imagse'],
    [{ matchConditions: [{ name: 'a', expression: 'object.' }] }, 'policy/cel-error spec.matchConditions.0.expression'],
  ])('with %j has a problem', (spec, problem) => expect(problemsOf([policy, exception(spec)])).toContain(problem));
});

describe('a broken ValidatingPolicy', () => {
  const validations = [{ expression: 'true' }];
  it.each([
    [{ validations: [{ expression: 'object.spec >=' }] }, 'policy/cel-error spec.validations.0.expression'],
    [{ validations: [{ expression: '1 + 1' }] }, 'policy/cel-error spec.validations.0.expression'],
    [{ validations: [{ expression: 'variables.missing' }] }, 'policy/cel-error spec.validations.0.expression'],
    [{ validations: [] }, 'policy/invalid spec'],
    [{ validations, validationActions: ['Block'] }, 'policy/invalid spec.validationActions.0'],
    [{ validations, rules: [] }, 'policy/invalid spec.rules'],
    [{ validations, matchConstraints: { resourceRules: [] } }, 'policy/invalid spec.matchConstraints'],
    [{ validations, evaluation: { mode: 'JSON' } }, 'policy/not-evaluated spec.evaluation.mode'],
    // Of a plugin: it asks about what that is sent.
    [{ validations, evaluation: { mode: 'Envoy' } }, 'policy/not-evaluated spec.evaluation.mode'],
    [{ validations, failurePolicy: 'Never' }, 'policy/invalid spec.failurePolicy'],
    [{ validations: [{ expression: '('.repeat(3000) }] }, 'policy/cel-error spec.validations.0.expression'],
  ])('with %j has one problem', (spec, problem) => expect(problemsOf([kyvernoPolicy(spec)])).toEqual([problem]));

  it('of a name that another one has does not count', () => {
    const twice = [kyvernoPolicy({ validations }), kyvernoPolicy({ validations: [{ expression: 'false' }] })];
    expect(problemsOf(twice)).toEqual(['policy/duplicate-name metadata.name']);
    expect(evaluatePolicies(readPolicies(twice).policies, { object: pod, oldObject: null })).toEqual([]);
  });

  it('does not keep others from being read', () => {
    const documents = [
      kyvernoPolicy({ validations: [{ expression: '(' }] }),
      kyvernoPolicy({ validations: [{ expression: 'false' }] }, { name: 'other' }),
    ];
    const { policies } = readPolicies(documents);
    expect(evaluatePolicies(policies, { object: pod, oldObject: null })).toMatchObject([{ policy: 'other' }]);
  });

  it.each(['constructor', '__proto__', 'toString'])('finds no %s in what it reads', (name) => {
    expect(verdict(`!has(object.metadata.${name}) && !('${name}' in object.metadata)`)).toEqual([]);
    expect(verdict(`has(exceptions.${name})`)).toMatchObject([{ kind: 'violated' }]);
  });
});
