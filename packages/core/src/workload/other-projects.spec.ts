import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

/** Score files in the manner of the public examples: what they use, and how they write it. */
const written: Readonly<Record<string, string>> = {
  'a shell loop that needs nothing': `apiVersion: score.dev/v1b1
metadata:
  name: hello
containers:
  hello:
    image: busybox
    command: ["/bin/sh"]
    args: ["-c", "while true; do echo Hello \${FRIEND}!; sleep 5; done"]
    variables:
      FRIEND: world
`,
  'a front end with a dns name, a route and another service': `apiVersion: score.dev/v1b1
metadata:
  name: frontend
  annotations:
    compose.score.dev/publish-port: "8080"
service:
  ports:
    www:
      port: 8080
      targetPort: 3000
containers:
  frontend:
    image: .
    variables:
      API: http://\${resources.backend.name}
      PUBLIC: https://\${resources.dns.host}
    resources:
      limits: { memory: 512M, cpu: "0.5" }
      requests: { memory: 256M, cpu: 100m }
    livenessProbe:
      httpGet: { path: /healthz, port: 3000 }
    readinessProbe:
      httpGet: { path: /healthz, port: 3000, httpHeaders: [{ name: Host, value: example.com }] }
resources:
  backend: { type: service }
  dns: { type: dns }
  route:
    type: route
    params:
      host: \${resources.dns.host}
      path: /
      port: 8080
`,
  'a back end with a password in the middle of a connection string': `apiVersion: score.dev/v1b1
metadata:
  name: backend
service:
  ports:
    api: { port: 8080, protocol: TCP }
containers:
  backend:
    image: registry.example.com/backend:1.4
    variables:
      PORT: "8080"
      CONNECTION: postgresql://\${resources.db.username}:\${resources.db.password}@\${resources.db.host}:\${resources.db.port}/\${resources.db.name}
      AMQP: amqp://\${resources.bus.username}:\${resources.bus.password}@\${resources.bus.host}:\${resources.bus.port}/\${resources.bus.vhost}
      REDIS: \${resources.cache.host}:\${resources.cache.port}
      COST: 5$$
resources:
  db:
    type: postgres
    metadata:
      annotations:
        my.org/version: "0.1"
  cache: { type: redis, class: default }
  bus: { type: amqp }
  mails: { type: s3, id: shared-mails }
`,
  'a server with files and a volume, in the older form': `apiVersion: score.dev/v1b1
metadata: { name: server }
containers:
  server:
    image: registry.example.com/server:1
    files:
      - target: /etc/server/config.ini
        mode: "0644"
        content: |
          [server]
          name = \${metadata.name}
      - target: /etc/server/raw.ini
        noExpand: true
        content: "\${not.ours}"
    volumes:
      - source: \${resources.data}
        target: /var/lib/server
        readOnly: false
resources:
  data: { type: volume }
`,
  'a migration before the program, and a value of the environment': `apiVersion: score.dev/v1b1
metadata:
  name: shop
  team: shop
containers:
  migrate:
    image: registry.example.com/shop:2
    command: [shop, migrate]
    variables: { DOMAIN: "\${resources.env.domain}" }
    before:
      shop:
        ready: complete
  shop:
    image: registry.example.com/shop:2
    files:
      /etc/shop/shop.json:
        content: '{"team": "\${metadata.team}"}'
      /etc/shop/key.bin:
        binaryContent: AAEC
    volumes:
      /tmp:
        source: \${resources.tmp}
service:
  ports:
    internal-http-admin: { port: 9090 }
resources:
  env: { type: environment }
  tmp: { type: volume }
`,
};

function evaluated(name: string, text: string) {
  const component = (service: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${service} }
spec: { type: service, lifecycle: production, owner: team-payments }
`;
  const backend = written['a back end with a password in the middle of a connection string'] ?? '';
  const files: ExampleFiles = {
    'services/backend/score.yaml': backend,
    'services/backend/catalog-info.yaml': component('backend'),
    [`services/${name}/score.yaml`]: text,
    [`services/${name}/catalog-info.yaml`]: component(name),
  };
  return evaluatePlatform(loadPlatform(examplePlatform(files)), { services: [name], environments: ['dev'] });
}

describe('an unmodified Score file of another project', () => {
  it.each(Object.entries(written))('%s goes through, but for types that nobody offers', (_, text) => {
    const name = /name: ([a-z]+)/.exec(text)?.[1] ?? '';
    const { findings, services } = evaluated(name, text);
    const unknown = findings.filter(({ code }) => code === 'resolve/unknown-capability');
    const others = findings.filter(
      ({ code, path }) =>
        path?.startsWith(`services/${name}/`) &&
        !['resolve/unknown-capability', 'resolve/lock-outdated', 'render/image-not-pinned'].includes(code) &&
        // There is no lock before all types are known.
        (unknown.length === 0 || code !== 'resolve/lock-missing'),
    );
    expect(others).toEqual([]);
    expect(unknown.map(({ message }) => /"(.*)"/.exec(message)?.[1]).sort()).toEqual(
      [...text.matchAll(/type: (dns|route|postgres|redis|amqp|s3)\b/g)].map(([, type]) => type).sort(),
    );
    expect(services[0]?.trees.size).toBe(unknown.length === 0 ? 1 : 0);
    if (name === 'hello')
      expect([...(services[0]?.trees.get('dev')?.files.values() ?? [])].join()).toContain('Hello ${FRIEND}!');
  });
});
