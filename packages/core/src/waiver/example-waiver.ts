import type { ExampleFiles } from '../finding/rule.ts';

/** A policy, and a waiver of it for the example service, with fields of the waiver as an example needs them. */
export function exampleWaiver(
  added: {
    readonly metadata?: string;
    readonly policy?: string;
    readonly subject?: string;
    readonly reason?: string;
    readonly owner?: string;
    readonly issued?: string;
    readonly expires?: string;
    /** At the end of `spec`. */
    readonly spec?: string;
    /** Annotations of the policy. */
    readonly annotations?: string;
    readonly file?: string;
  } = {},
): ExampleFiles {
  const name = added.file ?? 'checkout-tags';
  const lines = [
    'apiVersion: idp.internal/v1alpha1',
    'kind: Waiver',
    `metadata: { ${added.metadata ?? `name: ${name}`} }`,
    'spec:',
    `  policy: ${added.policy ?? 'image-tags'}`,
    `  subject: { ${added.subject ?? 'entity: "component:checkout"'} }`,
    `  reason: ${added.reason ?? 'The base image is tagged by hand until the build moves in January.'}`,
    `  owner: ${added.owner ?? 'team-payments'}`,
    '  approver: team-payments',
    `  issued: ${added.issued ?? '2026-11-21'}`,
    `  expires: ${added.expires ?? '2027-01-31'}`,
    ...(added.spec === undefined ? [] : [`  ${added.spec}`]),
  ];
  return {
    'policies/image-tags.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: image-tags
  annotations: { ${added.annotations ?? 'idp.internal/title: Images have tags'} }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  validations: [{ expression: "object.spec.template.spec.containers.all(c, !c.image.endsWith(':latest'))" }]
`,
    [`policies/waivers/${name}.yaml`]: `${lines.join('\n')}\n`,
  };
}
