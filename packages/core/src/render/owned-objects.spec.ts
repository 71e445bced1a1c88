import { describe, expect, it } from 'vitest';
import { exampleGranted, exampleScore, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { descend, toJson } from '../provenance/traced.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { manifestFile, manifestPath } from './manifest-path.ts';

const template = 'capabilities/cache/templates/deploy/config.yaml';

function evaluate(config: string, kinds = 'v1/ConfigMap', patch?: string, resource?: string, more = '') {
  const files = { 'templates/deploy/config.yaml': config, ...(patch !== undefined && { 'patches/p.yaml': patch }) };
  return evaluateFiles(exampleUse({ spec: `objects: { kinds: [${kinds}] }\n${more}`, files }, resource));
}

function evaluateFiles(files: ExampleFiles) {
  const snapshot = examplePlatform(files);
  const evaluation = evaluatePlatform(loadPlatform(snapshot), { services: ['checkout'] });
  return {
    findings: evaluation.findings,
    tree: evaluation.services[0]?.trees.get('dev'),
    objects: evaluation.services[0]?.trees.get('dev')?.targets[0]?.objects ?? [],
  };
}

const configMap = (metadata = '{ name: {{yaml instance.name}} }') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n`;
const toDeployment = 'target: { group: apps, kind: Deployment, name: {{yaml service.name}} }\n';

describe('ownedObjects', () => {
  it('gives an object the namespace of its service and the labels of its owner and instance', () => {
    const { objects, findings } = evaluate(
      configMap('{ name: x, labels: { mine: a, app.kubernetes.io/name: other } }'),
    );
    expect(findings).toEqual([]);
    expect(toJson(objects.find(({ name }) => name === 'x')?.node ?? expect.fail())).toMatchObject({
      metadata: {
        namespace: 'checkout',
        labels: {
          mine: 'a',
          'app.kubernetes.io/name': 'cache',
          'app.kubernetes.io/instance': expect.stringMatching(/^checkout-cache-/),
          'app.kubernetes.io/managed-by': 'idp',
          'idp.internal/owner': 'team-payments',
          'idp.internal/service': 'checkout',
          'idp.internal/instance': expect.stringMatching(/^i-/),
        },
      },
    });
  });

  it("keeps a resource's objects out of the selector of the service, those of the workload capability in it", () => {
    const labelsOf = (name: string, objects: ReturnType<typeof evaluate>['objects']) =>
      toJson(descend(objects.find((object) => object.name === name)?.node, ['metadata', 'labels']) ?? expect.fail());
    expect(labelsOf('x', evaluate(configMap('{ name: x }')).objects)).not.toMatchObject({
      'app.kubernetes.io/instance': 'checkout',
    });
    const web = {
      ...exampleScore({ metadata: 'name: checkout, workload: { type: web }' }),
      'capabilities/web/capability.yaml':
        'apiVersion: idp.internal/v1alpha1\nkind: Capability\nmetadata: { name: web }\nspec: { owner: team-payments, lifecycle: production, provides: workload, parameters: { type: object, properties: { replicas: { default: 1 } } }, objects: { kinds: [v1/ConfigMap] } }\n',
      'capabilities/web/templates/deploy/config.yaml': configMap('{ name: budget }'),
    };
    expect(labelsOf('budget', evaluateFiles(web).objects)).toMatchObject({
      'app.kubernetes.io/name': 'checkout',
      'app.kubernetes.io/instance': 'checkout',
      'idp.internal/instance': expect.stringMatching(/^i-/),
    });
  });

  it.each([
    ['v1', 'List', 'items: [{ apiVersion: v1, kind: Namespace, metadata: { name: other } }]\n', 4],
    ['v1', 'ConfigMapList', '', 2],
    ['v1', 'ConfigMap', 'items: [{ apiVersion: v1, kind: Namespace, metadata: { name: other } }]\n', 4],
    ['v1', 'ConfigMap', 'items: []\n', 4],
    ['v1', 'ConfigMap', '"{{yaml params.key}}": []\n', 4],
  ])('refuses objects inside of an object of %s %s', (apiVersion, kind, more, line) => {
    const { findings, tree } = evaluate(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${more}`,
      `${apiVersion}/${kind}`,
      undefined,
      undefined,
      'parameters: { type: object, properties: { key: { type: string, default: items } } }',
    );
    expect(findings).toMatchObject([{ code: 'render/list-object', path: template, line }]);
    expect(tree).toBeUndefined();
  });

  const label = 'a'.repeat(63);
  const long = [label, label, label, 'a'.repeat(61)].join('.');
  it.each([
    ['ConfigMap', 'a'.repeat(300), 'at most 253 characters, not 300'],
    ['ConfigMap', 'Upper', 'lower-case'],
    ['ConfigMap', '"system:x"', 'lower-case'],
    ['ConfigMap', '../x', 'lower-case'],
    ['ConfigMap', 'a..b', 'lower-case'],
    ['ConfigMap', 'a-', 'lower-case'],
    ['ConfigMap', '"a\\n"', 'lower-case'],
    ['ConfigMap', long, 'file name has 268 bytes'],
    ['Role', '"a/b"', 'one segment'],
    ['Role', '".."', 'one segment'],
    ['Role', '"a%b"', 'one segment'],
    ['Role', `"${':'.repeat(100)}"`, 'file name has 336 bytes'],
  ])('refuses a %s of the name %s, at its place', (kind, name, message) => {
    const apiVersion = kind === 'Role' ? 'rbac.authorization.k8s.io/v1' : 'v1';
    const { findings, tree } = evaluate(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`,
      `${apiVersion}/${kind}`,
    );
    expect(findings).toMatchObject([
      { code: 'render/invalid-name', path: template, line: 4, column: 9, message: expect.stringContaining(message) },
    ]);
    expect(tree).toBeUndefined();
  });

  it('takes names that Kubernetes takes', () => {
    expect(evaluate(configMap(`{ name: ${long.slice(0, -15)} }`)).findings).toEqual([]);
    expect(evaluate(configMap('{ name: kube-root-ca.crt.1 }')).findings).toEqual([]);
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: "system:Node_x" }\n';
    expect(evaluate(role, 'rbac.authorization.k8s.io/v1/Role').findings).toEqual([]);
  });

  it('refuses a kind that the capability does not declare, where the template says it', () => {
    const { findings, tree } = evaluate('apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n', 'v1/PodTemplate');
    expect(findings).toMatchObject([
      { code: 'render/undeclared-kind', path: template, line: 2, hint: expect.stringContaining('PodTemplate') },
    ]);
    expect(tree).toBeUndefined();
  });

  it('refuses another namespace, and takes its own', () => {
    expect(evaluate(configMap('{ name: x, namespace: kube-system }')).findings).toMatchObject([
      { code: 'render/foreign-namespace', path: template, line: 3 },
    ]);
    expect(evaluate(configMap('{ name: x, namespace: checkout }')).findings).toEqual([]);
  });

  it('refuses an object that is rendered twice, also one of the conversion', () => {
    const twice = evaluate(
      configMap('{ name: x }'),
      'v1/ConfigMap',
      undefined,
      'a: { type: cache }\nb: { type: cache }',
    );
    expect(twice.findings).toMatchObject([{ code: 'render/duplicate-object', path: template }]);
    const conversions = evaluate(
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: checkout }\n',
      'v1/ServiceAccount',
    );
    expect(conversions.findings).toMatchObject([{ code: 'render/duplicate-object', path: template }]);
  });

  it.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['v1', 'Namespace'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['cert-manager.io/v1', 'ClusterIssuer'],
    ['kyverno.io/v1', 'ClusterPolicy'],
  ])('refuses an object of %s %s, which would be for the whole cluster', (apiVersion, kind) => {
    const { findings } = evaluate(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n`,
      `${apiVersion}/${kind}`,
    );
    expect(findings).toMatchObject([{ code: 'render/cluster-scoped', path: template, line: 2 }]);
  });

  const region = 'apiVersion: example.com/v1\nkind: Region\nmetadata: { name: {{yaml instance.name}} }\n';
  const granted = (template: string, resources = 'cache: { type: cache }') => ({
    ...exampleGranted('example.com/v1/Region', { 'templates/deploy/config.yaml': template }),
    ...exampleScore({ resources: `db: { type: database }\n${resources}` }),
  });

  it('takes what the platform grants for the whole cluster, in no namespace and with its owner in its path', () => {
    const { findings, objects } = evaluateFiles(granted(region));
    expect(findings).toEqual([]);
    const object = objects.find(({ kind }) => kind === 'Region') ?? expect.fail('it is not rendered');
    expect(object.path).toBe(`manifests/eu/_cluster/checkout/region.example.com-${object.name}.yaml`);
    expect(toJson(object.node)).toMatchObject({ metadata: { labels: { 'idp.internal/service': 'checkout' } } });
    expect(descend(object.node, ['metadata', 'namespace'])).toBeUndefined();
  });

  it('refuses it where the grant is for another kind or another capability, at the contract and at the object', () => {
    const files = granted(region);
    for (const other of ['kinds: [example.com/v2/Region]', 'capability: caches']) {
      const [field] = other.split(':');
      const settings = String(files['idp.yaml']).replace(new RegExp(`(grants.*)${field}: [^,}]*`), `$1${other} `);
      const { findings, tree } = evaluateFiles({ ...files, 'idp.yaml': settings });
      expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
        { code: 'capability/not-granted', path: 'capabilities/cache/capability.yaml' },
        { code: 'render/cluster-scoped', path: template, line: 2 },
      ]);
      expect(tree).toBeUndefined();
    }
  });

  it('refuses a namespace in what is declared as the whole cluster’s', () => {
    const { findings } = evaluateFiles(granted(region.replace('name:', 'namespace: checkout, name:')));
    expect(findings).toMatchObject([{ code: 'render/foreign-namespace', path: template, line: 3 }]);
  });

  it('refuses what two services render for the whole cluster, for both', () => {
    const fixed = region.replace('{{yaml instance.name}}', 'everything');
    const shop = {
      'services/shop/catalog-info.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: shop }\nspec: { type: service, lifecycle: production, owner: team-payments }\n',
      'services/shop/score.yaml':
        'apiVersion: score.dev/v1b1\nmetadata: { name: shop }\ncontainers: { main: { image: "a:1" } }\nresources: { mine: { type: cache } }\n',
    };
    const both = evaluatePlatform(loadPlatform(examplePlatform({ ...granted(fixed), ...shop })));
    expect(both.findings.map(({ code, subject, message }) => `${subject} ${code} ${message}`)).toEqual([
      'service:shop render/duplicate-object the whole cluster\'s Region "everything" is rendered by checkout as well',
      'service:checkout render/duplicate-object the whole cluster\'s Region "everything" is rendered by shop as well',
    ]);
    expect(both.services.map(({ trees }) => trees.size)).toEqual([0, 0]);
    expect(evaluatePlatform(loadPlatform(examplePlatform({ ...granted(region), ...shop }))).findings).toEqual([]);
  });

  it("takes a kind that is only called `Cluster`: a database's", () => {
    const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: x }\n';
    expect(evaluate(cluster, 'postgresql.cnpg.io/v1/Cluster').findings).toEqual([]);
  });
});

