import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../../finding/rule.ts';
import { isObject, type Json, property } from '../../json/json.ts';
import { evaluatePlatform } from '../../platform/evaluate-platform.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import { examplePlatform } from '../../testing/example-platform.ts';

const score = (containers: string, resources = '{}', end = ''): ExampleFiles => ({
  'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
${containers.replace(/^/gm, '  ')}
service: { ports: { web: { port: 80, targetPort: 8080 } } }
resources: ${resources}
${end}`,
});
const main = 'main:\n  image: registry.example.com/checkout:1.0.0\n';

function evaluate(files: ExampleFiles) {
  const evaluation = evaluatePlatform(loadPlatform(examplePlatform(files)), {
    services: ['checkout'],
  });
  const objects = [...(evaluation.services[0]?.trees.get('dev')?.files ?? [])].map(([path, text]) => {
    const parsed = parseYaml(text);
    return [path.split('/').at(-1) ?? '', parsed.ok ? (parsed.documents[0] ?? null) : null] as const;
  });
  const object = (start: string): Json => objects.find(([name]) => name.startsWith(start))?.[1] ?? null;
  const kind = object('statefulset') === null ? 'deployment' : 'statefulset';
  // The lock of a Score file with errors cannot be brought up to date.
  const findings = evaluation.findings.filter(({ code }) => code !== 'resolve/lock-outdated');
  return {
    codes: findings.map(({ code, path, line }) => `${code} ${path}:${line}`),
    findings,
    names: objects.map(([name]) => name),
    object,
    pod: at(object(kind), 'spec', 'template', 'spec'),
    annotations: at(object(kind), 'spec', 'template', 'metadata', 'annotations'),
  };
}

function at(value: Json, ...path: readonly (string | number)[]): Json {
  let current: Json | undefined = value;
  for (const step of path) current = Array.isArray(current) ? current[Number(step)] : property(current, String(step));
  return current ?? null;
}

describe('files of a container', () => {
  const files = `${main}  files:
    /etc/app/config.yaml: { content: "host: \${resources.db.host}\\nprice: $$5\\n" }
    /etc/app/raw.txt: { source: config/raw.txt, noExpand: true, mode: "0644" }
    /etc/app/logo.bin: { source: ./config/logo.bin }
    /etc/app/key.bin: { binaryContent: QUJD }
`;
  const sources = {
    'services/checkout/config/raw.txt': '${not.one} $$\n',
    'services/checkout/config/logo.bin': new Uint8Array([0xff, 0xfe]),
  };
  const db = '{ db: { type: database } }';

  it('become one ConfigMap, each mounted by itself, text expanded unless it says `noExpand`', () => {
    const { codes, object, pod } = evaluate({ ...score(files, db), ...sources });
    expect(codes).toEqual([]);
    const map = object('configmap-checkout-files');
    expect(at(map, 'data')).toEqual({
      'main_etc_app_config.yaml': expect.stringMatching(/^host: checkout-db-.....\.checkout\.svc\nprice: \$5\n$/),
      'main_etc_app_raw.txt': '${not.one} $$\n',
    });
    expect(at(map, 'binaryData')).toEqual({
      'main_etc_app_logo.bin': '//4=',
      'main_etc_app_key.bin': 'QUJD',
    });
    expect(at(pod, 'containers', 0, 'volumeMounts', 0)).toEqual({
      name: 'files',
      mountPath: '/etc/app/config.yaml',
      subPath: 'main_etc_app_config.yaml',
      readOnly: true,
    });
    expect(at(pod, 'volumes', 0, 'configMap', 'items', 3)).toEqual({
      key: 'main_etc_app_raw.txt',
      path: 'main_etc_app_raw.txt',
      mode: 0o644,
    });
    expect(at(pod, 'securityContext', 'fsGroup')).toBeNull();
  });

  it('restart the pods when they change, and only then; what they hold is part of the release', () => {
    const before = evaluate({ ...score(files, db), ...sources });
    const other = { ...sources, 'services/checkout/config/raw.txt': 'other\n' };
    expect(at(before.annotations, 'idp.internal/files')).toMatch(/^sha256:/);
    expect(evaluate({ ...score(files, db), ...sources }).annotations).toEqual(before.annotations);
    expect(evaluate({ ...score(files, db), ...other }).annotations).not.toEqual(before.annotations);
    const release = (of: ExampleFiles) =>
      evaluatePlatform(loadPlatform(examplePlatform(of)), { services: ['checkout'] }).services[0]?.resolution?.release;
    expect(release({ ...score(files, db), ...sources })).not.toBe(release({ ...score(files, db), ...other }));
  });

  it('are read in the older form as well, and give the same', () => {
    const list = `${main}  files:
    - { target: /b, content: two }
    - { target: /a, content: one }
`;
    const map = `${main}  files: { /a: { content: one }, /b: { content: two } }\n`;
    expect(evaluate(score(list)).object('configmap-checkout-files')).toEqual(
      evaluate(score(map)).object('configmap-checkout-files'),
    );
    expect(evaluate(score(list)).pod).toEqual(evaluate(score(map)).pod);
  });

  it('have keys of their own where targets look alike', () => {
    const alike = `${main}  files: { /a/b: { content: one }, /a_b: { content: two } }\n`;
    const data = at(evaluate(score(alike)).object('configmap-checkout-files'), 'data');
    expect(isObject(data) ? Object.values(data).sort() : data).toEqual(['one', 'two']);
    expect(isObject(data) ? Object.keys(data) : data).toEqual([
      expect.stringMatching(/^main_a_b-[0-9a-f]{10}$/),
      expect.stringMatching(/^main_a_b-[0-9a-f]{10}$/),
    ]);
  });

  it('belong to the group of the pod when others may not read them', () => {
    const secretive = `${main}  files: { /a: { content: one, mode: "0600" } }\n`;
    expect(at(evaluate(score(secretive)).pod, 'securityContext', 'fsGroup')).toBe(65_532);
  });

  it('hold no secret: it would stand in clear text', () => {
    const leaking = `${main}  files: { /a: { content: "x\${resources.db.password}" } }\n`;
    expect(evaluate(score(leaking, db)).codes).toEqual([
      'render/secret-not-expressible services/checkout/score.yaml:6',
    ]);
  });

  it('have their findings in the file that they are read from', () => {
    const from = `${main}  files: { /a: { source: a.txt } }\n`;
    const text = 'one\ntwo ${resources.db.hots}\n';
    const { findings } = evaluate({ ...score(from, db), 'services/checkout/a.txt': text });
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'resolve/unknown-output',
        path: 'services/checkout/a.txt',
        line: 2,
        column: 5,
        hint: expect.stringContaining('host'),
      }),
    ]);
  });

  it('fit into a ConfigMap', () => {
    const twice = `${main}  files: { /a: { source: a.txt }, /b: { source: a.txt } }\n`;
    const { codes } = evaluate({ ...score(twice), 'services/checkout/a.txt': 'a'.repeat(600_000) });
    expect(codes).toEqual(['render/files-too-large services/checkout/score.yaml:4']);
  });
});

describe('the source of a file', () => {
  const from = (source: string) => score(`${main}  files: { /a: { source: ${JSON.stringify(source)} } }\n`);
  it.each<readonly [string, string, ExampleFiles]>([
    ['/etc/passwd', 'absolute path', {}],
    ['../payments/secret.txt', 'leaves the folder', {}],
    ['a/../../payments/secret.txt', 'leaves the folder', {}],
    ['C:\\windows', 'absolute path', {}],
    ['a\\b', 'backslash', {}],
    ['a//b', 'empty part', {}],
    ['.', 'empty part', {}],
    ['motd.txt', 'no file', {}],
    ['motd.txt', 'symbolic link', { 'services/checkout/motd.txt': { mode: '120000', content: '/etc/passwd' } }],
    ['motd.txt', 'at most', { 'services/checkout/motd.txt': new Uint8Array(1024 * 1024 + 1) }],
  ])('%j is refused: %s', (source, reason, files) => {
    const { findings } = evaluate({ ...from(source), ...files });
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'workload/file-source',
        message: expect.stringContaining(reason),
        path: 'services/checkout/score.yaml',
        line: 6,
      }),
    ]);
  });

  it('names the nearest file', () => {
    const { findings } = evaluate({ ...from('modt.txt'), 'services/checkout/motd.txt': 'Hi' });
    expect(findings).toEqual([expect.objectContaining({ hint: expect.stringContaining('"motd.txt"') })]);
  });
});

describe('volumes of a container', () => {
  const mounting = (source: string, more = '') => `${main}  volumes: { /data: { source: "${source}"${more} } }\n`;

  it('are empty and gone with the pod unless they have a size', () => {
    const { codes, pod, names } = evaluate(
      score(mounting('${resources.tmp}'), '{ tmp: { type: volume, params: { sizeLimit: 64Mi, medium: Memory } } }'),
    );
    expect(codes).toEqual([]);
    expect(at(pod, 'volumes')).toEqual([{ name: 'volume-tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }]);
    expect(at(pod, 'containers', 0, 'volumeMounts')).toEqual([{ name: 'volume-tmp', mountPath: '/data' }]);
    expect(names).toContain('deployment.apps-checkout.yaml');
  });

  it.each(['data', '${resources.data}', '${resources.data.source}'])('are named by %j', (source) => {
    const { codes, pod } = evaluate(score(mounting(source), '{ data: { type: volume } }'));
    expect(codes).toEqual([]);
    expect(at(pod, 'volumes')).toEqual([{ name: 'volume-data', emptyDir: {} }]);
  });

  it('make a StatefulSet where they have a size: each pod has its own, under a name that is never used again', () => {
    const params = '{ size: 10Gi, storageClass: fast }';
    const { codes, object, pod, names } = evaluate(
      score(
        mounting('${resources.data}', ', path: /sub, readOnly: true'),
        `{ data: { type: volume, params: ${params} } }`,
      ),
    );
    expect(codes).toEqual([]);
    expect(names).toEqual([
      'namespace-checkout.yaml',
      'poddisruptionbudget.policy-checkout.yaml',
      'service-checkout-headless.yaml',
      'service-checkout.yaml',
      'serviceaccount-checkout.yaml',
      'statefulset.apps-checkout.yaml',
    ]);
    const [claim] = [at(object('statefulset'), 'spec', 'volumeClaimTemplates', 0)];
    expect(claim).toEqual({
      metadata: {
        name: expect.stringMatching(/^checkout-data-.....$/),
        labels: { 'idp.internal/instance': expect.stringMatching(/^i-/), 'idp.internal/service': 'checkout' },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        resources: { requests: { storage: '10Gi' } },
      },
    });
    expect(at(pod, 'containers', 0, 'volumeMounts')).toEqual([
      { name: at(claim ?? null, 'metadata', 'name'), mountPath: '/data', subPath: 'sub', readOnly: true },
    ]);
    expect(at(object('statefulset'), 'spec', 'serviceName')).toBe('checkout-headless');
    expect(at(object('service-checkout-headless'), 'spec', 'clusterIP')).toBe('None');
    expect(at(object('statefulset'), 'spec', 'replicas')).toBe(1);
    expect(at(pod, 'securityContext', 'fsGroup')).toBe(65_532);
  });

  it('are one claim for all pods of a Deployment where many may mount it', () => {
    const params = '{ size: 10Gi, accessModes: [ReadWriteMany] }';
    const { codes, object, pod } = evaluate(
      score(mounting('${resources.data}'), `{ data: { type: volume, params: ${params} } }`),
    );
    expect(codes).toEqual([]);
    const claim = object('persistentvolumeclaim');
    expect(at(claim, 'spec', 'accessModes')).toEqual(['ReadWriteMany']);
    expect(at(pod, 'volumes', 0, 'persistentVolumeClaim', 'claimName')).toBe(at(claim, 'metadata', 'name'));
    expect(object('statefulset')).toBeNull();
  });

  it('may be kept in one environment and empty in another', () => {
    const files = score(mounting('${resources.data}'), '{ data: { type: volume } }');
    const override = { 'services/checkout/environments/dev.yaml': 'resources: { data: { params: { size: 1Gi } } }\n' };
    expect(evaluate(files).object('deployment')).not.toBeNull();
    expect(evaluate({ ...files, ...override }).object('statefulset')).not.toBeNull();
  });

  it('may be claims that a capability offers, by an output that is their name', () => {
    const { codes, pod } = evaluate(score(mounting('${resources.db.host}'), '{ db: { type: database } }'));
    expect(codes).toEqual([]);
    expect(at(pod, 'volumes', 0, 'persistentVolumeClaim', 'claimName')).toMatch(/^checkout-db-.....\.checkout\.svc$/);
    expect(at(pod, 'volumes', 0, 'name')).toMatch(/^volume-[a-z0-9-]+$/);
  });

  it.each<readonly [string, string, string]>([
    ['${resources.dta}', '{ data: { type: volume } }', 'resolve/unknown-resource'],
    ['dta', '{ data: { type: volume } }', 'resolve/unknown-volume'],
    ['${resources.db}', '{ db: { type: database } }', 'resolve/unknown-output'],
    ['${resources.data.size}', '{ data: { type: volume } }', 'resolve/unknown-output'],
    ['${resources.db.password}', '{ db: { type: database } }', 'render/secret-not-expressible'],
  ])('%j with %s is %s', (source, resources, code) => {
    expect(evaluate(score(mounting(source), resources)).codes).toEqual([`${code} services/checkout/score.yaml:6`]);
  });

  it.each([
    '{ siez: 1Gi }',
    '{ size: 1Gi, sizeLimit: 1Gi }',
    '{ storageClass: fast }',
    '{ size: much }',
    '{ size: 1Gi, accessModes: [Some] }',
  ])('the parameters %s are refused at their place', (params) => {
    const { findings } = evaluate(score(mounting('data'), `{ data: { type: volume, params: ${params} } }`));
    expect(findings).toEqual([
      expect.objectContaining({
        code: expect.stringMatching(/^resolve\/parameter-/),
        path: 'services/checkout/score.yaml',
        line: 9,
        hint: expect.any(String),
      }),
    ]);
  });

  it('have no value: a variable cannot hold one', () => {
    const wrong = `${main}  variables: { A: "\${resources.data}" }\n`;
    expect(evaluate(score(wrong, '{ data: { type: volume } }')).findings).toEqual([
      expect.objectContaining({ code: 'resolve/unknown-output', message: expect.stringContaining('is a volume') }),
    ]);
  });
});

describe('containers that start before others', () => {
  const other = (name: string, fields: string) => `${name}:\n  image: registry.example.com/${name}:1\n  ${fields}\n`;
  const probe = 'readinessProbe: { exec: { command: [ready] } }';

  it('are init containers in their order: to their end, or sidecars that go on running', () => {
    const containers = [
      main,
      other('a-migrate', 'before: { main: { ready: complete } }'),
      other('proxy', `before: { a-migrate: { ready: healthy } }\n  ${probe}`),
      other('vpn', 'before: { proxy: { ready: started } }'),
    ].join('');
    const { codes, pod } = evaluate(score(containers));
    expect(codes).toEqual([]);
    expect(at(pod, 'containers')).toMatchObject([{ name: 'main', ports: [{ containerPort: 8080 }] }]);
    expect(at(pod, 'initContainers')).toMatchObject([
      { name: 'vpn', restartPolicy: 'Always' },
      {
        name: 'proxy',
        restartPolicy: 'Always',
        startupProbe: { exec: { command: ['ready'] }, periodSeconds: 2, failureThreshold: 150 },
      },
      { name: 'a-migrate' },
    ]);
    expect(at(pod, 'initContainers', 0, 'startupProbe')).toBeNull();
    expect(at(pod, 'initContainers', 2, 'restartPolicy')).toBeNull();
  });

  it.each<readonly [string, string]>([
    [other('a', 'before: { mian: { ready: started } }'), 'there is no container "mian"'],
    [other('a', 'before: { a: { ready: started } }'), '"a" cannot start before itself'],
    [
      other('a', 'before: { b: { ready: started } }') + other('b', 'before: { a: { ready: started } }'),
      'containers wait for each other: a → b → a',
    ],
    [other('a', 'before: { main: { ready: healthy } }'), 'nothing says when "a" is healthy'],
    [
      other('a', `before: { main: { ready: complete } }\n  ${probe}`),
      '"a" runs to its end: Kubernetes probes it never',
    ],
    [
      other('a', `before: { main: { ready: complete }, b: { ready: healthy } }`) + other('b', 'args: []'),
      '"a" cannot be healthy once it is complete',
    ],
  ])('%j is refused: %s', (containers, message) => {
    const { findings } = evaluate(score(`${main}${containers}`));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ code: 'workload/container-order', message, hint: expect.any(String) }),
    ]);
  });
});

describe('values of the environment', () => {
  const env = '{ env: { type: environment }, db: { type: database } }';

  it('are what a resource of the type `environment` stands for', () => {
    const containers = `${main}  variables: { URL: "https://\${resources.env.domain}/", N: "\${resources.env.replicas}" }\n`;
    const { codes, pod } = evaluate(score(containers, env));
    expect(codes).toEqual([]);
    expect(at(pod, 'containers', 0, 'env')).toEqual([
      { name: 'N', value: '1' },
      { name: 'URL', value: 'https://dev.example.com/' },
    ]);
  });

  it.each(['domian', 'domain.x', ''])('are there: %j is a finding at its own place', (name) => {
    const output = name === '' ? '' : `.${name}`;
    const containers = `${main}  variables: { URL: "https://\${resources.env${output}}/" }\n`;
    expect(evaluate(score(containers, env)).findings).toEqual([
      expect.objectContaining({
        code: 'render/unknown-value',
        line: 6,
        column: 32,
        message: expect.stringContaining('dev has no value'),
      }),
    ]);
  });

  it('that one environment lacks stop the service there alone', () => {
    const containers = `${main}  variables: { URL: "\${resources.env.domain}" }\n`;
    const bare = {
      'environments/qa.yaml': `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: qa }
spec: { promotion: automatic, targets: [{ name: eu, cluster: qa-eu }], values: { replicas: 1 } }
`,
    };
    const evaluation = evaluatePlatform(loadPlatform(examplePlatform({ ...score(containers, env), ...bare })));
    expect(evaluation.findings).toMatchObject([{ code: 'render/unknown-value', message: 'qa has no value "domain"' }]);
    expect([...(evaluation.services[0]?.trees.keys() ?? [])]).toEqual(['dev']);
  });

  it('may be parameters, with their own type', () => {
    const { codes } = evaluate(
      score(
        main,
        '{ env: { type: environment }, db: { type: database, params: { size: "${resources.env.replicas}" } } }',
      ),
    );
    expect(codes).toEqual(['resolve/parameter-wrong-value services/checkout/score.yaml:8']);
  });

  it('reach a parameter through a long chain of others, each resolved before who needs it', () => {
    const cache: ExampleFiles = {
      'capabilities/cache/package.json': '{ "name": "capability-cache", "version": "1.0.0" }',
      'capabilities/cache/capability.yaml': `apiVersion: idp.internal/v1alpha1
kind: Capability
metadata: { name: cache }
spec:
  owner: team-payments
  lifecycle: production
  provides: resource
  parameters: { type: object, required: [of], properties: { of: { type: string } } }
  outputs: { of: { schema: { type: string }, value: "{{params.of}}" } }
`,
    };
    const length = 90;
    const chain = Array.from({ length }, (_, index) => {
      const of = index === length - 1 ? '${resources.env.domain}' : `\${resources.c${index + 1}.of}`;
      return `c${index}: { type: cache, params: { of: "${of}" } }`;
    });
    const containers = `${main}  variables: { OF: "\${resources.c0.of}" }\n`;
    const { codes, pod } = evaluate({
      ...cache,
      ...score(containers, `{ env: { type: environment }, ${chain.join(', ')} }`),
    });
    expect(codes).toEqual([]);
    expect(at(pod, 'containers', 0, 'env')).toEqual([{ name: 'OF', value: 'dev.example.com' }]);
  });
});
