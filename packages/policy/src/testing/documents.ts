import type { JsonObject } from '../json.ts';
import type { PolicyDocument } from '../policy/read-policies.ts';

interface ObjectDocument extends PolicyDocument {
  readonly document: JsonObject;
}

/** A policy over everything in `apps/v1`, with a spec that a test completes. */
export function policy(spec: JsonObject, name = 'sample'): ObjectDocument {
  return {
    path: `policies/${name}.yaml`,
    document: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['*'] },
          ],
        },
        ...spec,
      },
    },
  };
}

export function binding(spec: JsonObject = {}, name = 'sample'): ObjectDocument {
  return {
    path: `policies/${name}.yaml`,
    document: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: 'sample', validationActions: ['Deny'], ...spec },
    },
  };
}
