import { decodeText } from '../digest/text.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { mintFrom } from '../resolve/mint.ts';
import { planLock } from '../scaffold/plan-lock.ts';
import { type LiteralFile, literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export { exampleShared } from '../finding/example-files.ts';

/**
 * A whole platform, as small as one can be: a group, a system, one environment, a capability that runs workloads and
 * one that is a resource, a service that uses both. The examples of the rules are laid over it.
 */
export const exampleFiles = {
  'idp.yaml': `apiVersion: idp.internal/v1alpha1
kind: Platform
metadata: { name: example }
spec:
  defaults: { workload: web }
  environmentValues:
    type: object
    additionalProperties: false
    properties: { replicas: { type: integer }, domain: { type: string } }
`,
  'catalog/payments.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-payments }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: payments }
spec: { owner: team-payments }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: payment-processing }
spec: { owner: team-payments, domain: payments }
`,
  'environments/dev.yaml': `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: dev }
spec:
  promotion: automatic
  targets: [{ name: eu, cluster: dev-eu }]
  values: { replicas: 1, domain: dev.example.com }
`,
  'capabilities/web/package.json': '{ "name": "capability-web", "version": "1.0.0" }\n',
  'capabilities/web/capability.yaml': `apiVersion: idp.internal/v1alpha1
kind: Capability
metadata: { name: web }
spec:
  owner: team-payments
  lifecycle: production
  provides: workload
  parameters:
    type: object
    additionalProperties: false
    properties: { replicas: { type: integer, minimum: 1, default: 1 } }
  fromEnvironment: { replicas: values.replicas }
`,
  'capabilities/web/patches/deployment.yaml': `target: { group: apps, kind: {{yaml renderer.workloadKind}}, name: {{yaml service.name}} }
patch:
  spec:
    replicas: {{yaml params.replicas}}
`,
  'capabilities/database/package.json': '{ "name": "capability-database", "version": "1.2.0" }\n',
  'capabilities/database/capability.yaml': `apiVersion: idp.internal/v1alpha1
kind: Capability
metadata: { name: database }
spec:
  owner: team-payments
  lifecycle: production
  provides: resource
  parameters:
    type: object
    additionalProperties: false
    properties: { size: { enum: [small, large], default: small } }
  classes: { roomy: { size: large } }
  outputs:
    host: { schema: { type: string }, value: "{{instance.name}}.{{service.namespace}}.svc" }
    port: { schema: { type: integer }, value: "5432" }
    password: { schema: { type: string }, secret: { name: "{{instance.name}}", key: password } }
  objects: { kinds: [v1/ConfigMap] }
`,
  'capabilities/database/templates/deploy/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{yaml instance.name}} }
data: { size: {{yaml params.size}} }
`,
  'services/checkout/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: checkout }
spec: { type: service, lifecycle: production, owner: team-payments, system: payment-processing }
`,
  'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  main:
    image: registry.example.com/checkout:1.0.0
    variables:
      DB_HOST: \${resources.db.host}
      DB_PASSWORD: \${resources.db.password}
service: { ports: { http: { port: 8080 } } }
resources:
  db: { type: database }
`,
} as const satisfies Readonly<Record<string, string>>;

/** Tokens that look random and are the same on every run (a linear congruential generator). */
export function exampleMint(seed = 1) {
  let state = seed;
  return mintFrom((count) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return state >>> 16;
    }),
  );
}

/**
 * The example platform with files laid over it. Every lock is brought up to date as `idp lock` does it, where it can,
 * but for locks that are among the files.
 */
export function examplePlatform(files: ExampleFiles = {}): Snapshot {
  const all = new Map<string, LiteralFile>(Object.entries(lockedFiles()));
  for (const [path, file] of Object.entries(files)) {
    if (file === null) all.delete(path);
    else all.set(path, file);
  }
  const snapshot = literalSnapshot(Object.fromEntries(all));
  const locks = lockChanges(snapshot, 2).filter(({ path }) => !Object.hasOwn(files, path));
  return overlaySnapshot(snapshot, locks);
}

/** The same platform with the lock of checkout naming another renderer. */
export function renderedBy(renderer: string, snapshot: Snapshot): Snapshot {
  const path = 'services/checkout/.idp/lock.yaml';
  const lock = decodeText(snapshot.read(path) ?? new Uint8Array()) ?? '';
  const content = lock.replace(/^renderer: ".*"$/m, `renderer: "${renderer}"`);
  return overlaySnapshot(snapshot, [{ path, content }]);
}

let locked: Readonly<Record<string, string>> | undefined;

function lockedFiles(): Readonly<Record<string, string>> {
  if (locked === undefined) {
    const changes = lockChanges(literalSnapshot(exampleFiles), 1).map(
      ({ path, content = '' }) => [path, content] as const,
    );
    locked = { ...exampleFiles, ...Object.fromEntries(changes) };
  }
  return locked;
}

function lockChanges(snapshot: Snapshot, seed: number) {
  return planLock(snapshot, { services: [], images: [] }, exampleMint(seed)).value?.changes ?? [];
}
