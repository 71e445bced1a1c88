/** What a policy of a test is about; what is left out means every version, and every operation. */
export interface ExamplePolicy {
  readonly name: string;
  readonly group: string;
  readonly resource: string;
  readonly version?: string;
  readonly operation?: string;
  readonly expression: string;
  readonly action?: 'Deny' | 'Warn';
}

/** A policy of one expression with the binding that puts it in force, as the text of a file. */
export function examplePolicy(policy: ExamplePolicy): string {
  const { name, group, resource, version = '*', operation = '*', expression, action = 'Deny' } = policy;
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: ${name} }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: ["${group}"], apiVersions: ["${version}"], operations: ["${operation}"], resources: [${resource}] }]
  validations:
    - message: no
      expression: >-
        ${expression}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name}, validationActions: [${action}] }
`;
}
