import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkForeign } from './check-foreign.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string | Uint8Array>>;

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'idp-foreign-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function check(files: Files, options: Readonly<Record<string, unknown>> = {}, cwd = folderOf(files)) {
  const context = { cwd, now: () => new Date(0), randomBytes: () => new Uint8Array(), progress: () => {} };
  return checkForeign({ policies: ['p'], resources: ['r'], ...options }, context);
}

const policy = (expression: string, name = 'guard', more = ''): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name} }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: ['*'] }
  validations:
    - expression: ${JSON.stringify(expression)}
      message: refused
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [Deny]${more} }
`;
const deployment = (replicas: number | string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop, namespace: web }\nspec:\n  replicas: ${replicas}\n`;

describe('idp check of policies and manifests of others', () => {
  it('points at the value that is at fault, wherever the file is', () => {
    const result = check({ 'p/deep/er/a.yaml': policy('object.spec.replicas > 1'), 'r/x/y/b.yml': deployment(1) });
    expect(result.exit).toBe(1);
    expect(result.findings).toEqual([
      expect.objectContaining({
        code: 'policy/guard',
        severity: 'error',
        message: 'Deployment shop: refused',
        subject: 'deployment:web/shop',
        path: 'r/x/y/b.yml',
        line: 5,
        column: 13,
        related: [expect.objectContaining({ path: 'p/deep/er/a.yaml' })],
      }),
    ]);
    expect(result.readLine?.('r/x/y/b.yml', 5)).toBe('  replicas: 1');
    expect(result.summary).toMatchObject({ policies: 1, objects: 1, files: 1 });
  });

  it('warns of what no object of a kind can say, at the key, and judges it all the same', () => {
    const files = {
      'p/a.yaml': policy('!has(object.spec.replicas) || object.spec.replicas < 9'),
      'r/a.yaml': deployment(9).replace('replicas', 'replcas'),
      'r/b.json':
        '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","spec":{}}]}',
    };
    const result = check(files);
    expect(result.exit).toBe(0);
    expect(result.findings).toMatchObject([
      {
        code: 'manifest/not-of-its-kind',
        severity: 'warning',
        message: 'spec.replcas of a Deployment is not a field',
        hint: 'did you mean "replicas"?',
        path: 'r/a.yaml',
        line: 5,
        column: 3,
      },
      { message: 'Kubernetes v1.37.0 has no PodDisruptionBudget in policy/v1beta1', path: 'r/b.json', column: 57 },
    ]);
  });

  it('passes what the policies allow', () => {
    const result = check({ 'p/a.yaml': policy('object.spec.replicas > 1'), 'r/b.yaml': deployment(2) });
    expect(result).toMatchObject({ exit: 0, findings: [] });
  });

  it('points into the item of a List, and into JSON', () => {
    const items = ['{"apiVersion":"a/v1","kind":"A"}', '{"apiVersion":"b/v1","kind":"B","spec":{"replicas":1}}'].join(
      ',\n',
    );
    const list = `{"apiVersion":"v1","kind":"List","items":[\n${items}]}`;
    const { findings } = check({
      'p/a.yaml': policy("object.kind == 'A' || object.spec.replicas > 1"),
      'r/b.json': list,
    });
    expect(findings).toEqual([expect.objectContaining({ path: 'r/b.json', line: 3, column: 52 })]);
  });

  it('gives a policy the Namespace that is among the resources', () => {
    const files = {
      'p/a.yaml': policy("namespaceObject.metadata.labels.tier == 'gold'"),
      'r/b.yaml': `${deployment(1)}---\nkind: Namespace\napiVersion: v1\nmetadata: { name: web, labels: { tier: silver } }\n`,
    };
    expect(check(files).findings.map(({ message }) => message)).toContain('Deployment shop: refused');
  });

  it('knows a Namespace that is written in an unusual way, in the last of many files', () => {
    const gold = "namespaceObject.metadata.labels.tier == 'gold'";
    const files = { 'p/a.yaml': policy(gold), 'r/b.yaml': deployment(1) };
    const web = 'apiVersion: v1\nmetadata: { name: web, labels: { tier: gold } }\n';
    const list =
      '{"kind":"NamespaceList","apiVersion":"v1","items":[{"metadata":{"name":"web","labels":{"tier":"gold"}}}]}';
    expect(check(files).summary).toMatchObject({ inconclusive: 1 });
    for (const namespace of [`kind: Namespace\n${web}`, `kind: "Name\\u0073pace"\n${web}`, list])
      expect(check({ ...files, 'r/z.yaml': namespace }).findings).toEqual([
        // The Namespace itself is in none, so that the policy has no labels of it.
        expect.objectContaining({ path: 'r/z.yaml' }),
      ]);
  });

  it('takes single files, and paths from elsewhere', () => {
    const cwd = folderOf({ 'p/a.txt': policy('object.spec.replicas > 1'), 'r/b.yaml': deployment(1), 'in/c.txt': '' });
    const options = { policies: ['../p/a.txt'], resources: [join(cwd, 'r/b.yaml')] };
    expect(check({}, options, join(cwd, 'in')).findings).toEqual([expect.objectContaining({ path: '../r/b.yaml' })]);
  });

  it('names what is not evaluated, and passes nothing by it', () => {
    const others = [
      'kyverno.io/v1 ClusterPolicy',
      'policies.kyverno.io/v1 MutatingPolicy',
      'admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy',
      'templates.gatekeeper.sh/v1 ConstraintTemplate',
      'constraints.gatekeeper.sh/v1beta1 K8sRequiredLabels',
    ].map((line) => line.split(' '));
    const text = others.map(([apiVersion, kind]) => `apiVersion: ${apiVersion}\nkind: ${kind}\n`).join('---\n');
    const files = {
      'p/a.yaml': policy('true'),
      'p/b.yaml': `${text}---\nkind: ConfigMap\napiVersion: v1\n`,
      'r/b.yaml': deployment(1),
    };
    const result = check(files);
    expect(result.findings.map(({ code, line, severity }) => `${code}:${line} ${severity}`)).toEqual(
      others.map((_, index) => `policy/not-evaluated:${index * 3 + 2} warning`),
    );
    expect(result.summary).toMatchObject({ policies: 1, notEvaluated: others.length });
    expect(result.pretty({ colour: false })).toContain('(5 policies not evaluated)');
    const { 'p/a.yaml': _, ...none } = files;
    expect(check(none)).toMatchObject({ exit: 2, summary: { policies: 0, notEvaluated: 5 } });
  });

  it('evaluates Kyverno, with what it makes for controllers, its exceptions, and the manifests beside', () => {
    const kyverno = (kind: string, spec: string) =>
      `apiVersion: policies.kyverno.io/v1\nkind: ${kind}\nmetadata: { name: guard }\nspec:\n${spec}`;
    const rule = "{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }";
    const files = {
      'p/a.yaml': kyverno(
        'ValidatingPolicy',
        `  matchConstraints: { resourceRules: [${rule}] }
  validations:
    - expression: "object.spec.containers.all(c, c.image.startsWith(
      resource.Get('v1', 'configmaps', object.metadata.namespace, 'registry').data.host))"
      message: elsewhere
    - expression: http.Get('https://example.com/' + object.metadata.name).ok
`,
      ),
      'p/b.yaml': kyverno(
        'PolicyException',
        "  policyRefs: [{ name: guard, kind: ValidatingPolicy }]\n  matchConditions: [{ name: old, expression: object.metadata.name == 'old' }]\n  properties: { reason: until it is gone }\n",
      ),
      'r/a.yaml': ['new', 'old']
        .map(
          (name) =>
            `kind: Deployment\napiVersion: apps/v1\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: a, image: b.io/a }] } } }\n`,
        )
        .join('---\n'),
      'r/b.json':
        '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"registry","namespace":"default"},"data":{"host":"a.io/"}}',
    };
    const said = (options: Readonly<Record<string, unknown>>) => check(files, options);
    const result = said({});
    expect(result).toMatchObject({ exit: 1, summary: { policies: 1, notEvaluated: 0, inconclusive: 1 } });
    const network = expect.stringContaining('known to the network only');
    expect(result.findings).toMatchObject([
      { severity: 'warning', message: network, related: [{ line: 10 }] },
      {
        severity: 'error',
        message: 'Deployment new: elsewhere',
        path: 'r/a.yaml',
        line: 4,
        column: 60,
        related: [{ path: 'p/a.yaml', line: 7 }],
      },
      { severity: 'info', message: expect.stringContaining('Deployment old'), waived: { reason: 'until it is gone' } },
      { severity: 'info', message: 'Deployment old: elsewhere', waived: { path: 'p/b.yaml' } },
    ]);
    expect(said({ strict: true }).findings.map(({ severity }) => severity)).toEqual(['error', 'error', 'info', 'info']);
  });

  it('says once what it cannot decide, however many objects there are', () => {
    const objects = [1, 2, 3].map((n) => deployment(n).replace('shop', `shop${n}`)).join('---\n');
    const { findings, summary } = check({
      'p/a.yaml': policy("request.userInfo.username == 'a'"),
      'r/b.yaml': objects,
    });
    expect(findings).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/^Deployment shop1: .*the same of 2 more/) },
    ]);
    expect(summary).toMatchObject({ inconclusive: 3 });
  });

  it('takes a policy that reads a catalog as one that cannot be decided where there is none', () => {
    const files = { 'p/a.yaml': policy("has(catalog.entity.owner) || object.kind == 'Service'") };
    expect(check({ ...files, 'r/b.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n' })).toMatchObject({
      exit: 0,
      findings: [],
    });
    expect(check({ ...files, 'r/b.yaml': deployment(1) })).toMatchObject({ exit: 0, summary: { inconclusive: 1 } });
  });

  it('names a policy about what no API has', () => {
    const misspelt = policy('object.spec.replicas > 1')
      .replaceAll("apiGroups: ['*']", 'apiGroups: [apps]')
      .replaceAll("resources: ['*']", 'resources: [deployment]');
    expect(check({ 'p/a.yaml': misspelt, 'r/b.yaml': deployment(1) }).findings).toMatchObject([
      { code: 'policy/matches-nothing', severity: 'warning', path: 'p/a.yaml' },
    ]);
  });

  it('evaluates a policy that nothing binds, and says so', () => {
    const [unbound = ''] = policy('object.spec.replicas > 1').split('---');
    expect(check({ 'p/a.yaml': unbound, 'r/b.yaml': deployment(1) }).findings).toMatchObject([
      { code: 'policy/unbound', severity: 'warning' },
      { code: 'policy/guard', severity: 'error' },
    ]);
  });

  it('judges a policy among the resources like any other object', () => {
    const files = {
      'p/a.yaml': policy("object.metadata.name != 'bad'"),
      'r/b.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: bad }\n',
    };
    expect(check(files)).toMatchObject({ exit: 1, summary: { objects: 1 } });
  });

  it('gives a policy its params from either folder', () => {
    const params = (namespace: string) =>
      `kind: ConfigMap\napiVersion: v1\nmetadata: { name: limits, namespace: ${namespace} }\ndata: { least: '2' }\n`;
    const text = policy(
      'object.spec.replicas >= int(params.data.least)',
      'guard',
      ', paramRef: { name: limits, parameterNotFoundAction: Deny }',
    )
      .replace('spec:\n', 'spec:\n  paramKind: { apiVersion: v1, kind: ConfigMap }\n')
      .replace(
        "apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: ['*']",
        "apiGroups: [apps], apiVersions: ['*'], operations: [CREATE], resources: ['*']",
      );
    for (const where of ['p/params.yaml', 'r/params.yaml'])
      expect(check({ 'p/a.yaml': text, [where]: params('web'), 'r/b.yaml': deployment(1) }).findings).toMatchObject([
        { code: 'policy/guard', message: 'Deployment shop: refused' },
      ]);
  });

  it('is never a pass without policies, objects, or folders', () => {
    const policies = { 'p/a.yaml': policy('true') };
    const codes = (files: Files, options = {}) => check(files, options).findings.map(({ code }) => code);
    expect(codes({ ...policies, 'r/a.yaml': '' })).toEqual(['usage/nothing-to-check']);
    expect(codes({ 'p/a.yaml': 'replicas: 1', 'r/b.yaml': deployment(1) })).toEqual(['usage/no-policies']);
    expect(codes(policies)).toEqual(['usage/no-folder']);
    expect(codes(policies, { resources: [] })).toEqual(['usage/no-resources']);
    expect(codes({ 'r/b.yaml': deployment(1) }, { policies: [] })).toEqual(['usage/no-policies']);
    expect(codes({ ...policies, 'r/b.yaml': deployment(1) }, { service: ['checkout'] })).toEqual([
      'usage/contradiction',
    ]);
    expect(check(policies)).toMatchObject({ exit: 2 });
  });

  it('checks all that can be read, and reports the rest', () => {
    const files = {
      'p/a.yaml': policy('object.spec.replicas > 1'),
      'p/broken.yaml': 'a: [',
      'r/b.yaml': deployment(1),
      'r/chart/templates/c.yaml': 'kind: A\nname: {{ .Values.name }}\n',
      'r/latin.yaml': Uint8Array.of(0x61, 0x3a, 0xe4),
      'r/node_modules/d.yaml': 'a: [',
      'r/readme.md': 'a: [',
    };
    const cwd = folderOf(files);
    symlinkSync('b.yaml', join(cwd, 'r/link.yaml'));
    const result = check({}, {}, cwd);
    expect(result.exit).toBe(1);
    expect(result.findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'source/invalid-yaml p/broken.yaml',
      'policy/guard r/b.yaml',
      'manifest/template r/chart/templates/c.yaml',
      'source/not-utf8 r/latin.yaml',
      'source/symlink r/link.yaml',
    ]);
  });

  it('says what is wrong with a policy, on its column, and evaluates the others', () => {
    const files = {
      'p/a.yaml': policy('object.spec. > 1', 'broken'),
      'p/b.yaml': policy('object.spec.replicas > 1'),
      'r/b.yaml': deployment(1),
    };
    expect(check(files).findings).toEqual([
      expect.objectContaining({ code: 'policy/cel-error', path: 'p/a.yaml', line: 9 }),
      expect.objectContaining({ code: 'policy/guard', path: 'r/b.yaml' }),
    ]);
  });
});
