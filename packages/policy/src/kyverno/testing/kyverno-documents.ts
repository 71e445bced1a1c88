import type { JsonObject } from '../../json.ts';
import type { PolicyDocument } from '../../policy/read-policies.ts';

/** A ValidatingPolicy over pods, with a spec that a test completes. */
export function kyvernoPolicy(
  spec: JsonObject,
  more: { readonly name?: string; readonly kind?: string; readonly metadata?: JsonObject } = {},
): PolicyDocument {
  const { name = 'sample', kind = 'ValidatingPolicy', metadata = {} } = more;
  const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] };
  return {
    path: `policies/${name}.yaml`,
    document: {
      apiVersion: 'policies.kyverno.io/v1',
      kind,
      metadata: { name, ...metadata },
      spec: { matchConstraints: { resourceRules: [pods] }, ...spec },
    },
  };
}

/** A PolicyException for the sample policy. */
export function exception(spec: JsonObject, name = 'let-it-be'): PolicyDocument {
  return {
    path: `policies/${name}.yaml`,
    document: {
      apiVersion: 'policies.kyverno.io/v1beta1',
      kind: 'PolicyException',
      metadata: { name },
      spec: { policyRefs: [{ name: 'sample', kind: 'ValidatingPolicy' }], ...spec },
    },
  };
}
