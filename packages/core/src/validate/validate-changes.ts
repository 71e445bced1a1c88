import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { once } from '../json/once.ts';
import {
  isCatalogFile,
  isForeignCatalogFile,
  isPlatformFolder,
  isPlatformPath,
  isWorkflowFile,
  serviceFolder,
} from '../layout/paths.ts';
import { isSound, loadKnownPlatform } from '../platform/load-known-platform.ts';
import { loadParts, type PlatformParts } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { validateService } from '../platform/validate-platform.ts';
import { sharedNamesOf } from '../resolve/shared-instances.ts';
import type { SharedNames } from '../resolve/shared-names.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { changesBetween, type Listing } from '../snapshot/listing.ts';
import { NotLoadedError, type Snapshot, type SnapshotEntry } from '../snapshot/snapshot.ts';
import type { Store } from '../store/store.ts';
import { changedQuestions, dependentsOf, namesOf } from './dependents.ts';
import type { ValidationMemory } from './memory.ts';
import type { RememberedService, RememberedServices } from './remembered-services.ts';
import { serviceFacts } from './service-facts.ts';
import { byFolder } from './validate-whole.ts';
import type { Validation } from './validation.ts';
import { WatchedMap } from './watched-map.ts';

/** What a run has to do when it remembers an earlier one. */
export type Resumption =
  | { readonly kind: 'unchanged'; readonly validation: Validation }
  /** Only these services, and the others that they turn out to need, have to be read. */
  | { readonly kind: 'services'; readonly part: PartialValidation }
  /** What changed concerns everything, or nobody can say whom. */
  | { readonly kind: 'everything' };

const everything = { kind: 'everything' } as const;

/** Findings that say something of other services, or of how the catalog and the services belong together. */
const ofOthers = [
  'resolve/duplicate-identity',
  'resolve/unknown-service',
  'workload/no-component',
  // Of instances that need each other in a round, the message depends on who is looked at first.
  'render/shared-instance',
];
/** Findings of the catalog in which a place of another file may stand. */
const withPlaces = /score\.yaml|\.idp\/lock\.yaml|environments\//;
/** Beyond this part of all services it is quicker to read everything. */
const mostServices = 0.2;

/** Compares a snapshot's entries with what an earlier run remembers. */
export function resumeValidation(memory: ValidationMemory, listing: Listing): Resumption {
  const changed = changedServices(memory, listing);
  if (changed === undefined) return everything;
  if (changed.size === 0) return { kind: 'unchanged', validation: validationOf(memory) };
  const { services, catalogFindings } = memory;
  if (areTooMany(changed.size, memory)) return everything;
  if ([...services.findings.values()].flat().some(({ code }) => ofOthers.includes(code))) return everything;
  if (catalogFindings.some((finding) => withPlaces.test(JSON.stringify(finding)))) return everything;
  for (const reads of services.reads.values()) if (reads.includes('*')) return everything;
  if (services.unknown.some((service) => changed.has(service))) return everything;
  const affected = dependentsOf(services, changed, new Set());
  if (areTooMany(affected.size, memory)) return everything;
  return { kind: 'services', part: new PartialValidation(memory, listing, changed, affected) };
}

function areTooMany(services: number, memory: ValidationMemory): boolean {
  return services > 10 && services > mostServices * memory.services.size;
}

/** The services that have other files than before; `undefined` when anything differs that is not the business of one service. */
function changedServices(
  { services, alsoRead, listing: before }: ValidationMemory,
  listing: Listing,
): ReadonlySet<string> | undefined {
  const read = new Set(alsoRead);
  const changed = new Set<string>();
  for (const [path, { before: old, after }] of changesBetween(before, listing)) {
    if (read.has(path) || isCatalogFile(path) || isForeignCatalogFile(path)) return undefined;
    const folder = serviceFolder(path);
    if (folder === undefined) {
      if (isPlatformPath(path) || isPlatformFolder(path)) return undefined;
      // Whether there is such a workflow, and not what is in it: a waiver may name it.
      if (isWorkflowFile(path) && (old === undefined) !== (after === undefined)) return undefined;
      continue;
    }
    if (!services.has(folder)) return undefined;
    if (after === undefined && listing.startingWith(`services/${folder}/`).length === 0) return undefined;
    changed.add(folder);
  }
  return changed;
}

