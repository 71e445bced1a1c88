import type { CapabilitySkeleton, ObjectKind } from './capability-options.ts';
import { scalar } from './quoted.ts';

type Files = Readonly<Record<string, string>>;

/** A resource that works as it is: one object with one parameter, an output, and a policy over both. */
export function resourceFiles(skeleton: CapabilitySkeleton): Files {
  const { name, kind, environment } = skeleton;
  return {
    'capability.yaml': document(skeleton),
    [`templates/deploy/${kind.kind.toLowerCase()}.yaml`]: template(kind),
    [`policies/${name}-large.yaml`]: policy(skeleton),
    [`policies/fixtures/${name}-large/passes.yaml`]: policyExample(skeleton, environment, 'small'),
    [`policies/fixtures/${name}-large/passes-elsewhere.yaml`]: policyExample(skeleton, `after-${environment}`, 'large'),
    [`policies/fixtures/${name}-large/fails.yaml`]: policyExample(skeleton, environment, 'large'),
    'fixtures/small/score.yaml': score(name, '# What most consumers write: no parameter at all.'),
    'fixtures/refused/score.yaml': score(name, '# What the schema of the parameters keeps out.', 'huge'),
    'fixtures/refused/expected/findings.yaml': '',
  };
}

function document({ name, title, description, owner, kind, schemaLine }: CapabilitySkeleton): string {
  return `${schemaLine === '' ? '' : `${schemaLine}#\n`}# The contract with consumers: what they may say (parameters), what they get (outputs), what is rendered for them (objects).
# After a change: \`npx idp test ${name}\`.
apiVersion: idp.internal/v1alpha1
kind: Capability
metadata:
  name: ${name}
  title: ${scalar(title)}
  description: ${scalar(description)}
  tags: []
spec:
  owner: ${owner}
  # experimental, production or deprecated: how far consumers can rely on it.
  lifecycle: experimental
  provides: resource
  # A JSON Schema (2020-12). Who leaves a parameter out gets its default.
  parameters:
    type: object
    additionalProperties: false
    properties:
      size:
        enum: [small, large]
        default: small
        description: How much of it there is.
  # What a consumer may write as \${resources.<name>.<output>}. A secret has \`secret: { name, key }\` in the place of \`value\`.
  outputs:
    name:
      schema: { type: string }
      value: "{{instance.name}}"
  # What \`idp g add <service> ${name} --as=files\` writes into the containers: FILES_NAME.
  variables:
    NAME: name
  # \`retain\` wherever there is data.
  onDelete: retain
  # What the templates may render. Anything else is refused.
  objects:
    kinds: [${kind.apiVersion}/${kind.kind}]
`;
}

function template(kind: ObjectKind): string {
  return `# Rendered for each instance, environment and target. Without a namespace: the object goes to that of the service.
apiVersion: ${kind.apiVersion}
kind: ${kind.kind}
metadata:
  name: {{yaml instance.name}}
${contentField(kind)}:
  size: {{yaml params.size}}
`;
}

/** A ConfigMap holds \`data\`; what an operator reads is below \`spec\`. */
function contentField({ group, kind }: ObjectKind): 'data' | 'spec' {
  return group === '' && kind === 'ConfigMap' ? 'data' : 'spec';
}

function policy({ name, owner, kind, environment }: CapabilitySkeleton): string {
  return `# Judges those who use ${name}, and nobody else: \`npx idp check\`.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}-large
  annotations:
    idp.internal/title: Large ones of ${name} are not for ${environment}
    idp.internal/owner: ${owner}
    idp.internal/rationale: What runs in ${environment} is for trying things out, and costs money every day.
    idp.internal/mend: "Leave \`size\` out there: \`environments/${environment}.yaml\` of the service may say another one."
spec:
  failurePolicy: Fail
  matchConstraints:
    objectSelector:
      matchLabels:
        app.kubernetes.io/name: ${name}
    resourceRules:
      - apiGroups: [${kind.group === '' ? '""' : kind.group}]
        apiVersions: [${kind.apiVersion.split('/').at(-1)}]
        operations: [CREATE, UPDATE]
        resources: ["*"]
  validations:
    - expression: object.?${contentField(kind)}.?size.orValue('') != 'large'
      message: what is large is not for ${environment}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: ${name}-large-in-${environment}
spec:
  policyName: ${name}-large
  validationActions: [Deny]
  matchResources:
    namespaceSelector:
      matchLabels:
        idp.internal/environment: ${environment}
`;
}

/** An object of a size, and the Namespace that says which environment it is in. */
function policyExample({ name, kind }: CapabilitySkeleton, environment: string, size: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: orders
  labels:
    idp.internal/environment: ${environment}
---
apiVersion: ${kind.apiVersion}
kind: ${kind.kind}
metadata:
  name: orders-files
  namespace: orders
  labels:
    app.kubernetes.io/name: ${name}
${contentField(kind)}:
  size: ${size}
`;
}

function score(name: string, why: string, size?: string): string {
  const params = size === undefined ? '' : `    params:\n      size: ${size}\n`;
  return `${why}
apiVersion: score.dev/v1b1
metadata:
  name: orders
containers:
  main:
    image: registry.example.com/orders:1.0.0
resources:
  files:
    type: ${name}
${params}`;
}
