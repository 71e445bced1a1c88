import { knownCapabilities } from '../capability/load-capabilities.ts';
import { catalogOf } from '../catalog/catalog.ts';
import { derivedCatalog } from '../catalog/derived-entity.ts';
import { type EntityRef, nameOf } from '../catalog/entity-reference.ts';
import { readCatalog, readEntity } from '../catalog/read-catalog.ts';
import { loadEnvironments } from '../environment/load-environments.ts';
import { type Finding, hasErrors } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import type { Json } from '../json/json.ts';
import { once } from '../json/once.ts';
import { isPolicyFile } from '../layout/paths.ts';
import { managedFileFindings } from '../scaffold/managed-files.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { loadWaivers } from '../waiver/load-waivers.ts';
import { loadWorkloads } from '../workload/load-workloads.ts';
import { ignoredBy } from './ignored-by.ts';
import {
  keptFiles,
  linkedFolders,
  type PlatformParts,
  typesOf,
  unreadableServices,
  workflowsOf,
} from './load-platform.ts';
import type { Platform } from './platform.ts';
import { readSettings } from './read-settings.ts';

/** What an earlier run found out about everything but the services, of the very same files. */
export interface KnownContext {
  readonly contextFindings: readonly Finding[];
  readonly catalogFindings: readonly Finding[];
  /** The file that a service's entity is in. */
  readonly entityFile: (service: string) => string | undefined;
}

/** Whether nothing that is not a service or the catalog's has an error: then all of it can be used as it stands. */
export function isSound({ contextFindings }: Pick<KnownContext, 'contextFindings'>): boolean {
  return !hasErrors(contextFindings);
}

/**
 * What `loadParts` reads of a platform whose context is known and sound: services are read and judged as there, and of all else
 * only what somebody asks for is read, without being checked again.
 *
 * @param store has what earlier runs parsed
 */
export function loadKnownPlatform(whole: Snapshot, known: KnownContext, store?: Store): PlatformParts {
  const { value: settings } = readSettings(whole, { isChecked: true });
  const snapshot = keptFiles(whole, settings.ignore);
  const values = settings.environmentValues as Json | undefined;
  const ofEnvironments = { valuesSchema: undefined, mainBranch: settings.branch };
  const { value: environments } = loadEnvironments(snapshot, ofEnvironments);
  const capabilities = knownCapabilities(snapshot, values, store);
  const entities = { get: (ref: EntityRef) => entityOf(whole, ref, known) };
  const loaded = loadWorkloads(snapshot, whole, entities, [...environments.keys()]);
  const described = loaded.value.map(({ workload }) => workload);
  const services = [...loaded.findings, ...managedFileFindings(described, capabilities, whole)];
  const workloads = new Map(loaded.value.map((one) => [one.workload.service, one]));
  const workflows = workflowsOf(whole);
  const context = linkedFolders(whole, settings.ignore);
  const policies = once(() =>
    snapshot
      .list()
      .filter(({ path }) => isPolicyFile(path))
      .flatMap((entry) => readSource(snapshot, entry, store).source ?? []),
  );
  const catalog = once(() => {
    const written = readCatalog({ snapshot: whole, ignored: ignoredBy(settings.ignore) });
    return catalogOf(written.entities, () => derivedCatalog(described, capabilities));
  });
  const waivers = once(() => loadWaivers(snapshot, { policies: policies(), subjects: undefined }, store).value);
  const types = once(() => typesOf(capabilities, whole));
  const platform: Platform = {
    settings,
    capabilities,
    brokenCapabilities: new Set(),
    environments,
    workloads,
    unreadableServices: unreadableServices(snapshot, workloads),
    workflows,
    findings: sortFindings([...known.contextFindings, ...context, ...known.catalogFindings, ...services]),
    get catalog() {
      return catalog();
    },
    get types() {
      return types();
    },
    get policies() {
      return policies();
    },
    get waivers() {
      return waivers();
    },
  };
  return { platform, context, catalog: known.catalogFindings, services };
}

function entityOf(whole: Snapshot, ref: EntityRef, { entityFile }: KnownContext) {
  const path = entityFile(nameOf(ref));
  return path === undefined ? undefined : readEntity(whole, path, ref);
}