function validationOf({ contextFindings, catalogFindings, services, counts }: ValidationMemory): Validation {
  const found = [...services.findings.values()].flat();
  return { findings: sortFindings([...contextFindings, ...catalogFindings, ...found]), counts };
}

class NeedsServices extends Error {
  readonly services: readonly string[];
  constructor(services: readonly string[]) {
    super(`these services have to be read as well: ${services.join(', ')}`);
    this.services = services;
  }
}
class NeedsEverything extends Error {}

/** The services that have to be looked at again. Their files are asked for first, then judged as in any run. */
export class PartialValidation {
  private readonly memory: ValidationMemory;
  private readonly listing: Listing;
  private readonly changed: ReadonlySet<string>;
  private affected: ReadonlySet<string>;
  private readonly read: Set<string>;
  private readonly alsoRead: ReadonlySet<string>;
  private readonly others = once(() => this.listing.notStartingWith('services/'));

  constructor(memory: ValidationMemory, listing: Listing, changed: ReadonlySet<string>, affected: ReadonlySet<string>) {
    this.memory = memory;
    this.listing = listing;
    this.changed = changed;
    this.affected = affected;
    this.alsoRead = new Set(memory.alsoRead);
    this.read = new Set(this.readFor(affected));
  }

  /** Some services, and those by which they were judged. */
  private readFor(services: ReadonlySet<string>): readonly string[] {
    const { reads } = this.memory.services;
    return [...services].flatMap((service) => [service, ...(reads.get(service) ?? [])]);
  }

  /** Those of the snapshot, without the folders of services that this run has nothing to do with. */
  get entries(): readonly SnapshotEntry[] {
    const { listing, read } = this;
    const folders = [...read].flatMap((service) => listing.startingWith(`services/${service}/`));
    const elsewhere = [...this.alsoRead].filter(
      (path) => path.startsWith('services/') && !read.has(serviceFolder(path) ?? ''),
    );
    return [...this.others(), ...folders, ...elsewhere.flatMap((path) => listing.entry(path) ?? [])];
  }

  /** Which of these entries this run reads. */
  readonly wanted = ({ path }: SnapshotEntry): boolean => this.alsoRead.has(path) || isPlatformPath(path);

  /** How many services are judged again. */
  get size(): number {
    return this.affected.size;
  }

  get services(): ReadonlySet<string> {
    return this.affected;
  }

  /**
   * @param snapshot has the bytes of what is `wanted`
   * @param visit looks at each service that is judged again as well; what it asks the platform for counts as asked for the
   * service. It is begun anew with each answer of `more`, and never sees a change of what the catalog says of a service
   * @param store has what earlier runs parsed
   * @returns `more` when other services have to be read as well: they are `wanted` now; `everything` when only a run
   * over all of them can tell
   */
  validate(
    snapshot: Snapshot,
    visit?: (service: string, platform: Platform) => void,
    store?: Store,
  ): { readonly validation: Validation; readonly memory: ValidationMemory } | 'more' | 'everything' {
    try {
      const services = this.judge(snapshot, visit, store);
      if (services === undefined) return 'everything';
      if (services === 'more') return 'more';
      const memory = { ...this.memory, listing: this.listing, services };
      return { validation: validationOf(memory), memory };
    } catch (error) {
      if (error instanceof NeedsServices) {
        for (const service of error.services) this.read.add(service);
        return 'more';
      }
      // A Score file may name a file that no stage has read before: it is not loaded, and only a whole run looks for it.
      if (error instanceof NeedsEverything || error instanceof NotLoadedError) return 'everything';
      throw error;
    }
  }

