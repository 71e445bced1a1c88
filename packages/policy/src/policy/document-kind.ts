import { isObject, stringAt } from '../json.ts';
import { kyvernoKind } from '../kyverno/read-kyverno.ts';
import { nearest } from '../nearest.ts';
import type { ProblemLog } from './problem.ts';

const GROUP = 'admissionregistration.k8s.io';
const API_VERSION = `${GROUP}/v1`;
const POLICY = 'ValidatingAdmissionPolicy';
export const BINDING = 'ValidatingAdmissionPolicyBinding';
/** Of the same shape; served until Kubernetes 1.34. */
const OLD_VERSIONS: readonly string[] = [`${GROUP}/v1beta1`, `${GROUP}/v1alpha1`];

export type DocumentKind = 'policy' | 'binding' | 'kyverno' | 'definition' | 'other';

/** What a document is by its `apiVersion` and `kind`; `other` may still be an object that a policy takes as `params`. */
export function documentKind(document: unknown, log: ProblemLog): DocumentKind {
  const apiVersion = stringAt(document, 'apiVersion') ?? '';
  const kind = stringAt(document, 'kind') ?? '';
  if (apiVersion === 'apiextensions.k8s.io/v1' && kind === 'CustomResourceDefinition') return 'definition';
  if (kyvernoKind(document)) return 'kyverno';
  if (kind !== POLICY && kind !== BINDING) return 'other';
  if (OLD_VERSIONS.includes(apiVersion)) {
    const message = `${apiVersion} is gone since Kubernetes 1.34; it is read as ${API_VERSION}`;
    log.add(['apiVersion'], 'policy/old-version', message, { hint: `write ${API_VERSION}` });
  } else if (apiVersion !== API_VERSION) {
    const message = `${kind} belongs to ${API_VERSION}, not to ${JSON.stringify(apiVersion)}`;
    const best = nearest(apiVersion, [API_VERSION]);
    log.add(['apiVersion'], 'policy/invalid', message, { hint: best && `did you mean "${best}"?` });
    return 'other';
  }
  return kind === POLICY ? 'policy' : 'binding';
}

/** Reports a document that is neither a policy, nor a binding, nor the params of a policy. */
export function reportUnknownDocument(document: unknown, log: ProblemLog): void {
  if (log.hasErrors) return;
  if (!isObject(document)) {
    log.add([], 'policy/invalid', 'a policy must be an object');
    return;
  }
  const apiVersion = stringAt(document, 'apiVersion') ?? '';
  const kind = stringAt(document, 'kind') ?? '';
  if (/^(policies\.)?kyverno\.io\/|^admissionregistration\.k8s\.io\//.test(apiVersion)) {
    log.add(['kind'], 'policy/not-supported-yet', `${apiVersion} ${kind} is not supported yet`);
    return;
  }
  const best = nearest(kind, [POLICY, BINDING]);
  const expected = `expected ${POLICY}, ${BINDING}, or the paramKind of a policy`;
  const hint = best === undefined ? expected : `did you mean "${best}"?`;
  const message = `${JSON.stringify(kind)} is neither a kind of policy nor one that a policy takes as params`;
  log.add(['kind'], 'policy/invalid', message, { hint });
}
