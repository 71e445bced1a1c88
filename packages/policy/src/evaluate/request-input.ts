import { type CelInput, celValue } from '../cel/cel-input.ts';
import type { Json } from '../json.ts';
import type { Target } from '../match/target.ts';

/** Fields of an AdmissionRequest that only a cluster can fill. */
const CLUSTER_ONLY = new Set(['userInfo', 'uid', 'dryRun', 'options']);

/** `request`: what it would say if the object were sent to a cluster. */
export function requestInput(target: Target): CelInput {
  const { group, version, kind, resource } = target;
  const ofKind = { group, version, kind };
  const ofResource = { group, version, resource };
  const known = new Map<string, Json>([
    ['kind', ofKind],
    ['requestKind', ofKind],
    ['resource', ofResource],
    ['requestResource', ofResource],
    ['operation', target.operation],
  ]);
  // As the request is JSON in the API server, empty texts are absent, and a subresource always is here.
  if (target.name !== '') known.set('name', target.name);
  if (target.namespace !== '') known.set('namespace', target.namespace);
  return {
    kind: 'record',
    field(name) {
      const value = known.get(name);
      if (value !== undefined) return celValue(value);
      if (CLUSTER_ONLY.has(name)) return { kind: 'unknown', reason: `request.${name} is known to the cluster only` };
      return undefined;
    },
  };
}
