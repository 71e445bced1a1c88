import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Platform } from '../platform/platform.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';

interface Claim {
  readonly service: string;
  /** The namespace in its lock. */
  readonly namespace: string;
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
  const twice = claimedTwice(platform);
  const claims = new Map<string, Claim[]>();
  const findings = new Map<string, Finding[]>();
  for (const [service, { workload }] of platform.workloads) {
    if (workload.lock === undefined) continue;
    const { namespace } = workload.lock.document;
    const named =
      namespace !== service && (platform.workloads.has(namespace) || platform.unreadableServices.has(namespace));
    if (named) findings.set(service, [namespaceOfAnother(service, namespace, workload.lock.source)]);
    if (twice.size === 0) continue;
    for (const claim of claimsOf(service, workload.lock.document, workload.lock.source)) {
      if (!twice.has(claim.value)) continue;
      const key = `${claim.what} ${claim.value}`;
      const same = claims.get(key);
      if (same === undefined) claims.set(key, [claim]);
      else same.push(claim);
    }
  }
  for (const same of claims.values()) {
    if (same.length === 1) continue;
    for (const claim of same) {
      const other = same.find(({ pointer, service }) => service !== claim.service || pointer !== claim.pointer);
      if (other === undefined) continue;
      findings.set(claim.service, [...(findings.get(claim.service) ?? []), shared(claim, other)]);
    }
  }
  return findings;
}

/** Values that stand in locks more than once, as whatever it is: mostly none, and then no claim has to be made. */
function claimedTwice({ workloads }: Platform): ReadonlySet<string> {
  const once = { namespaces: new Set<string>(), ids: new Set<string>(), names: new Set<string>() };
  const twice = new Set<string>();
  const claim = (known: Set<string>, value: string): void => {
    if (known.has(value)) twice.add(value);
    else known.add(value);
  };
  for (const { workload } of workloads.values()) {
    if (workload.lock === undefined) continue;
    const { namespace, instances, workload: own } = workload.lock.document;
    claim(once.namespaces, namespace);
    for (const path in instances) claimInstance(instances[path]);
    claimInstance(own);
  }
  return twice;

  function claimInstance(instance: Lock['workload']): void {
    if (instance === undefined) return;
    claim(once.ids, instance.id);
    claim(once.names, instance.name);
  }
}

/** Also when the lock of that service cannot be read, or it has none yet: its name is its own. */
function namespaceOfAnother(service: string, namespace: string, source: Source): Finding {
  return {
    code: 'resolve/duplicate-identity',
    severity: 'error',
    message: `the namespace ${quote(namespace)} is the name of another service`,
    hint: `a service that was copied: delete services/${service}/.idp/lock.yaml and run \`npx idp lock ${service}\``,
    subject: `service:${service}`,
    ...source.locate(['namespace']),
  };
}

function shared(claim: Claim, other: Claim): Finding {
  const { service, what, value, pointer, source } = claim;
  const { line } = other.source.locate(other.pointer);
  return {
    code: 'resolve/duplicate-identity',
    severity: 'error',
    message: `the ${what} ${quote(value)} belongs to ${other.service} too`,
    hint: hintFor(claim, other, line),
    subject: `service:${service}`,
    ...source.locate(pointer),
  };
}

/** Who has the namespace of its own name is the original: its lock is never to be deleted. */
function hintFor({ service, namespace }: Claim, other: Claim, line: number): string {
  const at = `${other.source.path}:${line}`;
  if (namespace === service)
    return `${at} is a copy of it: delete that lock and run \`npx idp lock ${other.service}\`; keep this one`;
  if (other.namespace === other.service)
    return `it was copied from ${at}: delete this lock and run \`npx idp lock ${service}\``;
  return `the other one is ${at}; only in the service that is the copy, delete .idp/lock.yaml and run \`npx idp lock\``;
}

function claimsOf(service: string, lock: Lock, source: Source): readonly Claim[] {
  const instances = [
    ...Object.entries(lock.instances).map(([path, instance]) => [['instances', path], instance] as const),
    ...(lock.workload === undefined ? [] : [[['workload'], lock.workload] as const]),
  ];
  return [
    { service, namespace: lock.namespace, what: 'namespace', value: lock.namespace, pointer: ['namespace'], source },
    ...instances.flatMap(([pointer, { id, name }]): readonly Claim[] => [
      { service, namespace: lock.namespace, what: 'id', value: id, pointer: [...pointer, 'id'], source },
      { service, namespace: lock.namespace, what: 'instance name', value: name, pointer: [...pointer, 'name'], source },
    ]),
  ];
}
