import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import type { Workload } from '../workload/workload.ts';
import type { Needs } from './capability-uses.ts';
import { resourceOfPath } from './requirement-path.ts';
import type { Resolution, SharedUse } from './resolution.ts';

/** The instances of others, with the identities that are in the locks of their owners. */
export function sharedUses(
  needs: Needs,
  { service, score }: Workload,
): Outcome<Resolution['shared']> & {
  readonly value: Resolution['shared'];
} {
  const uses = new Map<string, SharedUse>();
  const findings: Finding[] = [];
  for (const { path, capability, owner, ranges } of needs.shared) {
    const { workload, resource, id } = owner;
    const lock = workload.lock?.document;
    const instance = lock && Object.hasOwn(lock.instances, resource) ? lock.instances[resource] : undefined;
    if (lock !== undefined && instance?.capability === capability.name) {
      const { namespace } = lock;
      uses.set(path, {
        path,
        capability,
        instance,
        id,
        ranges,
        owner: { service: workload.service, namespace, resource },
      });
      continue;
    }
    const name = resourceOfPath(path);
    findings.push({
      code: 'resolve/shared-instance',
      severity: 'error',
      message: `the shared ${capability.name} ${quote(id)} has no identity yet in ${workload.service}, which owns it`,
      hint: `\`npx idp lock ${workload.service}\` first`,
      subject: `service:${service}`,
      ...score.locate(name === undefined ? ['metadata', 'name'] : ['resources', name]),
    });
  }
  return { value: uses, findings };
}
