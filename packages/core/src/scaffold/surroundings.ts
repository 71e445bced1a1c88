import { nameOf, parseReference } from '../catalog/entity-reference.ts';
import { decodeText } from '../digest/text.ts';
import { isObject, property, stringOf } from '../json/json.ts';
import { foldCase } from '../layout/path-gate.ts';
import { capabilityFile, environmentFile, isCatalogFile, platformFile } from '../layout/paths.ts';
import { loadParts, loadPlatform } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { readSettings } from '../platform/read-settings.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { type WrittenFile, writtenFile } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import type { FileChange } from './file-change.ts';
import { defaultTemplate, type ServiceOptions } from './service-request.ts';

/** What a new service is judged by. */
export interface Surrounding {
  /** The platform without the service's folder, as far as the service has to do with it. */
  readonly base: Platform;
  /** The folder, in whatever case its name is written, and what is in the way of it. */
  readonly folder: Snapshot;
}

/**
 * The part of a repository that decides whether a service can be added or changed, however many services there are:
 * settings, environments, its capabilities with what they require, the files of the catalog that name its owner, its
 * system or the service, and its folder. What was read for one service is kept for the next.
 */
export class Surroundings {
  private readonly repository: Snapshot;
  private readonly common: readonly SnapshotEntry[];
  private readonly inTheWay: readonly SnapshotEntry[];
  private readonly catalog: readonly { readonly entry: SnapshotEntry; readonly text: string }[];
  /** All of it: most names stand nowhere in it. */
  private readonly catalogText: string;
  private readonly naming = new Map<string, ReadonlySet<SnapshotEntry>>();
  private readonly capabilities: ReadonlyMap<string, readonly SnapshotEntry[]>;
  private readonly services: Map<string, Map<string, SnapshotEntry>>;
  private readonly required = new Map<string, readonly string[]>();
  private readonly bases = new Map<string, Platform>();
  private readonly written = new Map<string, WrittenFile>();

  constructor(repository: Snapshot) {
    this.repository = repository;
    const entries = repository.list();
    this.common = entries.filter(({ path }) => path === platformFile || environmentFile(path) !== undefined);
    this.inTheWay = entries.filter(({ path }) => isInTheWay(path));
    this.catalog = entries
      .filter(({ path, mode }) => isCatalogFile(path) && serviceKey(path) === undefined && mode !== '160000')
      .map((entry) => ({ entry, text: textOf(repository, entry.path).toLowerCase() }));
    this.catalogText = this.catalog.map(({ text }) => text).join('\n');
    this.capabilities = byFolder(entries, (path) => capabilityFile(path)?.folder);
    this.services = new Map(
      [...byFolder(entries, serviceKey)].map(([key, files]) => [key, new Map(files.map((file) => [file.path, file]))]),
    );
  }

  of({ name, owner, system, template }: ServiceOptions): Surrounding {
    const words = [name, wordOf(owner, 'group'), ...(system === undefined ? [] : [wordOf(system, 'system')])];
    return this.around(name, words, [template ?? defaultTemplate]);
  }

  /** The same for a service that is there, with the capabilities that it uses and one more. */
  ofService(service: string, capability: string): Surrounding {
    return this.around(service, [service], [capability, ...usedCapabilities(this.repository, service)]);
  }

  private around(service: string, words: readonly string[], capabilities: readonly string[]): Surrounding {
    const needed = [...new Set(capabilities.flatMap((capability) => this.withRequired(capability)))];
    const folder = [...this.inTheWay, ...(this.services.get(foldCase(service))?.values() ?? [])];
    return { base: this.baseOf(needed, this.filesNaming(words)), folder: this.snapshotOf(folder) };
  }

  /** The files of the catalog in which one of the words stands. */
  private filesNaming(words: readonly string[]): readonly SnapshotEntry[] {
    const found = words.flatMap((word) => this.filesWith(word) ?? []);
    if (found.length === 0) return [];
    return this.catalog.flatMap(({ entry }) => (found.some((files) => files.has(entry)) ? [entry] : []));
  }

  /** Owners and systems are asked for again and again. */
  private filesWith(word: string): ReadonlySet<SnapshotEntry> | undefined {
    const known = this.naming.get(word);
    if (known !== undefined || !this.catalogText.includes(word)) return known;
    const files = this.catalog.flatMap(({ entry, text }) => (text.includes(word) ? [entry] : []));
    this.naming.set(word, new Set(files));
    return this.naming.get(word);
  }

