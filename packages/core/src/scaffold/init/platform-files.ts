import { jsonSchemas } from '../../schema/json-schemas.ts';
import type { FileChange } from '../file-change.ts';
import { schemaLine } from '../schema-line.ts';

const environments = [
  { name: 'dev', title: 'Development', after: undefined },
  { name: 'staging', title: 'Staging', after: 'dev' },
  { name: 'prod', title: 'Production', after: 'staging' },
] as const;

/** What every platform begins with: settings, a team, three environments, one policy with its examples, the schemas for editors. Its people own them from then on. */
export function platformFiles(name: string, owner: string): readonly FileChange[] {
  return [
    { path: 'idp.yaml', content: settings(name) },
    { path: 'catalog/teams.yaml', content: team(owner) },
    ...environments.map((environment) => ({
      path: `environments/${environment.name}.yaml`,
      content: environmentText(environment),
    })),
    { path: 'policies/images/no-latest-tag.yaml', content: policy(owner) },
    { path: 'policies/images/fixtures/no-latest-tag/passes.yaml', content: policyExample('example.com/shop:1.4.2') },
    { path: 'policies/images/fixtures/no-latest-tag/fails.yaml', content: policyExample('example.com/shop:latest') },
    ...[...jsonSchemas()].map(([path, content]) => ({ path, content })),
  ];
}

function settings(name: string): string {
  return `${schemaLine('platform', './')}#
# The settings of this platform. Everything has a default; this file says where you differ.
apiVersion: idp.internal/v1alpha1
kind: Platform
metadata:
  name: ${name}
spec:
  # What is promoted: the commits of this branch, at this remote.
  branch: main
  remote: origin
`;
}

function team(owner: string): string {
  return `# Who owns what. Add a Group for each of your teams (Backstage's descriptor format).
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: ${owner}
spec:
  type: team
  children: []
`;
}

function environmentText({ name, title, after }: (typeof environments)[number]): string {
  const order = after === undefined ? '  promotion: automatic\n' : `  after: [${after}]\n`;
  return `${schemaLine('environment', '../')}#
# Argo CD or Flux follow the branch env/${name}.
apiVersion: idp.internal/v1alpha1
kind: Environment
metadata:
  name: ${name}
  title: ${title}
spec:
${order}  # The clusters that it has: each gets manifests of its own.
  targets:
    - name: main
      cluster: ${name}
`;
}

function policy(owner: string): string {
  return `# A first guardrail, in the form that a cluster enforces too. It warns; \`validationActions: [Deny]\` refuses.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: no-latest-tag
  annotations:
    idp.internal/title: Images have a tag or a digest
    idp.internal/owner: group:default/${owner}
    idp.internal/rationale: What \`latest\` is changes without a pull request, so nobody knows what runs.
    idp.internal/mend: "Write the version, \`image: example.com/shop:1.4.2\`, or the digest."
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [deployments, statefulsets]
  validations:
    - expression: object.spec.template.spec.containers.all(c, c.image.matches('[:@][^/]+$') && !c.image.endsWith(':latest'))
      message: an image has no tag, or \`latest\`
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: no-latest-tag
spec:
  policyName: no-latest-tag
  validationActions: [Warn]
`;
}

/** What `idp test` judges, so that the policy is seen to pass and to fail. */
function policyExample(image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: main, image: ${image} }] }
`;
}
