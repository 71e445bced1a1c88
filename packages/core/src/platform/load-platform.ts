import { ungrantedKinds } from '../capability/cluster-grants.ts';
import { loadCapabilities } from '../capability/load-capabilities.ts';
import { unknownOwners } from '../capability/unknown-owners.ts';
import { catalogOf } from '../catalog/catalog.ts';
import { checkCatalog } from '../catalog/check-catalog.ts';
import { derivedCatalog } from '../catalog/derived-entity.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import { loadEnvironments } from '../environment/load-environments.ts';
import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import type { Json } from '../json/json.ts';
import { ClusterTypes } from '../kubernetes/cluster-types.ts';
import { KubernetesTypes } from '../kubernetes/kubernetes-types.ts';
import {
  capabilityFile,
  clusterSchemasFile,
  environmentFile,
  isPlatformFolder,
  isPlatformPath,
  isPolicyFile,
  isWorkflowFile,
  platformFile,
  serviceFile,
  waiverFile,
  workflowName,
} from '../layout/paths.ts';
import { managedFileFindings } from '../scaffold/managed-files.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { loadWaivers } from '../waiver/load-waivers.ts';
import { loadWorkloads } from '../workload/load-workloads.ts';
import type { Grant } from './grant.ts';
import { ignoredBy } from './ignored-by.ts';
import type { Platform } from './platform.ts';
import { readSettings } from './read-settings.ts';
import { unusedGrants } from './unused-grants.ts';

/** A platform, with its findings by what they depend on. */
export interface PlatformParts {
  readonly platform: Platform;
  /** Of everything but the catalog's entities and the services. */
  readonly context: readonly Finding[];
  readonly catalog: readonly Finding[];
  /** Of the files of services, each on its own. */
  readonly services: readonly Finding[];
}

/** What was found before, so that it does not have to be looked for again. */
export interface KnownParts {
  readonly catalog?: readonly Finding[];
  readonly grants?: readonly Finding[];
}

/**
 * Reads a snapshot whole: settings, catalog, environments, capabilities, workloads, policies. Each part is
 * checked by itself, so that all findings come at once; `resolve` then brings a service's parts together.
 */
export function loadPlatform(whole: Snapshot, store?: Store): Platform {
  return loadParts(whole, { store }).platform;
}

/**
 * What `loadPlatform` reads.
 *
 * @param options.catalogFiles what the catalog is read from, by default `whole`; a snapshot that knows what is read
 * @param options.known findings of parts that are not checked again
 */
export function loadParts(
  whole: Snapshot,
  {
    store,
    catalogFiles = whole,
    known,
  }: {
    readonly store?: Store | undefined;
    readonly catalogFiles?: Snapshot;
    readonly known?: KnownParts;
  } = {},
): PlatformParts {
  const settings = readSettings(whole);
  const snapshot = keptFiles(whole, settings.value.ignore);
  const context: Finding[] = [...settings.findings, ...linkedFolders(whole, settings.value.ignore)];
  const sourcesOf = (wanted: (path: string) => boolean): readonly Source[] =>
    snapshot.list().flatMap((entry) => {
      if (!wanted(entry.path)) return [];
      const result = readSource(snapshot, entry, store);
      context.push(...result.findings);
      return result.source === undefined ? [] : [result.source];
    });

  const valuesSchema = settings.value.environmentValues as Json | undefined;
  const written = readCatalog({ snapshot: catalogFiles, ignored: ignoredBy(settings.value.ignore), store });
  const environments = loadEnvironments(snapshot, { valuesSchema, mainBranch: settings.value.branch }, store);
  const capabilities = loadCapabilities(snapshot, valuesSchema, store);
  const workloads = loadWorkloads(snapshot, whole, catalogOf(written.entities), [...environments.value.keys()], store);
  const catalog = catalogOf(written.entities, () =>
    derivedCatalog(
      workloads.value.map(({ workload }) => workload),
      capabilities.value,
    ),
  );
  const services = new Map(workloads.value.map((loaded) => [loaded.workload.service, loaded]));
  const policies = sourcesOf(isPolicyFile);
  const workflows = workflowsOf(whole);
  const waivers = loadWaivers(
    snapshot,
    {
      policies,
      subjects: {
        catalog,
        workloads: services,
        capabilities: capabilities.value,
        environments: environments.value,
        workflows,
        settings: settings.value,
      },
    },
    store,
  );
  context.push(
    ...waivers.findings,
    ...unknownOwners(capabilities.value, catalog),
    ...environments.findings,
    ...capabilities.findings,
  );
  context.push(...(known?.grants ?? grantFindings(snapshot, settings.value.grants, capabilities.value)));
  const ofCatalog = known?.catalog ?? [...written.findings, ...checkCatalog(catalog)];
  const described = workloads.value.map(({ workload }) => workload);
  const ofServices = [...workloads.findings, ...managedFileFindings(described, capabilities.value, whole)];
  return {
    platform: {
      settings: settings.value,
      catalog,
      capabilities: capabilities.value,
      brokenCapabilities: brokenFolders(snapshot, capabilities.value),
      types: typesOf(capabilities.value, whole),
      environments: environments.value,
      workloads: services,
      unreadableServices: unreadableServices(snapshot, services),
      workflows,
      policies,
      waivers: waivers.value,
      findings: sortFindings([...context, ...ofCatalog, ...ofServices]),
    },
    context,
    catalog: ofCatalog,
    services: ofServices,
  };
}

