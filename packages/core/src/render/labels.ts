import { nameOf, parseReference } from '../catalog/entity-reference.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { Labels } from './kubernetes.ts';

/** What Services and Deployments select by: never changes for a service, because selectors are immutable. */
export function selectorLabels(resolution: Resolution): Labels {
  return { 'app.kubernetes.io/name': resolution.service, 'app.kubernetes.io/instance': resolution.service };
}

/** The recommended labels of Kubernetes, and the team: what dashboards and `kubectl -l` go by. */
export function standardLabels(resolution: Resolution): Labels {
  const known = standard.get(resolution) ?? labelsOf(resolution);
  standard.set(resolution, known);
  return known;
}

/** Every object of a service asks. */
const standard = new WeakMap<Resolution, Labels>();

function labelsOf(resolution: Resolution): Labels {
  const { system, owner } = resolution.facts;
  const part = system === undefined ? undefined : parseReference(system, { kind: 'system' });
  const team = parseReference(owner, { kind: 'group' });
  return {
    ...selectorLabels(resolution),
    'app.kubernetes.io/managed-by': 'idp',
    [serviceLabel]: resolution.service,
    ...(part !== undefined && { 'app.kubernetes.io/part-of': nameOf(part) }),
    ...(team !== undefined && { [ownerLabel]: nameOf(team) }),
  };
}

/**
 * The labels of an object that an instance of a capability made. A resource's objects are not the service itself: an
 * operator hands labels on to its pods, and a database under the service's name would stand behind its Service.
 */
export function instanceLabels(resolution: Resolution, { capability, instance }: Use): Labels {
  return {
    ...standardLabels(resolution),
    ...(capability.document.spec.provides === 'resource' && {
      'app.kubernetes.io/name': capability.name,
      'app.kubernetes.io/instance': instance.name,
    }),
    [instanceLabel]: instance.id,
  };
}

/** On every object of an instance of a capability, beside the standard ones. */
export const instanceLabel = 'idp.internal/instance';
/** On all that belongs to a service, whatever it is called: `kubectl get all -l idp.internal/service=checkout`. */
export const serviceLabel = 'idp.internal/service';
/** On the Namespace: how the bindings of policies speak of one environment. */
export const environmentLabel = 'idp.internal/environment';
/** The team's, on all that belongs to a service. */
const ownerLabel = 'idp.internal/owner';
/** Of the labels of ours those that a Namespace has. */
export const namespaceLabels: readonly string[] = [environmentLabel, serviceLabel, ownerLabel];
