import picomatch from 'picomatch';
import { loadCapabilities } from '../capability/load-capabilities.ts';
import { unknownOwners } from '../capability/unknown-owners.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { loadEnvironments } from '../environment/load-environments.ts';
import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import type { Json } from '../json/json.ts';
import {
  capabilityFile,
  isCatalogFile,
  isPlatformFolder,
  isPlatformPath,
  isPolicyFile,
  serviceFile,
} from '../layout/paths.ts';
import { managedFileFindings } from '../scaffold/managed-files.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { loadWorkloads } from '../workload/load-workloads.ts';
import type { Platform } from './platform.ts';
import { readSettings } from './read-settings.ts';

/**
 * Reads a snapshot whole: settings, catalog, environments, capabilities, workloads, policies. Each part is
 * checked by itself, so that all findings come at once; `resolve` then brings a service's parts together.
 */
export function loadPlatform(whole: Snapshot, store?: Store): Platform {
  const settings = readSettings(whole);
  const snapshot = withoutIgnored(whole, settings.value.ignore);
  const findings: Finding[] = [...settings.findings, ...linkedFolders(whole, settings.value.ignore)];
  const sourcesOf = (wanted: (path: string) => boolean): readonly Source[] =>
    snapshot.list().flatMap((entry) => {
      if (!wanted(entry.path)) return [];
      const result = readSource(snapshot, entry, store);
      findings.push(...result.findings);
      return result.source === undefined ? [] : [result.source];
    });

  const valuesSchema = settings.value.environmentValues as Json | undefined;
  const catalog = loadCatalog(sourcesOf(isCatalogFile));
  const environments = loadEnvironments(snapshot, { valuesSchema, mainBranch: settings.value.branch }, store);
  const capabilities = loadCapabilities(snapshot, valuesSchema, store);
  const workloads = loadWorkloads(snapshot, catalog.value, [...environments.value.keys()], store);
  const services = new Map(workloads.value.map((loaded) => [loaded.workload.service, loaded]));
  const policies = sourcesOf(isPolicyFile);
  findings.push(...unknownOwners(capabilities.value, catalog.value));
  findings.push(...catalog.findings, ...environments.findings, ...capabilities.findings, ...workloads.findings);
  const described = workloads.value.map(({ workload }) => workload);
  findings.push(...managedFileFindings(described, capabilities.value, whole));
  return {
    settings: settings.value,
    catalog: catalog.value,
    capabilities: capabilities.value,
    brokenCapabilities: brokenFolders(snapshot, capabilities.value),
    environments: environments.value,
    workloads: services,
    unreadableServices: unreadableServices(snapshot, services),
    policies,
    findings: sortFindings(findings),
  };
}

function withoutIgnored(snapshot: Snapshot, ignore: readonly string[]): Snapshot {
  const ignored = ignoredBy(ignore);
  // A capability's files are its content: leaving some out would be another capability of the same version.
  const kept = (path: string): boolean => capabilityFile(path) !== undefined || !ignored(path);
  const entries = snapshot.list().filter(({ path }) => isPlatformPath(path) && kept(path));
  return snapshotOf(entries, ({ path }) => snapshot.read(path));
}

function ignoredBy(ignore: readonly string[]): (path: string) => boolean {
  return ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
}

/** git keeps nothing below a link: a whole folder of the platform would be missing without a word. */
function linkedFolders(snapshot: Snapshot, ignore: readonly string[]): readonly Finding[] {
  const ignored = ignoredBy(ignore);
  return snapshot
    .list()
    .filter(({ path, mode }) => mode === '120000' && isPlatformFolder(path) && !ignored(path))
    .map(({ path }) => ({
      code: 'source/symlink',
      severity: 'error',
      message: 'a symbolic link is not followed, and nothing below it is read',
      hint: 'put the folder itself here',
      path,
    }));
}

function brokenFolders(snapshot: Snapshot, loaded: Platform['capabilities']): ReadonlySet<string> {
  const folders = snapshot.list().flatMap(({ path }) => capabilityFile(path)?.folder ?? []);
  return new Set(folders.filter((folder) => !loaded.has(folder)));
}

function unreadableServices(snapshot: Snapshot, loaded: Platform['workloads']): ReadonlySet<string> {
  const described = snapshot.list().flatMap(({ path }) => {
    const place = serviceFile(path);
    return place?.file === 'score.yaml' ? [place.folder] : [];
  });
  return new Set(described.filter((service) => !loaded.has(service)));
}
