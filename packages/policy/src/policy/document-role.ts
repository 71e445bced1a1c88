import { stringAt } from '../json.ts';
import { kyvernoKind } from '../kyverno/read-kyverno.ts';

/**
 * What a document is to a policy engine. `policy`: `readPolicies` reads it, or says why it cannot. `not-evaluated`: a
 * policy of a kind that is judged by others. `definition`: of a custom resource, which tells `readPolicies` its scope.
 * `other`: no policy, but perhaps the params of one.
 */
export type DocumentRole = 'policy' | 'not-evaluated' | 'definition' | 'other';

const ADMISSION = 'admissionregistration.k8s.io';
const EVALUATED = new Set([`${ADMISSION} ValidatingAdmissionPolicy`, `${ADMISSION} ValidatingAdmissionPolicyBinding`]);

/** Groups in which everything is a policy, or configures one. */
const POLICY_GROUPS =
  /^(?:(?:(?:policies|json)\.)?kyverno\.io|(?:templates|constraints|mutations)\.gatekeeper\.sh|policies\.kubewarden\.io)$/;
const REPORTS = /(?:Report|Request)$/;

/** The role of a parsed document; by its group and kind, whatever the version. */
export function documentRole(document: unknown): DocumentRole {
  const apiVersion = stringAt(document, 'apiVersion') ?? '';
  const kind = stringAt(document, 'kind') ?? '';
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (EVALUATED.has(`${group} ${kind}`) || kyvernoKind(document) !== undefined) return 'policy';
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') return 'definition';
  if (group === ADMISSION) return 'not-evaluated';
  return POLICY_GROUPS.test(group) && !REPORTS.test(kind) ? 'not-evaluated' : 'other';
}
