import { isObject, property } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';

/** Whether a service names instances by an `id`: those may be another's. */
export function hasSharedInstances({ workloads }: Platform, service: string): boolean {
  const resources = property(workloads.get(service)?.workload.score.documents[0], 'resources');
  return isObject(resources) && Object.values(resources).some((one) => property(one, 'id') !== undefined);
}
