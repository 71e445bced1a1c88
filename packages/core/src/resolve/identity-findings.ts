import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Platform } from '../platform/platform.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';

interface Claim {
  readonly service: string;
  readonly what: 'namespace' | 'id' | 'instance name';
  readonly value: string;
  readonly pointer: Pointer;
  readonly source: Source;
}

/**
 * What two services must not share: namespaces, ids and names of instances, as after copying a folder with its
 * lock. Both are told: which of them is the original only people know.
 *
 * @returns findings by service
 */
export function identityFindings(platform: Platform): ReadonlyMap<string, readonly Finding[]> {
  const claims = new Map<string, Claim[]>();
  for (const [service, { workload }] of platform.workloads) {
    if (workload.lock === undefined) continue;
    for (const claim of claimsOf(service, workload.lock.document, workload.lock.source)) {
      const key = `${claim.what} ${claim.value}`;
      const same = claims.get(key);
      if (same === undefined) claims.set(key, [claim]);
      else same.push(claim);
    }
  }
  const findings = new Map<string, Finding[]>();
  for (const same of claims.values()) {
    for (const claim of same) {
      const other = same.find(({ pointer, service }) => service !== claim.service || pointer !== claim.pointer);
      if (other === undefined) continue;
      findings.set(claim.service, [...(findings.get(claim.service) ?? []), shared(claim, other)]);
    }
  }
  return findings;
}

function shared({ service, what, value, pointer, source }: Claim, other: Claim): Finding {
  const { line } = other.source.locate(other.pointer);
  return {
    code: 'resolve/duplicate-identity',
    severity: 'error',
    message: `the ${what} ${quote(value)} belongs to ${other.service} too`,
    hint: `the other one is ${other.source.path}:${line}; in the service that is the copy, delete .idp/lock.yaml and run \`npx idp lock\``,
    subject: `service:${service}`,
    ...source.locate(pointer),
  };
}

function claimsOf(service: string, lock: Lock, source: Source): readonly Claim[] {
  const instances = [
    ...Object.entries(lock.instances).map(([path, instance]) => [['instances', path], instance] as const),
    ...(lock.workload === undefined ? [] : [[['workload'], lock.workload] as const]),
  ];
  return [
    { service, what: 'namespace', value: lock.namespace, pointer: ['namespace'], source },
    ...instances.flatMap(([pointer, { id, name }]): readonly Claim[] => [
      { service, what: 'id', value: id, pointer: [...pointer, 'id'], source },
      { service, what: 'instance name', value: name, pointer: [...pointer, 'name'], source },
    ]),
  ];
}