  /** What was decided to be written: later services see it. */
  take(changes: readonly FileChange[]): void {
    for (const { path, content, mode } of changes) {
      const key = serviceKey(path);
      if (key === undefined) continue;
      const files = this.services.get(key) ?? new Map<string, SnapshotEntry>();
      this.services.set(key, files);
      files.delete(path);
      this.written.delete(path);
      if (content === undefined) continue;
      const file = writtenFile(path, content, mode);
      this.written.set(path, file);
      files.set(path, file.entry);
    }
  }

  private snapshotOf(entries: readonly SnapshotEntry[]): Snapshot {
    return snapshotOf(entries, ({ path }) => this.written.get(path)?.bytes() ?? this.repository.read(path));
  }

  private baseOf(capabilities: readonly string[], catalog: readonly SnapshotEntry[]): Platform {
    const key = [...capabilities, '', ...catalog.map(({ path }) => path)].join('\n');
    const known = this.bases.get(key);
    if (known !== undefined) return known;
    const packages = capabilities.flatMap((capability) => this.capabilities.get(capability) ?? []);
    const files = this.snapshotOf([...this.common, ...catalog, ...packages]);
    // What a part of a platform says of its catalog and its grants is not true of the whole, and nobody reads it.
    const { platform } = loadParts(files, { known: { catalog: [], grants: [] } });
    this.bases.set(key, platform);
    return platform;
  }

  /** A capability and all that it requires, as far as they can be read. */
  private withRequired(capability: string): readonly string[] {
    const known = this.required.get(capability);
    if (known !== undefined) return known;
    const found = new Set([capability]);
    for (const name of found) for (const other of requirementsOf(this.repository, name)) found.add(other);
    this.required.set(capability, [...found]);
    return [...found];
  }
}

/** The whole platform as a surrounding: what refusals know of. */
export function wholeSurrounding(snapshot: Snapshot, service: string): Surrounding {
  const read = ({ path }: SnapshotEntry) => snapshot.read(path);
  const entries = snapshot.list();
  const others = entries.filter(({ path }) => !path.startsWith(`services/${service}/`));
  const key = foldCase(service);
  const folder = entries.filter(({ path }) => isInTheWay(path) || serviceKey(path) === key);
  return { base: loadPlatform(snapshotOf(others, read)), folder: snapshotOf(folder, read) };
}

/** The capabilities that the document of one names. */
export function requirementsOf(snapshot: Snapshot, capability: string): readonly string[] {
  const entry = snapshot.entry(`capabilities/${capability}/capability.yaml`);
  const requires = entry && property(property(readSource(snapshot, entry).source?.documents[0], 'spec'), 'requires');
  if (!Array.isArray(requires)) return [];
  return requires.flatMap((requirement) => stringOf(property(requirement, 'capability')) ?? []);
}

/** The capabilities that a service's Score file names, and the one that runs it. */
export function usedCapabilities(snapshot: Snapshot, service: string): readonly string[] {
  const entry = snapshot.entry(`services/${service}/score.yaml`);
  const score = entry && readSource(snapshot, entry).source?.documents[0];
  const resources = property(score, 'resources');
  const types = isObject(resources) ? Object.values(resources).map((resource) => property(resource, 'type')) : [];
  const workload = property(property(property(score, 'metadata'), 'workload'), 'type');
  const { defaultWorkload } = readSettings(snapshot).value;
  return [...types, workload ?? defaultWorkload].flatMap((type) => stringOf(type) ?? []);
}

/** What stands in the way of services/ itself: a link, a file, a folder that differs in case only. */
function isInTheWay(path: string): boolean {
  const [top = '', ...inner] = path.split('/');
  return foldCase(top) === 'services' && (top !== 'services' || inner.length === 0);
}

/** Folders of services whose names are the same where case does not count have one key. */
function serviceKey(path: string): string | undefined {
  if (!path.startsWith('services/')) return undefined;
  const end = path.indexOf('/', 'services/'.length);
  return foldCase(path.slice('services/'.length, end < 0 ? undefined : end));
}

function byFolder(entries: readonly SnapshotEntry[], folderOf: (path: string) => string | undefined) {
  const folders = new Map<string, SnapshotEntry[]>();
  for (const entry of entries) {
    const folder = folderOf(entry.path);
    if (folder === undefined) continue;
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [entry]);
    else files.push(entry);
  }
  return folders;
}

/** The name in a reference; what is none is searched as it stands, found nowhere, and refused by the request. */
function wordOf(reference: string, kind: string): string {
  const ref = parseReference(reference, { kind });
  return (ref === undefined ? reference : nameOf(ref)).toLowerCase();
}

function textOf(snapshot: Snapshot, path: string): string {
  const bytes = snapshot.read(path);
  return (bytes && decodeText(bytes)) ?? '';
}
