import { catalogOf } from '../catalog/catalog.ts';
import { checkEntities } from '../catalog/check-catalog.ts';
import { derivedCatalog } from '../catalog/derived-entity.ts';
import type { Entity } from '../catalog/entity.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Finding } from '../finding/finding.ts';
import { lockFile } from '../layout/paths.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Store } from '../store/store.ts';
import { loadWorkloads, readLock } from '../workload/load-workloads.ts';
import { ignoredBy } from './ignored-by.ts';
import { keptFiles } from './load-platform.ts';
import type { Platform } from './platform.ts';

/** A platform in which one service was read anew. */
export interface WithService {
  readonly platform: Platform;
  /** What is wrong in its folder, but for managed files that were changed; `platform.findings` are the base's. */
  readonly findings: readonly Finding[];
}

/**
 * A platform with one service more, read by itself: what a change of one folder leads to, without reading anything
 * else again. It says of the folder what `loadPlatform` says (a law that is tested).
 *
 * @param base a platform that has nothing of the service's folder
 * @param files the folder; other files are left out
 */
export function withService(base: Platform, files: Snapshot, service: string, store?: Store): WithService {
  const entries = files.list().filter(({ path }) => path.startsWith(`services/${service}/`));
  if (entries.length === 0) return { platform: base, findings: [] };
  const whole = snapshotOf(entries, ({ path }) => files.read(path));
  const folder = keptFiles(whole, base.settings.ignore);
  const written = readCatalog({ snapshot: whole, ignored: ignoredBy(base.settings.ignore), store });
  const all = [...base.catalog.entities, ...written.entities];
  const loaded = loadWorkloads(folder, whole, catalogOf(all), [...base.environments.keys()], store);
  const workloads = new Map([...base.workloads, ...loaded.value.map((one) => [one.workload.service, one] as const)]);
  const catalog = catalogWith(all, workloads, base.capabilities);
  const isUnreadable = loaded.value.length === 0 && folder.entry(`services/${service}/score.yaml`) !== undefined;
  return {
    platform: {
      ...base,
      catalog,
      workloads,
      unreadableServices: new Set([...base.unreadableServices, ...(isUnreadable ? [service] : [])]),
    },
    findings: [...written.findings, ...checkEntities(written.entities, catalog), ...loaded.findings],
  };
}

/** The same after its lock was written, when it had none: nothing else of the folder is read again. */
export function withLock({ platform, findings }: WithService, files: Snapshot, service: string): WithService {
  const entry = files.entry(lockFile(service));
  const loaded = platform.workloads.get(service);
  if (entry === undefined || loaded === undefined) return { platform, findings };
  const lock = readLock(files, entry);
  const all = [...loaded.findings, ...lock.findings];
  const workloads = new Map(platform.workloads);
  workloads.set(service, { workload: { ...loaded.workload, lock: lock.value }, findings: all });
  const catalog = catalogWith(platform.catalog.entities, workloads, platform.capabilities);
  return { platform: { ...platform, catalog, workloads }, findings: [...findings, ...lock.findings] };
}

function catalogWith(
  entities: readonly Entity[],
  workloads: Platform['workloads'],
  capabilities: Platform['capabilities'],
) {
  const described = [...workloads.values()].map(({ workload }) => workload);
  return catalogOf(entities, () => derivedCatalog(described, capabilities));
}