  private judge(
    snapshot: Snapshot,
    visit: ((service: string, platform: Platform) => void) | undefined,
    store: Store | undefined,
  ): RememberedServices | 'more' | undefined {
    const { memory } = this;
    const part = snapshotOf(this.entries, ({ path }) => snapshot.read(path));
    const parts = this.load(part, store);
    const now = this.changedServices(parts.platform);
    if (now === undefined || (visit !== undefined && now.concernsCatalog)) return undefined;
    const affected = dependentsOf(memory.services, this.changed, changedQuestions(memory.services, now.shares));
    if (areTooMany(affected.size, memory)) return undefined;
    if (affected.size > this.affected.size) {
      this.affected = affected;
      for (const service of this.readFor(affected)) this.read.add(service);
      return 'more';
    }
    let asked = new Set<string>();
    let questions = new Set<string>();
    const names = namesOf(new Map([...memory.services.shares, ...now.shares]));
    const watched = names.watched((question) => questions.add(question));
    const platform = this.guarded(parts.platform, watched, (service) => asked.add(service));
    const environments = [...platform.environments.values()];
    const { byService } = byFolder(parts);
    const services = new Map<string, RememberedService>();
    for (const service of this.affected) {
      const loaded = parts.platform.workloads.get(service);
      const before = memory.services.get(service);
      if (loaded === undefined || before === undefined) return undefined;
      asked = new Set();
      questions = new Set();
      const found: readonly Finding[] = validateService(service, platform, environments, []);
      visit?.(service, platform);
      asked.delete(service);
      const findings = [...(byService.get(service) ?? []), ...found];
      if (findings.some(({ code }) => ofOthers.includes(code))) return undefined;
      const after = now.services.get(service) ?? before;
      services.set(service, { ...after, reads: [...asked], asks: [...questions], findings });
    }
    return memory.services.with(services);
  }

  /** What is known now of the services that changed; `undefined` when it concerns all others, or is not known. */
  private changedServices({ workloads }: Platform) {
    const services = new Map<string, RememberedService>();
    let concernsCatalog = false;
    for (const service of this.changed) {
      const loaded = workloads.get(service);
      const before = this.memory.services.get(service);
      if (loaded === undefined || before?.facts === undefined) return undefined;
      const facts = serviceFacts(loaded.workload);
      if (facts.identities !== before.facts.identities) return undefined;
      if (facts.declares !== before.facts.declares) concernsCatalog = true;
      services.set(service, { ...before, facts, shares: sharedNamesOf(loaded.workload) });
    }
    const shares = new Map([...services].map(([service, { shares }]) => [service, shares]));
    return { services, shares, concernsCatalog };
  }

  private load(part: Snapshot, store: Store | undefined): PlatformParts {
    const { contextFindings, catalogFindings, services } = this.memory;
    const entityFile = (service: string) => services.get(service)?.entity;
    const known = { contextFindings, catalogFindings, entityFile };
    return isSound(known)
      ? loadKnownPlatform(part, known, store)
      : loadParts(part, { known: { catalog: catalogFindings } });
  }

  /** A platform that has a part of its services, and never answers as if these were all. */
  private guarded(platform: Platform, sharedNames: SharedNames, asked: (service: string) => void): Platform {
    const all = (): never => {
      throw new NeedsEverything();
    };
    const workloads = new WatchedMap(
      platform.workloads,
      (service) => {
        if (!this.read.has(service) && this.memory.services.has(service)) throw new NeedsServices([service]);
        asked(service);
      },
      all,
    );
    const needUnknown = (): void => {
      const missing = this.memory.services.unknown.filter((service) => !this.read.has(service));
      if (missing.length > 0) throw new NeedsServices(missing);
    };
    const { settings, capabilities, brokenCapabilities, environments, workflows, findings } = platform;
    return {
      settings,
      capabilities,
      brokenCapabilities,
      environments,
      workloads,
      sharedNames,
      get unreadableServices() {
        needUnknown();
        return platform.unreadableServices;
      },
      workflows,
      findings,
      get types() {
        return platform.types;
      },
      get policies() {
        return platform.policies;
      },
      get waivers() {
        return platform.waivers;
      },
      get catalog(): never {
        return all();
      },
    };
  }
}
