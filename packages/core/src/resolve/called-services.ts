import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { Workload } from '../workload/workload.ts';
import type { DeclaredResource } from './declared-resources.ts';
import type { Resolution, ServiceInterface } from './resolution.ts';
import { serviceInterface } from './service-interface.ts';

/** The services that a workload names by resources of the type `service`; one that is not there is `resolve/unknown-service`. */
export function calledServices(
  resources: readonly DeclaredResource[],
  workload: Workload,
  platform: Platform,
): { readonly value: Resolution['services']; readonly findings: readonly Finding[] } {
  const services = new Map<string, ServiceInterface>();
  const findings: Finding[] = [];
  for (const { name, id, score } of resources) {
    const called = id ?? name;
    const other = platform.workloads.get(called);
    if (other !== undefined) services.set(called, serviceInterface(other.workload));
    else if (platform.unreadableServices.has(called)) {
      findings.push({
        code: 'resolve/unknown-service',
        severity: 'error',
        message: `the service ${quote(called)} cannot be read`,
        hint: `mend services/${called} first`,
        ...placeIn(score, ['resources', name, id === undefined ? 'type' : 'id']),
      });
    } else {
      const hint = didYouMean(
        called,
        [...platform.workloads.keys()].filter((candidate) => candidate !== workload.service),
      );
      findings.push({
        code: 'resolve/unknown-service',
        severity: 'error',
        message: `there is no service ${quote(called)}`,
        hint: hint ?? 'name another one by `id`, or leave the resource out',
        ...placeIn(score, id === undefined ? ['resources', name, 'type'] : ['resources', name, 'id']),
      });
    }
  }
  return { value: services, findings };
}
