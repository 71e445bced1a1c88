import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { schemaFindings } from '../kubernetes/schema-findings.ts';
import { isCatalogFile, platformFile, serviceFile, serviceFolder } from '../layout/paths.ts';
import { loadParts, type PlatformParts } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { validateService } from '../platform/validate-platform.ts';
import { identityFindings } from '../resolve/identity-findings.ts';
import { sharedNamesAmong, sharedNamesOf } from '../resolve/shared-instances.ts';
import { Listing } from '../snapshot/listing.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ValidationMemory } from './memory.ts';
import { type RememberedService, RememberedServices } from './remembered-services.ts';
import { serviceFacts } from './service-facts.ts';
import type { Validation } from './validation.ts';
import { WatchedMap } from './watched-map.ts';

/** A validation, the platform that it is of, and what the next run can use; nothing where that would be a guess. */
export interface WholeValidation {
  readonly validation: Validation;
  readonly platform: Platform;
  /** Made when it is asked for: who keeps nothing does not need it. */
  readonly memory: ValidationMemory | undefined;
}

/**
 * Validates a snapshot with nothing known of it: what `loadPlatform` and `validatePlatform` say, and by what each part
 * of it was found.
 */
export function validateWhole(snapshot: Snapshot): WholeValidation {
  const catalogFiles = watchedSnapshot(snapshot);
  const parts = loadParts(snapshot, { catalogFiles: catalogFiles.snapshot });
  const { findings, reads, asks } = servicesOf(parts);
  const { platform } = parts;
  const schemas = schemaFindings(platform, {});
  const { byService, context } = byFolder({ ...parts, context: [...parts.context, ...schemas] });
  const validation: Validation = {
    findings: sortFindings([...platform.findings, ...schemas, ...[...findings.values()].flat()]),
    counts: {
      entities: platform.catalog.entities.length,
      services: platform.workloads.size,
      capabilities: platform.capabilities.size,
      environments: platform.environments.size,
    },
  };
  return {
    validation,
    platform,
    get memory() {
      // A Location may lead to a file that is not there yet, and a repository without idp.yaml has its catalog anywhere.
      if (snapshot.entry(platformFile) === undefined || catalogFiles.listed() > 1) return undefined;
      const alsoRead = catalogFiles.read().filter((path) => !isCatalogFile(path) && path !== platformFile);
      const entries = snapshot.list();
      const services = new Map<string, RememberedService>();
      for (const service of new Set(entries.flatMap(({ path }) => serviceFolder(path) ?? []))) {
        const loaded = platform.workloads.get(service);
        services.set(service, {
          facts: loaded && serviceFacts(loaded.workload),
          entity: loaded?.workload.entity?.source.path,
          reads: reads.get(service) ?? [],
          shares: loaded === undefined ? [] : sharedNamesOf(loaded.workload),
          asks: asks.get(service) ?? [],
          findings: [...(byService.get(service) ?? []), ...(findings.get(service) ?? [])],
        });
      }
      return {
        listing: Listing.of(entries),
        alsoRead,
        counts: validation.counts,
        contextFindings: context,
        catalogFindings: parts.catalog,
        services: RememberedServices.of(services),
      };
    },
  };
}

/** What is wrong with each service, which others it was judged by, and what it asked of shared instances. */
function servicesOf({ platform }: PlatformParts) {
  const reads = new Map<string, readonly string[]>();
  const asks = new Map<string, readonly string[]>();
  const findings = new Map<string, readonly Finding[]>();
  const environments = [...platform.environments.values()];
  const identities = identityFindings(platform);
  let asked = new Set<string>();
  let questions = new Set<string>();
  const workloads = new WatchedMap(
    platform.workloads,
    (service) => asked.add(service),
    () => asked.add('*'),
  );
  // Who names which instance is remembered of each service: to ask for that is not to ask for all.
  const names = sharedNamesAmong(platform.workloads).watched((question) => questions.add(question));
  const watched: Platform = { ...platform, workloads, sharedNames: names };
  for (const service of [...platform.workloads.keys()].sort()) {
    asked = new Set();
    questions = new Set();
    findings.set(service, validateService(service, watched, environments, identities.get(service) ?? []));
    asked.delete(service);
    if (asked.size > 0) reads.set(service, [...asked]);
    if (questions.size > 0) asks.set(service, [...questions]);
  }
  return { findings, reads, asks };
}

/** Findings of files in a service's folder belong to the service, whatever stage made them; but for the catalog's. */
export function byFolder({ context, services }: Pick<PlatformParts, 'context' | 'services'>) {
  const byService = new Map<string, Finding[]>();
  const others: Finding[] = [];
  for (const finding of [...context, ...services]) {
    const folder = serviceFile(finding.path ?? '')?.folder;
    if (folder === undefined) others.push(finding);
    else byService.set(folder, [...(byService.get(folder) ?? []), finding]);
  }
  return { byService, context: others };
}

/** A snapshot that knows which of its paths were asked for, and how often for all of them. */
function watchedSnapshot(snapshot: Snapshot) {
  const read = new Set<string>();
  let listed = 0;
  const noting = <T>(path: string, answer: T): T => {
    read.add(path);
    return answer;
  };
  return {
    read: (): readonly string[] => [...read],
    listed: () => listed,
    snapshot: {
      list: () => {
        listed += 1;
        return snapshot.list();
      },
      entry: (path: string) => noting(path, snapshot.entry(path)),
      read: (path: string) => noting(path, snapshot.read(path)),
    },
  };
}
