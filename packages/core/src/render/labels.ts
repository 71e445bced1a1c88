import { nameOf, parseReference } from '../catalog/entity-reference.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Labels } from './kubernetes.ts';

/** What Services and Deployments select by: never changes for a service, because selectors are immutable. */
export function selectorLabels(resolution: Resolution): Labels {
  return { 'app.kubernetes.io/name': resolution.service, 'app.kubernetes.io/instance': resolution.service };
}

/** The recommended labels of Kubernetes, and the team: what dashboards and `kubectl -l` go by. */
export function standardLabels(resolution: Resolution): Labels {
  const { system, owner } = resolution.facts;
  const part = system === undefined ? undefined : parseReference(system, { kind: 'system' });
  const team = parseReference(owner, { kind: 'group' });
  return {
    ...selectorLabels(resolution),
    'app.kubernetes.io/managed-by': 'idp',
    ...(part !== undefined && { 'app.kubernetes.io/part-of': nameOf(part) }),
    ...(team !== undefined && { 'idp.internal/owner': nameOf(team) }),
  };
}

/** On every object of an instance of a capability, beside the standard ones. */
export const instanceLabel = 'idp.internal/instance';
/** On the Namespace: how the bindings of policies speak of one environment. */
export const environmentLabel = 'idp.internal/environment';
