import { describe, expect, it } from 'vitest';
import { exampleScore } from '../../finding/example-files.ts';
import type { ExampleFiles } from '../../finding/rule.ts';
import { evaluatePlatform } from '../../platform/evaluate-platform.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { planLock } from '../../scaffold/plan-lock.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { exampleMint, examplePlatform } from '../../testing/example-platform.ts';

function evaluated(snapshot: Snapshot) {
  const evaluation = evaluatePlatform(loadPlatform(snapshot), { services: ['checkout'] });
  const files = [...(evaluation.services[0]?.trees.get('dev')?.files ?? [])];
  return {
    codes: evaluation.findings.map(({ code, path, line }) => `${code} ${path}:${line}`),
    findings: evaluation.findings,
    text: files.map(([path, content]) => `# ${path}\n${content}`).join('---\n'),
    file: (start: string) => files.find(([path]) => path.includes(`/${start}`))?.[1] ?? '',
  };
}

const evaluate = (files: ExampleFiles = {}) => evaluated(examplePlatform(files));

const whole = `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  sidecar:
    image: registry.example.com/proxy:2.0.0
    args: ["--token=\${resources.db.password}", "$(date)"]
  main:
    image: registry.example.com/checkout:1.0.0
    command: [node, main.js]
    variables:
      DB_URL: pg://me:\${resources.db.password}@\${resources.db.host}:\${resources.db.port}/$$(X)
      DB_PASSWORD: \${resources.db.password}
      NAME: \${metadata.name}
    resources:
      requests: { cpu: 100m, memory: 64Mi }
      limits: { memory: 128Mi }
    livenessProbe: { httpGet: { path: /livez, port: 8080 } }
    readinessProbe: { exec: { command: [ready] } }
service:
  ports:
    web: { port: 80, targetPort: 8080 }
    admin: { port: 9000, targetPort: 8080, protocol: TCP }
    dns-udp: { port: 53, protocol: UDP }
    dns-tcp: { port: 53 }
resources:
  db: { type: database, class: roomy }
`;