describe('applyPatches', () => {
  it.each([
    ['metadata: { name: other }', 'render/invalid-patch'],
    ['metadata: { namespace: other }', 'render/invalid-patch'],
    ['kind: StatefulSet', 'render/invalid-patch'],
    ['apiVersion: batch/v1', 'render/invalid-patch'],
    ['spec: { $retainKeys: [a] }', 'render/invalid-patch'],
    ['spec: { template: { spec: { containers: [{ image: x }] } } }', 'render/invalid-patch'],
    ['$patch: delete', 'render/invalid-patch'],
  ])('refuses the patch %s at its place', (patch, code) => {
    const { findings, tree } = evaluate(configMap(), 'v1/ConfigMap', `${toDeployment}patch:\n  ${patch}\n`);
    expect(findings).toMatchObject([{ code, path: 'capabilities/cache/patches/p.yaml' }]);
    expect(findings[0]?.line).toBeGreaterThanOrEqual(2);
    expect(tree).toBeUndefined();
  });

  it('refuses a patch that puts objects into an object', () => {
    const patch = 'patch:\n  items: [{ apiVersion: v1, kind: Namespace, metadata: { name: other } }]\n';
    const { findings, tree } = evaluate(configMap(), 'v1/ConfigMap', `${toDeployment}${patch}`);
    expect(findings).toMatchObject([
      { code: 'render/list-object', path: 'capabilities/cache/patches/p.yaml', line: 3 },
    ]);
    expect(tree).toBeUndefined();
  });

  it("leaves the platform's Namespace alone: its labels decide what runs in it", () => {
    const patch = 'target: { kind: Namespace, name: checkout }\npatch: { metadata: { labels: { a: b } } }\n';
    const { findings, tree } = evaluate(configMap(), 'v1/ConfigMap', patch);
    expect(findings).toMatchObject([{ code: 'render/invalid-patch', path: 'capabilities/cache/patches/p.yaml' }]);
    expect(tree).toBeUndefined();
  });

  it('names what there is when the target is missing', () => {
    const { findings } = evaluate(
      configMap('{ name: x }'),
      'v1/ConfigMap',
      'target: { kind: Service, name: y }\npatch: {}\n',
    );
    expect(findings).toMatchObject([
      { code: 'render/patch-without-target', line: 1, hint: expect.stringContaining('Deployment checkout') },
    ]);
  });
});

describe('manifestPath', () => {
  it('is in the folder of the namespace, or of the cluster', () => {
    const object = { group: 'apps', kind: 'Deployment', namespace: 'a', name: 'b' };
    expect(manifestPath('eu', manifestFile('s', object))).toBe('manifests/eu/a/s/deployment.apps-b.yaml');
    expect(manifestFile('s', { ...object, group: '', namespace: undefined })).toBe('_cluster/s/deployment-b.yaml');
  });

  it('writes what file systems treat in ways of their own as its code', () => {
    const path = (name: string) => manifestFile('s', { group: '', kind: 'Role', namespace: 'a', name });
    expect(path('system:node')).toBe('a/s/role-system%3anode.yaml');
    expect(path('A/../b')).toBe('a/s/role-%41%2f..%2fb.yaml');
    const names = ['a', 'A', '%41', 'a:b', 'a%3ab', '\u0141', '\u00141', 'ł', '%142'];
    expect(new Set(names.map(path)).size).toBe(names.length);
  });
});
