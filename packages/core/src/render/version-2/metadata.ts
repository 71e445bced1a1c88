import type { Resolution } from '../../resolve/resolution.ts';
import type { ObjectMeta } from '../kubernetes.ts';
import { standardLabels } from '../labels.ts';

/** The metadata of an object of the workload. @param suffix makes a second object of a kind: `checkout-headless` */
export function workloadMetadata(resolution: Resolution, suffix = ''): ObjectMeta {
  return {
    name: `${resolution.service}${suffix}`,
    namespace: resolution.namespace,
    labels: standardLabels(resolution),
  };
}