describe('version 2 of the conversion', () => {
  it('renders a literal platform as a Kubernetes engineer would have written it', async () => {
    const { text, codes } = evaluate({ 'services/checkout/score.yaml': whole });
    expect(codes).toEqual([]);
    await expect(text).toMatchFileSnapshot('./__golden__/checkout.dev.yaml');
  });

  it('gives the ports to `main`, each number and protocol once, and names the one that is listed', () => {
    const { file } = evaluate({ 'services/checkout/score.yaml': whole });
    const deployment = file('deployment');
    expect(deployment.match(/containerPort: (\d+)\n +name: ([a-z-]+)\n +protocol: (\w+)/g)).toHaveLength(3);
    expect(
      file('service-').match(/name: ([a-z-]+)\n +port: (\d+)\n +protocol: (\w+)\n +targetPort: ([a-z-]+)/g),
    ).toEqual([
      expect.stringMatching(/admin.*9000.*targetPort: admin/s),
      expect.stringMatching(/dns-tcp.*TCP.*targetPort: dns-tcp/s),
      expect.stringMatching(/dns-udp.*UDP.*targetPort: dns-udp/s),
      expect.stringMatching(/web.*80.*targetPort: admin/s),
    ]);
  });

  it('gives the ports to the first container by name where none is `main`, and no Service without ports', () => {
    const score = `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  b: { image: "registry.example.com/b:1" }
  a: { image: "registry.example.com/a:1" }
service: { ports: { http: { port: 8080 } } }
`;
    const [first = '', second = ''] = evaluate({ 'services/checkout/score.yaml': score })
      .file('deployment')
      .split('name: b\n');
    expect(first).toContain('containerPort: 8080');
    expect(second).not.toContain('containerPort');
    const none = evaluate({ 'services/checkout/score.yaml': score.replace(/service:.*\n/, '') });
    expect(none.codes).toEqual([]);
    expect(none.file('service-')).toBe('');
    expect(none.file('deployment')).not.toContain('ports:');
  });

  it.each(['-a', 'a-', 'Http', 'a_b', 'a'.repeat(64)])('refuses the port name %s at its line', (name) => {
    const score = exampleScore({ end: `service:\n  ports:\n    ${JSON.stringify(name)}: { port: 8080 }` });
    const { findings } = evaluate(score);
    expect(findings).toEqual([
      expect.objectContaining({ code: 'workload/wrong-value', path: 'services/checkout/score.yaml', line: 12 }),
    ]);
  });

  it('takes names of ports that a Service can have and a container cannot, and leads to those by number', () => {
    const ports = ['a-name-of-16-abc', '8080', 'a--b', 'a'.repeat(63)];
    const named = ports.map((name, index) => `"${name}": { port: ${index + 1} }`).join(', ');
    const { codes, file } = evaluate(exampleScore({ end: `service: { ports: { ${named}, web: { port: 80 } } }` }));
    expect(codes).toEqual([]);
    expect(
      file('deployment')
        .match(/^ +name: .*$/gm)
        ?.map((line) => line.trim()),
    ).not.toContain('name: a--b');
    expect(file('deployment')).toMatch(/- containerPort: 1\n +protocol: TCP/);
    expect(file('deployment')).toMatch(/- containerPort: 80\n +name: web\n +protocol: TCP/);
    expect(file('service-')).toMatch(/name: a-name-of-16-abc\n +port: 1\n +protocol: TCP\n +targetPort: 1\n/);
    expect(file('service-')).toMatch(/name: web\n +port: 80\n +protocol: TCP\n +targetPort: web\n/);
  });

  it.each(['a-name-of-15-ab', 'p', '8080-tcp'])('takes the port name %s', (name) => {
    const { codes, file } = evaluate(exampleScore({ end: `service: { ports: { ${name}: { port: 8080 } } }` }));
    expect(codes).toEqual([]);
    expect(file('deployment')).toContain(`name: ${name}\n`);
  });

  it('refuses a probe that says nothing', () => {
    const { codes } = evaluate(exampleScore({ container: 'livenessProbe: {}' }));
    expect(codes).toEqual(['workload/wrong-value services/checkout/score.yaml:6']);
  });

  it('prefers `exec` where a probe has both, as Score wants it', () => {
    const probe = '{ httpGet: { path: /, port: 1 }, exec: { command: [x] } }';
    const { codes, file } = evaluate(exampleScore({ container: `livenessProbe: ${probe}` }));
    expect(codes).toEqual([]);
    expect(file('deployment')).toMatch(/livenessProbe:\n +exec:\n +command:\n +- x\n/);
    expect(file('deployment')).not.toContain('httpGet');
  });

  it('writes quantities as Kubernetes does', () => {
    const resources = '{ limits: { memory: 2000K, cpu: "0.5" }, requests: { memory: 1Mi, cpu: 100m } }';
    const { codes, file } = evaluate(exampleScore({ container: `resources: ${resources}` }));
    expect(codes).toEqual([]);
    expect(file('deployment')).toContain('memory: 2000k\n');
  });

  it('hands the annotations of the workload on to it and its pods, but for those that are the platform’s', () => {
    const metadata = 'name: checkout, annotations: { prometheus.io/scrape: "true", idp.internal/version: x }';
    const { codes, file } = evaluate(exampleScore({ metadata }));
    expect(codes).toEqual([]);
    expect(file('deployment').match(/annotations:\n +prometheus.io\/scrape: "true"\n/g)).toHaveLength(2);
    expect(file('deployment')).not.toContain('idp.internal/version');
    expect(file('service-')).not.toContain('annotations');
  });

  it('evicts one pod at a time, whatever says how many there are', () => {
    const budget = evaluate().file('poddisruptionbudget');
    expect(budget).toContain('maxUnavailable: 1');
    expect(budget).toMatch(/matchLabels:\n +app.kubernetes.io\/instance: checkout\n/);
  });

  it('says that `image: .` is not pinned until the lock pins it', () => {
    const snapshot = examplePlatform(exampleScore({ image: '.' }));
    const before = evaluated(snapshot);
    expect(before.findings).toEqual([
      expect.objectContaining({ code: 'render/image-not-pinned', severity: 'warning', line: 5 }),
    ]);
    expect(before.file('deployment')).toContain('image: registry.example.com/platform/checkout:unpinned');
    const image = `registry.example.com/platform/checkout@sha256:${'a'.repeat(64)}`;
    const pinned = planLock(snapshot, { services: ['checkout'], images: [`main=${image}`] }, exampleMint(3));
    const after = evaluated(overlaySnapshot(snapshot, pinned.value?.changes ?? []));
    expect(after.codes).toEqual([]);
    expect(after.file('deployment')).toContain(`image: ${image}`);
  });

  it('refuses a secret in the params of a workload and of a resource, at the place of the params', () => {
    const workload = `name: checkout, workload: { type: web, params: { replicas: "\${resources.db.password}" } }`;
    const { findings } = evaluate(exampleScore({ metadata: workload }));
    expect(findings.find(({ code }) => code === 'render/secret-not-expressible')).toMatchObject({
      path: 'services/checkout/score.yaml',
      line: 2,
    });
    const text = exampleScore({
      resources: 'db: { type: database }\nother:\n  type: database\n  params:\n    size: x${resources.db.password}',
    });
    expect(evaluate(text).findings.find(({ code }) => code === 'render/secret-not-expressible')).toMatchObject({
      line: 13,
      column: 13,
    });
  });

  it('lets no secret stand in clear text: its content is not known', () => {
    expect(evaluate({ 'services/checkout/score.yaml': whole }).text).not.toMatch(/value: .*password[^)]*$/m);
  });
});
