import type { Catalog } from '../catalog/catalog.ts';
import { refOf } from '../catalog/entity-reference.ts';
import { isServiceName, maxServiceName } from '../catalog/rules/service-folder.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { fileStart } from '../finding/file-start.ts';
import type { Finding, Outcome, Position } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { isCatalogFile, overrideFile, serviceFile } from '../layout/paths.ts';
import { documentFindings, moreDocuments } from '../schema/document-findings.ts';
import { type Lock, lockSchema } from '../schema/lock.schema.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { loadServiceFiles } from './load-service-files.ts';
import { scoreFindings } from './score-findings.ts';
import type { ServiceFile } from './service-file.ts';
import { effectiveScore, type Workload } from './workload.ts';

/** A workload is usable by later stages when none of its files had an error. */
export interface LoadedWorkload {
  readonly workload: Workload;
  readonly findings: readonly Finding[];
}

/**
 * Reads every folder below services/ that has a Score file, each on its own: one bad service never blocks another.
 *
 * @param snapshot the platform's own files
 * @param whole all files: a Score file may put others of its folder into containers
 */
export function loadWorkloads(
  snapshot: Snapshot,
  whole: Snapshot,
  catalog: Pick<Catalog, 'get'>,
  environments: readonly string[],
  store?: Store,
): Outcome<readonly LoadedWorkload[]> & { readonly value: readonly LoadedWorkload[] } {
  const findings: Finding[] = [];
  const workloads: LoadedWorkload[] = [];
  for (const [service, files] of serviceFolders(snapshot)) {
    const score = files.get('score.yaml');
    if (score === undefined) {
      // A component that is only described is deployed elsewhere.
      if (![...files.keys()].some((file) => !isCatalogFile(`services/${service}/${file}`))) continue;
      findings.push({
        code: 'workload/missing-score',
        severity: 'warning',
        message: `services/${service} has no score.yaml: nothing of it is deployed`,
        hint: `add services/${service}/score.yaml, or move what is there elsewhere`,
        ...startOf([...files.values()]),
      });
      continue;
    }
    const loaded = loadWorkload(snapshot, whole, service, score, files, catalog, environments, store);
    findings.push(...loaded.findings);
    if (loaded.value !== undefined) workloads.push(loaded.value);
  }
  return { value: workloads, findings };
}

/** A folder has no lines: what is wrong with it is shown at its first file. */
function startOf(files: readonly SnapshotEntry[]): Partial<Position> {
  const [first] = files;
  return first === undefined ? {} : fileStart(first.path);
}

function serviceFolders(snapshot: Snapshot): ReadonlyMap<string, ReadonlyMap<string, SnapshotEntry>> {
  const folders = new Map<string, Map<string, SnapshotEntry>>();
  for (const entry of snapshot.list()) {
    const place = serviceFile(entry.path);
    if (place === undefined) continue;
    const files = folders.get(place.folder) ?? new Map<string, SnapshotEntry>();
    files.set(place.file, entry);
    folders.set(place.folder, files);
  }
  return folders;
}

function loadWorkload(
  snapshot: Snapshot,
  whole: Snapshot,
  service: string,
  scoreEntry: SnapshotEntry,
  files: ReadonlyMap<string, SnapshotEntry>,
  catalog: Pick<Catalog, 'get'>,
  environments: readonly string[],
  store: Store | undefined,
): Outcome<LoadedWorkload> {
  const findings: Finding[] = [];
  const read = (entry: SnapshotEntry): Source | undefined => {
    const result = readSource(snapshot, entry, store);
    findings.push(...result.findings);
    return result.source;
  };
  const score = read(scoreEntry);
  const overrides = new Map<string, Source>();
  for (const [file, entry] of files) {
    const environment = overrideFile(file);
    if (environment === undefined) continue;
    const source = read(entry);
    if (source === undefined) continue;
    const other = overrides.get(environment);
    if (other !== undefined) findings.push(twice(source, other, environment));
    else if (environments.includes(environment)) overrides.set(environment, source);
    else findings.push(unknownEnvironment(source, environment, environments));
  }
  const lockEntry = files.get('.idp/lock.yaml');
  const locked = lockEntry && readLock(snapshot, lockEntry, store);
  findings.push(...(locked?.findings ?? []));
  if (score === undefined) return { findings };
  const inContainers = new Map<string, ServiceFile>();
  const workload: Workload = {
    service,
    score,
    overrides,
    files: inContainers,
    entity: catalog.get(refOf('component', 'default', service)),
    lock: locked?.value,
  };
  for (const source of [score, ...overrides.values()]) findings.push(...moreDocuments('workload', source));
  findings.push(...nameFindings(workload));
  const scores = [undefined, ...overrides.keys()].map((environment) => effectiveScore(workload, environment));
  for (const document of scores) findings.push(...scoreFindings(document, scores[0]));
  const loaded = loadServiceFiles(whole, service, scores);
  findings.push(...loaded.findings);
  for (const [path, file] of loaded.value) inContainers.set(path, file);
  return { value: { workload, findings }, findings };
}

/** Reads the lock of a service. */
export function readLock(
  snapshot: Snapshot,
  entry: SnapshotEntry,
  store?: Store,
): Outcome<NonNullable<Workload['lock']>> {
  const { source, findings } = readSource(snapshot, entry, store);
  if (source === undefined) return { findings };
  const problems = documentFindings('lock', lockSchema, source);
  if (problems.length > 0) return { findings: problems };
  return { value: { document: source.documents[0] as unknown as Lock, source }, findings };
}

function nameFindings({ service, score, entity }: Workload): readonly Finding[] {
  const name = stringOf(property(property(score.documents[0], 'metadata'), 'name'));
  const findings: Finding[] = [];
  if (!isServiceName(service)) {
    findings.push({
      code: 'workload/name',
      severity: 'error',
      message: `${quote(service)} cannot be the name of a service`,
      hint: `lower-case letters, digits and \`-\`, beginning with a letter, at most ${maxServiceName} characters`,
      ...score.locate(['metadata', 'name']),
    });
  } else if (name !== undefined && name !== service) {
    findings.push({
      code: 'workload/name',
      severity: 'error',
      message: `the Score file is ${quote(name)}, but its folder is ${quote(service)}`,
      hint: 'give both the same name',
      ...score.locate(['metadata', 'name']),
    });
  }
  if (entity === undefined) {
    findings.push({
      code: 'workload/no-component',
      severity: 'error',
      message: `no component ${quote(service)} is in the catalog, so that nobody owns the service`,
      hint: `add services/${service}/catalog-info.yaml`,
      subject: `service:${service}`,
      ...score.locate(['metadata', 'name']),
    });
  }
  return findings;
}

/** `dev.yaml` and `dev.yml`: nobody knows which of them counts. */
function twice(source: Source, other: Source, environment: string): Finding {
  return {
    code: 'workload/duplicate-override',
    severity: 'error',
    message: `there are two overrides for ${quote(environment)}`,
    hint: `the other one is ${other.path}; keep one of them`,
    ...source.locate([]),
  };
}

function unknownEnvironment(source: Source, environment: string, environments: readonly string[]): Finding {
  const hint = didYouMean(environment, environments);
  return {
    code: 'workload/unknown-environment',
    severity: 'error',
    message: `${quote(environment)} is not an environment`,
    ...(hint !== undefined && { hint }),
    ...source.locate([]),
  };
}