export function workflowsOf(snapshot: Snapshot): Platform['workflows'] {
  const paths = snapshot.list().flatMap(({ path }) => (isWorkflowFile(path) ? [path] : []));
  return new Map(paths.map((path) => [workflowName(path).toLowerCase(), path]));
}

export function typesOf(capabilities: Platform['capabilities'], whole: Snapshot): KubernetesTypes {
  return new KubernetesTypes(
    new Map([...capabilities].map(([name, { crds }]) => [name, crds])),
    new ClusterTypes(() => whole.read(clusterSchemasFile)),
  );
}

function grantFindings(
  snapshot: Snapshot,
  grants: readonly Grant[],
  capabilities: Platform['capabilities'],
): readonly Finding[] {
  const entry = grants.length === 0 ? undefined : snapshot.entry(platformFile);
  const source = entry && readSource(snapshot, entry).source;
  return [
    ...ungrantedKinds(capabilities, grants),
    ...unusedGrants(grants, capabilities, brokenFolders(snapshot, capabilities), source),
  ];
}

/** The files of the platform, without those that `ignore` of idp.yaml names. */
export function keptFiles(snapshot: Snapshot, ignore: readonly string[]): Snapshot {
  const ignored = ignoredBy(ignore);
  // `ignore` is for files that only look like the platform's. A capability's files are its content, and no glob
  // of a pull request takes a policy, its exceptions or an environment out of sight.
  const always = (path: string): boolean =>
    capabilityFile(path) !== undefined ||
    isPolicyFile(path) ||
    environmentFile(path) !== undefined ||
    waiverFile(path) !== undefined;
  const kept = (path: string): boolean => always(path) || !ignored(path);
  const entries = snapshot.list().filter(({ path }) => isPlatformPath(path) && kept(path));
  return snapshotOf(entries, ({ path }) => snapshot.read(path));
}

/** git keeps nothing below a link: a whole folder of the platform would be missing without a word. */
export function linkedFolders(snapshot: Snapshot, ignore: readonly string[]): readonly Finding[] {
  const ignored = ignoredBy(ignore);
  return snapshot
    .list()
    .filter(
      ({ path, mode }) =>
        (mode === '120000' || mode === '160000') &&
        isPlatformFolder(path) &&
        (path.startsWith('policies') || !ignored(path)),
    )
    .map(({ path, mode }) => ({
      code: 'source/symlink',
      severity: 'error',
      message: `${mode === '120000' ? 'a symbolic link' : 'another repository'} is not followed, and nothing below it is read`,
      hint: 'put the folder itself here',
      path,
    }));
}

/** Folders below capabilities/ of which no capability could be read. */
export function brokenFolders(snapshot: Snapshot, loaded: Platform['capabilities']): ReadonlySet<string> {
  const folders = snapshot.list().flatMap(({ path }) => capabilityFile(path)?.folder ?? []);
  return new Set(folders.filter((folder) => !loaded.has(folder)));
}

export function unreadableServices(snapshot: Snapshot, loaded: Platform['workloads']): ReadonlySet<string> {
  const described = snapshot.list().flatMap(({ path }) => {
    const place = serviceFile(path);
    return place?.file === 'score.yaml' ? [place.folder] : [];
  });
  return new Set(described.filter((service) => !loaded.has(service)));
}
