import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { lockFile } from '../layout/paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Instance, Lock } from '../schema/lock.schema.ts';
import type { Source } from '../source/source.ts';

/** One lock before and after a change. */
interface LockPair {
  readonly service: string;
  readonly before: Lock;
  readonly after: Lock;
  readonly source: Source;
}

/**
 * What a change does to identities, from the locks alone, so that it is known also of a service that cannot be
 * rendered: instances that go, named with what becomes of their data (design, section 5), and identities that change,
 * which is never right. Removing a resource and adding it again in one change is the latter: both end in another,
 * empty instance, and a lock does not say which was meant.
 *
 * @returns `plan/instance-removed` (warning) and `plan/identity-changed` (error); of a lock that is missing or
 *   cannot be read after the change nothing is known, and other findings say so
 */
export function instanceChanges(services: readonly string[], before: Platform, after: Platform): readonly Finding[] {
  const kept = instanceIds(after);
  return services.flatMap((service) => {
    const from = before.workloads.get(service)?.workload.lock?.document;
    if (from === undefined || after.unreadableServices.has(service)) return [];
    const workload = after.workloads.get(service)?.workload;
    const gone = (names: (path: string) => boolean, source: Source | undefined): readonly Finding[] =>
      Object.entries(from.instances)
        .filter(([path, { id }]) => names(path) && !kept.has(id))
        .map(([path, instance]) => removed(service, path, instance, source, before, after));
    if (workload === undefined) return gone(() => true, undefined);
    if (workload.lock === undefined) return [];
    const { document: to, source } = workload.lock;
    return [
      ...gone((path) => !Object.hasOwn(to.instances, path), source),
      ...changed({ service, before: from, after: to, source }),
    ];
  });
}

/** An instance may move to another path, or with its service: it is there as long as its id is. */
function instanceIds({ workloads }: Platform): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { workload } of workloads.values())
    for (const { id } of Object.values(workload.lock?.document.instances ?? {})) ids.add(id);
  return ids;
}

function removed(
  service: string,
  path: string,
  { capability, name }: Instance,
  source: Source | undefined,
  before: Platform,
  after: Platform,
): Finding {
  const known = before.capabilities.get(capability) ?? after.capabilities.get(capability);
  const onDelete = known?.document.spec.onDelete ?? 'retain';
  const data =
    known === undefined
      ? 'what becomes of its data is not known: the capability cannot be read'
      : onDelete === 'retain'
        ? 'its data stays: onDelete retain'
        : 'its data is given up: onDelete delete';
  return {
    code: 'plan/instance-removed',
    severity: 'warning',
    message: `${service} gives up ${quote(path)}, the ${capability} instance ${quote(name)}; ${data}`,
    hint: `adding it again makes another, empty instance; to keep it, restore the resource and its identity (\`git checkout <base> -- services/${service}\`)`,
    subject: `service:${service}`,
    ...(source === undefined ? { path: lockFile(service) } : source.locate(['instances'], 'key')),
  };
}

function changed({ service, before, after, source }: LockPair): readonly Finding[] {
  const finding = (pointer: readonly string[], what: string): Finding => ({
    code: 'plan/identity-changed',
    severity: 'error',
    message: `an identity never changes: ${what}`,
    hint: `restore it from the lock's history (\`git checkout <base> -- ${lockFile(service)}\`)`,
    subject: `service:${service}`,
    ...source.locate(pointer, 'key'),
  });
  const instances = Object.entries(before.instances).flatMap(([path, from]) => {
    const to = Object.hasOwn(after.instances, path) ? after.instances[path] : undefined;
    if (to === undefined || (to.id === from.id && to.name === from.name)) return [];
    return [finding(['instances', path], `${service} ${path} would become another, empty instance`)];
  });
  if (before.namespace === after.namespace) return instances;
  const what = `${service} would move from the namespace ${quote(before.namespace)} to ${quote(after.namespace)}, and leave its instances behind`;
  return [finding(['namespace'], what), ...instances];
}
