import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { isPlatformPath, serviceFolder } from '../layout/paths.ts';
import { loadParts } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { validateService } from '../platform/validate-platform.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import { NotLoadedError, type Snapshot, type SnapshotEntry } from '../snapshot/snapshot.ts';
import { type Inputs, inputsOf } from './inputs.ts';
import type { RememberedService, ValidationMemory } from './memory.ts';
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
const ofOthers = ['resolve/duplicate-identity', 'resolve/unknown-service', 'workload/no-component'];
/** Findings of the catalog in which a place of another file may stand. */
const withPlaces = /score\.yaml|\.idp\/lock\.yaml|environments\//;
/** Beyond this part of all services it is quicker to read everything. */
const mostServices = 0.2;

/** Compares a snapshot's entries with what an earlier run remembers. */
export function resumeValidation(memory: ValidationMemory, entries: readonly SnapshotEntry[]): Resumption {
  const inputs = inputsOf(entries, new Set(memory.alsoRead));
  if (inputs.context !== memory.context || inputs.services.size !== memory.services.size) return everything;
  const changed = new Set<string>();
  for (const [service, { catalog, own }] of inputs.services) {
    const before = memory.services.get(service);
    if (before === undefined || before.catalog !== catalog) return everything;
    if (before.own !== own) changed.add(service);
  }
  if (changed.size === 0) return { kind: 'unchanged', validation: validationOf(memory) };
  if (changed.size > 10 && changed.size > mostServices * inputs.services.size) return everything;
  const found = [...memory.services.values()].flatMap(({ findings }) => findings);
  if (found.some(({ code }) => ofOthers.includes(code))) return everything;
  if (memory.catalogFindings.some((finding) => withPlaces.test(JSON.stringify(finding)))) return everything;
  const affected = new Set(changed);
  for (const [service, { reads }] of memory.services) {
    if (reads.includes('*')) return everything;
    if (reads.some((other) => changed.has(other))) affected.add(service);
  }
  for (const service of affected) if (memory.services.get(service)?.facts === undefined) return everything;
  return { kind: 'services', part: new PartialValidation(memory, inputs, entries, changed, affected) };
}

function validationOf({ contextFindings, catalogFindings, services, counts }: ValidationMemory): Validation {
  const found = [...services.values()].flatMap(({ findings }) => findings);
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
  private readonly inputs: Inputs;
  private readonly entries: readonly SnapshotEntry[];
  private readonly changed: ReadonlySet<string>;
  private readonly affected: ReadonlySet<string>;
  private readonly read: Set<string>;
  private readonly alsoRead: ReadonlySet<string>;

  constructor(
    memory: ValidationMemory,
    inputs: Inputs,
    entries: readonly SnapshotEntry[],
    changed: ReadonlySet<string>,
    affected: ReadonlySet<string>,
  ) {
    this.memory = memory;
    this.inputs = inputs;
    this.entries = entries;
    this.changed = changed;
    this.affected = affected;
    this.alsoRead = new Set(memory.alsoRead);
    this.read = new Set([
      ...affected,
      ...[...affected].flatMap((service) => memory.services.get(service)?.reads ?? []),
    ]);
  }

  /** The entries whose bytes this run reads. */
  readonly wanted = ({ path }: SnapshotEntry): boolean =>
    this.alsoRead.has(path) || (this.sees(path) && isPlatformPath(path));

  /** Everything but the folders of services that this run has nothing to do with. */
  private sees(path: string): boolean {
    const folder = serviceFolder(path);
    return folder === undefined || this.read.has(folder) || this.alsoRead.has(path);
  }

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
   * service. It is begun anew with each answer of `more`
   * @returns `more` when other services have to be read as well: they are `wanted` now; `everything` when only a run
   * over all of them can tell
   */
  validate(
    snapshot: Snapshot,
    visit?: (service: string, platform: Platform) => void,
  ): { readonly validation: Validation; readonly memory: ValidationMemory } | 'more' | 'everything' {
    try {
      const services = this.judge(snapshot, visit);
      if (services === undefined) return 'everything';
      const memory = { ...this.memory, services };
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
  ): ReadonlyMap<string, RememberedService> | undefined {
    const { memory, inputs } = this;
    const part = snapshotOf(
      this.entries.filter(({ path }) => this.sees(path)),
      ({ path }) => snapshot.read(path),
    );
    const parts = loadParts(part, { known: { catalog: memory.catalogFindings } });
    let asked = new Set<string>();
    const platform = this.guarded(parts.platform, (service) => asked.add(service));
    const environments = [...platform.environments.values()];
    const { byService } = byFolder(parts);
    const services = new Map(memory.services);
    for (const service of this.affected) {
      const loaded = parts.platform.workloads.get(service);
      const before = memory.services.get(service);
      const input = inputs.services.get(service);
      if (loaded === undefined || before === undefined || input === undefined) return undefined;
      const facts = serviceFacts(loaded.workload);
      if (facts === undefined || (this.changed.has(service) && facts !== before.facts)) return undefined;
      asked = new Set();
      const found: readonly Finding[] = validateService(service, platform, environments, []);
      visit?.(service, platform);
      asked.delete(service);
      const findings = [...(byService.get(service) ?? []), ...found];
      if (findings.some(({ code }) => ofOthers.includes(code))) return undefined;
      services.set(service, { ...input, facts, reads: [...asked], findings });
    }
    return services;
  }

  /** A platform that has a part of its services, and never answers as if these were all. */
  private guarded(platform: Platform, asked: (service: string) => void): Platform {
    const all = (): never => {
      throw new NeedsEverything();
    };
    const workloads = new WatchedMap(
      platform.workloads,
      (service) => {
        if (!this.read.has(service) && this.inputs.services.has(service)) throw new NeedsServices([service]);
        asked(service);
      },
      all,
    );
    const mayShare = () => {
      const sharing = [...this.memory.services].filter(([, { facts }]) => facts === undefined).map(([name]) => name);
      const missing = sharing.filter((service) => !this.read.has(service));
      if (missing.length > 0) throw new NeedsServices(missing);
      return platform.workloads.values();
    };
    return {
      ...platform,
      workloads,
      mayShare,
      get catalog(): never {
        return all();
      },
    };
  }
}
