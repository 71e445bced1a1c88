import type { CapabilitySkeleton } from './capability-options.ts';
import { scalar } from './quoted.ts';

type Files = Readonly<Record<string, string>>;

/** A way to run a workload that works as it is: replicas by a patch, a policy over them, and files for a new service. */
export function workloadFiles(skeleton: CapabilitySkeleton): Files {
  const { name } = skeleton;
  return {
    'capability.yaml': document(skeleton),
    'patches/replicas.yaml': patch,
    [`policies/${name}-replicas.yaml`]: policy(skeleton),
    [`policies/fixtures/${name}-replicas/passes.yaml`]: policyExample(10),
    [`policies/fixtures/${name}-replicas/fails.yaml`]: policyExample(11),
    'templates/scaffold/catalog-info.yaml': scaffoldedEntity,
    'templates/scaffold/score.yaml': scaffoldedScore(name),
    'templates/scaffold/README.md': scaffoldedReadme,
    'fixtures/three/score.yaml': score(name, '# Three copies of a service with all that the guardrails ask for.', '3'),
    'fixtures/refused/score.yaml': score(name, '# What the schema of the parameters keeps out.', 'many'),
    'fixtures/refused/expected/findings.yaml': '',
  };
}

function document({ name, title, description, owner, schemaLine }: CapabilitySkeleton): string {
  return `${schemaLine === '' ? '' : `${schemaLine}#\n`}# A way to run a service: \`metadata.workload.type: ${name}\` of a Score file names it. The Deployment comes from the Score file; the
# patches below patches/ change it, templates below templates/deploy/ add to it. After a change: \`npx idp test ${name}\`.
apiVersion: idp.internal/v1alpha1
kind: Capability
metadata:
  name: ${name}
  title: ${scalar(title)}
  description: ${scalar(description)}
  tags: [workload]
spec:
  owner: ${owner}
  # experimental, production or deprecated: how far consumers can rely on it.
  lifecycle: experimental
  provides: workload
  # A JSON Schema (2020-12): what a Score file may say in metadata.workload.params.
  parameters:
    type: object
    additionalProperties: false
    properties:
      replicas:
        type: integer
        minimum: 1
        maximum: 50
        default: 2
        description: How many copies run. With two, one is left while a node is renewed.
  onDelete: delete
  objects:
    kinds: []
  scaffold:
    # The files of templates/scaffold that the platform keeps up to date in every service. All others are seeded: written once.
    managed: []
`;
}

const patch = `# A strategic merge; a target that is not there is an error.
target:
  group: apps
  kind: Deployment
  name: {{yaml service.name}}
patch:
  spec:
    replicas: {{yaml params.replicas}}
`;

function policy({ name, owner }: CapabilitySkeleton): string {
  return `# Judges those who use ${name}, and nobody else: \`npx idp check\`.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}-replicas
  annotations:
    idp.internal/title: At most ten copies without asking
    idp.internal/owner: ${owner}
    idp.internal/rationale: More of them take room that others need; somebody has to look at that first.
    idp.internal/mend: "Write ten or less, or ask the owners of ${name}."
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [deployments]
  validations:
    - expression: object.spec.replicas <= 10
      message: more than ten copies are more than we promise
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: ${name}-replicas
spec:
  policyName: ${name}-replicas
  validationActions: [Deny]
`;
}

function policyExample(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: orders
spec:
  replicas: ${replicas}
`;
}

const container = `containers:
  main:
    image: registry.example.com/orders:1.0.0
    resources:
      requests:
        cpu: 50m
        memory: 64Mi
      limits:
        memory: 128Mi
    livenessProbe:
      httpGet:
        path: /healthz
        port: 8080
    readinessProbe:
      httpGet:
        path: /readyz
        port: 8080
service:
  ports:
    http:
      port: 80
      targetPort: 8080
`;

function score(name: string, why: string, replicas: string): string {
  return `${why}
apiVersion: score.dev/v1b1
metadata:
  name: orders
  workload:
    type: ${name}
    params:
      replicas: ${replicas}
${container}`;
}

const scaffoldedEntity = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: {{yaml service.name}}
  title: {{yaml service.title}}
{{#if service.description}}
  description: {{yaml service.description}}
{{/if}}
  annotations:
    # What whoever is called at night looks at first.
    idp.internal/runbook: README.md
spec:
  type: service
  lifecycle: {{yaml service.lifecycle}}
  owner: {{yaml service.owner}}
{{#if service.system}}
  system: {{yaml service.system}}
{{/if}}
`;

function scaffoldedScore(name: string): string {
  return `apiVersion: score.dev/v1b1
metadata:
  name: {{yaml service.name}}
  workload:
    type: ${name}
${container.replace('image: registry.example.com/orders:1.0.0', 'image: .')}`;
}

const scaffoldedReadme = `# {{service.title}}

What it needs to run is in \`score.yaml\`, what it is in \`catalog-info.yaml\`.

## When it fails

Who depends on it, how one sees that it fails, and what to do first.
`;
