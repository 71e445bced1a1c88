import { describe, expect, it } from 'vitest';
import { evaluatePlatform } from '../../platform/evaluate-platform.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { examplePlatform, renderedBy } from '../../testing/example-platform.ts';

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

describe('version 1 of the conversion', () => {
  it('renders what its locks name to the same bytes for ever', async () => {
    const snapshot = renderedBy('1', examplePlatform({ 'services/checkout/score.yaml': whole }));
    const { services, findings } = evaluatePlatform(loadPlatform(snapshot), { services: ['checkout'] });
    expect(findings).toEqual([]);
    const files = [...(services[0]?.trees.get('dev')?.files ?? [])];
    const text = files.map(([path, content]) => `# ${path}\n${content}`).join('---\n');
    await expect(text).toMatchFileSnapshot('./__golden__/checkout.dev.yaml');
  });
});
