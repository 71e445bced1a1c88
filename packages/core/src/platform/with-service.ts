import { catalogOf } from '../catalog/catalog.ts';
import { checkCatalog } from '../catalog/check-catalog.ts';
import { derivedCatalog } from '../catalog/derived-entity.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Finding } from '../finding/finding.ts';
import { managedFileFindings } from '../scaffold/managed-files.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { loadWorkloads } from '../workload/load-workloads.ts';
import { ignoredBy } from './ignored-by.ts';
import { keptFiles } from './load-platform.ts';
import type { Platform } from './platform.ts';

/** A platform in which one service was read anew. */
export interface WithService {
  readonly platform: Platform;
  /** Of its files and of the catalog with it; those of everything else are `platform.findings` of the base. */
  readonly findings: readonly Finding[];
}

/**
 * A platform with one service more, read by itself: what a change of one folder leads to, without reading anything
 * else again. It says what `loadPlatform` says of the folder and the catalog (a law that is tested).
 *
 * @param base a platform that has nothing of the service's folder
 * @param snapshot what the base was read from, and the folder
 */
export function withService(base: Platform, snapshot: Snapshot, service: string): WithService {
  const whole = inFolder(snapshot, service);
  const folder = keptFiles(whole, base.settings.ignore);
  const written = readCatalog({ snapshot: whole, ignored: ignoredBy(base.settings.ignore) });
  const all = [...base.catalog.entities, ...written.entities];
  const loaded = loadWorkloads(folder, catalogOf(all), [...base.environments.keys()]);
  const workloads = new Map([...base.workloads, ...loaded.value.map((one) => [one.workload.service, one] as const)]);
  const described = [...workloads.values()].map(({ workload }) => workload);
  const catalog = catalogOf(all, () => derivedCatalog(described, base.capabilities));
  const own = loaded.value.map(({ workload }) => workload);
  const managed = managedFileFindings(own, base.capabilities, whole);
  const unreadable = own.length === 0 && folder.entry(`services/${service}/score.yaml`) !== undefined ? [service] : [];
  return {
    platform: {
      ...base,
      catalog,
      workloads,
      unreadableServices: new Set([...base.unreadableServices, ...unreadable]),
    },
    findings: [...written.findings, ...checkCatalog(catalog), ...loaded.findings, ...managed],
  };
}

function inFolder(snapshot: Snapshot, service: string): Snapshot {
  const entries = snapshot.list().filter(({ path }) => path.startsWith(`services/${service}/`));
  return snapshotOf(entries, ({ path }) => snapshot.read(path));
}
