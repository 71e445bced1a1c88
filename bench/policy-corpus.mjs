/** Entities and rendered objects of many services in files, and twenty policies over them in two languages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const deployments = { group: 'apps', resource: 'deployments', kind: 'Deployment' };
const services = { group: '', resource: 'services', kind: 'Service' };
const networkPolicies = { group: 'networking.k8s.io', resource: 'networkpolicies', kind: 'NetworkPolicy' };
const components = { group: 'backstage.io', resource: 'components', kind: 'Component', version: 'v1alpha1' };
const pod = 'object.spec.template.spec';
const everyContainer = (expression) => `${pod}.containers.all(c, ${expression})`;
const container = 'some c in input.spec.template.spec.containers';

/** Each in CEL, true when it holds, and in Rego, true when it does not. */
const rules = [
  ['replicas', deployments, 'object.spec.replicas >= 2', 'input.spec.replicas < 2'],
  [
    'memory-limit',
    deployments,
    everyContainer('has(c.resources.limits.memory)'),
    `${container}\n  not c.resources.limits.memory`,
  ],
  [
    'cpu-request',
    deployments,
    everyContainer('has(c.resources.requests.cpu)'),
    `${container}\n  not c.resources.requests.cpu`,
  ],
  [
    'no-latest',
    deployments,
    everyContainer("!c.image.endsWith(':latest')"),
    `${container}\n  endswith(c.image, ":latest")`,
  ],
  [
    'digest',
    deployments,
    everyContainer("c.image.matches('@sha256:[0-9a-f]{64}$')"),
    `${container}\n  not regex.match("@sha256:[0-9a-f]{64}$", c.image)`,
  ],
  [
    'not-root',
    deployments,
    everyContainer('c.?securityContext.runAsNonRoot.orValue(false)'),
    `${container}\n  not c.securityContext.runAsNonRoot`,
  ],
  [
    'read-only-root',
    deployments,
    everyContainer('c.?securityContext.readOnlyRootFilesystem.orValue(false)'),
    `${container}\n  not c.securityContext.readOnlyRootFilesystem`,
  ],
  [
    'drop-all',
    deployments,
    everyContainer("c.?securityContext.capabilities.drop.orValue([]).exists(d, d == 'ALL')"),
    `${container}\n  not "ALL" in c.securityContext.capabilities.drop`,
  ],
  ['readiness', deployments, everyContainer('has(c.readinessProbe)'), `${container}\n  not c.readinessProbe`],
  ['liveness', deployments, everyContainer('has(c.livenessProbe)'), `${container}\n  not c.livenessProbe`],
  ['no-host-network', deployments, `!${pod}.?hostNetwork.orValue(false)`, 'input.spec.template.spec.hostNetwork'],
  [
    'labels',
    deployments,
    "'app.kubernetes.io/name' in object.metadata.labels",
    'not input.metadata.labels["app.kubernetes.io/name"]',
  ],
  ['no-node-port', services, "object.spec.?type.orValue('ClusterIP') != 'NodePort'", 'input.spec.type == "NodePort"'],
  [
    'no-load-balancer',
    services,
    "object.spec.?type.orValue('ClusterIP') != 'LoadBalancer'",
    'input.spec.type == "LoadBalancer"',
  ],
  ['port-names', services, 'object.spec.ports.all(p, has(p.name))', 'some p in input.spec.ports\n  not p.name'],
  ['ingress', networkPolicies, "'Ingress' in object.spec.policyTypes", 'not "Ingress" in input.spec.policyTypes'],
  ['owner', components, "object.spec.owner.startsWith('group:')", 'not startswith(input.spec.owner, "group:")'],
  [
    'lifecycle',
    components,
    "object.spec.lifecycle in ['experimental', 'production', 'deprecated']",
    'not input.spec.lifecycle in ["experimental", "production", "deprecated"]',
  ],
  ['system', components, 'has(object.spec.system)', 'not input.spec.system'],
  [
    'runbook',
    components,
    "has(object.metadata.annotations) && 'example.com/runbook' in object.metadata.annotations",
    'not input.metadata.annotations["example.com/runbook"]',
  ],
];

/** Files below `policies` (CEL), `rego` and `resources` of a folder. */
export function makePolicyCorpus(folder, count) {
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [name, target, cel] of rules) write(`policies/${name}.yaml`, admissionPolicy(name, target, cel));
  write('rego/policy.rego', `package main\n\nimport rego.v1\n\n${rules.map(regoRule).join('\n')}`);
  for (let index = 0; index < count; index += 1) {
    const name = `service-${String(index).padStart(6, '0')}`;
    write(`resources/entities/${name}.yaml`, component(name, index));
    write(
      `resources/rendered/${name}.yaml`,
      [deployment(name, index), service(name, index), networkPolicy(name)].join('---\n'),
    );
  }
}

/** The Kubernetes policies alone, as Kyverno's ValidatingPolicy. */
export function kyvernoPolicies() {
  return rules
    .filter(([, { group }]) => group !== 'backstage.io')
    .map(
      ([name, target, cel]) => `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: ${name} }
spec:
  validationActions: [Deny]
  autogen: { podControllers: { controllers: [] } }
  matchConstraints: ${matchOf(target)}
  validations: [{ expression: ${JSON.stringify(cel)} }]
`,
    )
    .join('---\n');
}

function admissionPolicy(name, target, cel) {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name} }
spec:
  failurePolicy: Fail
  matchConstraints: ${matchOf(target)}
  validations: [{ expression: ${JSON.stringify(cel)} }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [Deny] }
`;
}

function matchOf({ group, resource, version = 'v1' }) {
  return `{ resourceRules: [{ apiGroups: ["${group}"], apiVersions: [${version}], operations: [CREATE, UPDATE], resources: [${resource}] }] }`;
}

function regoRule([name, { kind }, , rego]) {
  return `deny contains "${name}" if {\n  input.kind == "${kind}"\n  ${rego}\n}\n`;
}

function component(name, index) {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  title: Service ${index}
  description: One of many services, described as services are
  annotations:
    ${index % 53 === 0 ? 'example.com/other' : 'example.com/runbook'}: https://example.com/${name}
spec:
  type: service
  lifecycle: production
  owner: ${index % 59 === 0 ? 'user' : 'group'}:default/team-${index % 40}
  system: system-${index % 200}
`;
}

function deployment(name, index) {
  const probe = (path) => `
            httpGet: { path: /${path}, port: 8080 }
            periodSeconds: 10
            timeoutSeconds: 2
            failureThreshold: 3`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/instance: ${name}
    app.kubernetes.io/part-of: system-${index % 200}
    app.kubernetes.io/managed-by: idp
spec:
  replicas: ${index % 101 === 0 ? 1 : 3}
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/instance: ${name}
    spec:
      automountServiceAccountToken: false
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: main
          image: registry.example.com/${name}@sha256:${String(index).padStart(64, '0')}
          ports:
            - { name: http, containerPort: 8080 }
          env:
            - { name: LOG_LEVEL, value: info }
            - { name: PORT, value: "8080" }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            ${index % 97 === 0 ? 'limits: { cpu: "1" }' : 'limits: { memory: 256Mi }'}
          readinessProbe:${probe('ready')}
          livenessProbe:${probe('alive')}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities:
              drop: [ALL]
`;
}

function service(name, index) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/managed-by: idp
spec:
  type: ${index % 103 === 0 ? 'LoadBalancer' : 'ClusterIP'}
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - { name: http, port: 80, targetPort: http, protocol: TCP }
`;
}

function networkPolicy(name) {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/managed-by: idp
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector: {}
      ports:
        - { port: http, protocol: TCP }
`;
}
