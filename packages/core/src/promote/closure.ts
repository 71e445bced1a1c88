import { satisfies } from 'semver';
import type { Environment } from '../environment/environment.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { SharedReading } from '../render/shared-readings.ts';
import type { ReleaseRecord } from '../schema/record.schema.ts';

/** A service that would be promoted, with what it reads of others. */
export interface Candidate {
  readonly service: string;
  readonly reads: readonly SharedReading[];
  /** What the branch would say of it. */
  readonly record: ReleaseRecord;
}

/**
 * The candidates whose shared instances run on the branch as they were read, or come with this promotion: A without
 * the B that it needs is refused, with the list (design, section 8, "Partial promotion").
 *
 * @param recorded what the branch says of a service
 */
export function closedCandidates<T extends Candidate>(
  candidates: readonly T[],
  recorded: (service: string) => ReleaseRecord | undefined,
  environment: Environment,
): { readonly kept: readonly T[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  let kept = candidates;
  // One that stays behind may hold back others: until nothing changes.
  for (;;) {
    const coming = new Map(kept.map(({ service, record }) => [service, record]));
    const after = (service: string) => coming.get(service) ?? recorded(service);
    const open = kept.flatMap((candidate) => {
      const missing = candidate.reads.filter((reading) => !runs(reading, after(reading.shared.owner.service)));
      return missing.length === 0 ? [] : [{ candidate, missing }];
    });
    if (open.length === 0) return { kept, findings };
    findings.push(...open.map(({ candidate, missing }) => refusal(candidate.service, missing, environment)));
    const refused = new Set<Candidate>(open.map(({ candidate }) => candidate));
    kept = kept.filter((candidate) => !refused.has(candidate));
  }
}

/** Whether an environment runs what was read: this instance, saying this, in a version that the reader takes. */
function runs({ shared, digest }: SharedReading, owner: ReleaseRecord | undefined): boolean {
  if (owner === undefined) return false;
  const { resource } = shared.owner;
  const said = Object.hasOwn(owner.shared ?? {}, resource) ? owner.shared?.[resource] : undefined;
  const instance = Object.hasOwn(owner.instances, resource) ? owner.instances[resource] : undefined;
  const version = owner.capabilities[shared.capability.name] ?? '';
  return (
    instance?.id === shared.instance.id && said === digest && shared.ranges.every((range) => satisfies(version, range))
  );
}

function refusal(service: string, missing: readonly SharedReading[], { name, branch }: Environment): Finding {
  const needed = missing.map(
    ({ shared }) => `the ${shared.capability.name} ${quote(shared.id)} of ${shared.owner.service}`,
  );
  const owners = [...new Set(missing.map(({ shared }) => shared.owner.service))].sort();
  return {
    code: 'promote/closure',
    severity: 'error',
    message: `${service} is not promoted: ${branch} does not run ${needed.join(', ')} as it is read`,
    hint: `promote it together with ${owners.join(', ')}: \`npx idp promote --to=${name} ${[service, ...owners].map((each) => `--service=${each}`).join(' ')}\``,
    subject: `service:${service}`,
  };
}
