import { componentOf } from '../catalog/derived-entity.ts';
import { quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { newFindings } from '../finding/new-findings.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { lockFile, serviceFile } from '../layout/paths.ts';
import type { Platform } from '../platform/platform.ts';
import { withLock, withService } from '../platform/with-service.ts';
import type { Mint } from '../resolve/mint.ts';
import { resolve } from '../resolve/resolve.ts';
import { sharesInstances } from '../resolve/shared-instances.ts';
import type { Lock } from '../schema/lock.schema.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { memoryStore } from '../store/memory-store.ts';
import { differs, effectiveChanges } from './effective-changes.ts';
import type { FileChange, ScaffoldPlan } from './file-change.ts';
import { lockService, writeLock } from './plan-lock.ts';
import { refusal } from './refusal.ts';
import type { ClassifiedFile } from './render-scaffold.ts';
import { scaffoldFiles } from './scaffold-files.ts';
import { serviceNextSteps } from './service-next-steps.ts';
import { type Answers, type ServiceOptions, serviceRequest } from './service-request.ts';
import { type Surrounding, Surroundings, wholeSurrounding } from './surroundings.ts';
import { unreadableService } from './unreadable-service.ts';

/**
 * Scaffolds a service from a workload capability: source, tests, Dockerfile, catalog entry, Score file, lock.
 * Everything is checked before the first write; run again with the same answers it changes nothing, with
 * others it refuses, because seeded files belong to their service.
 */
export function planService(snapshot: Snapshot, options: ServiceOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const nearby = planNearby(new Surroundings(snapshot), options, mint);
  return nearby ?? planAmongAll(snapshot, options, mint);
}

/**
 * Scaffolds services one after the other, each as if those before it had been written.
 *
 * @returns what each comes to, in the order of the requests
 */
export function* planServices(
  snapshot: Snapshot,
  requests: Iterable<ServiceOptions>,
  mint: Mint,
): Generator<Outcome<ScaffoldPlan>> {
  const surroundings = new Surroundings(snapshot);
  const written: FileChange[] = [];
  for (const options of requests) {
    const planned =
      planNearby(surroundings, options, mint) ?? planAmongAll(overlaySnapshot(snapshot, written), options, mint);
    const changes = planned.value?.changes ?? [];
    surroundings.take(changes);
    written.push(...changes);
    yield planned;
  }
}

/**
 * The same, decided by the service's surroundings alone: the work does not grow with the number of services.
 *
 * @param surroundings of a snapshot that may lack everything that the service has nothing to do with
 * @returns `undefined` when that is not enough to decide: for a refusal, whose hints know of everything, and for
 * a template whose files concern other services
 */
export function planNearby(
  surroundings: Surroundings,
  options: ServiceOptions,
  mint: Mint,
): Outcome<ScaffoldPlan> | undefined {
  const { after, ...planned } = planAmong(surroundings.of(options), options, mint);
  if (planned.value === undefined || after === undefined || hasErrors(planned.findings)) return undefined;
  return concernsOthers(after, options.name) ? undefined : planned;
}

/** Instances with an `id` may be another's, and entities besides the component may be somewhere else already. */
function concernsOthers(platform: Platform, service: string): boolean {
  const added = platform.catalog.entities.filter(({ source }) => serviceFile(source.path)?.folder === service);
  return sharesInstances(service, platform) || added.some(({ ref }) => ref !== componentOf(service));
}

/** A plan, and the platform as it would be after it. */
type Planned = Outcome<ScaffoldPlan> & { readonly after?: Platform };

/** Decided by everything that the snapshot holds. */
function planAmongAll(snapshot: Snapshot, options: ServiceOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const { after: _, ...planned } = planAmong(wholeSurrounding(snapshot, options.name), options, mint);
  return planned;
}

function planAmong({ base, folder }: Surrounding, options: ServiceOptions, mint: Mint): Planned {
  const request = serviceRequest(options, base);
  if (request.value === undefined) return { findings: request.findings };
  const { template, answers } = request.value;
  const before = withService(base, folder, options.name);
  const unreadable = unreadableService(options.name, before.platform, before.findings);
  if (unreadable !== undefined) return { findings: unreadable };
  const lock = before.platform.workloads.get(options.name)?.workload.lock?.document;
  const locked = folder.entry(lockFile(options.name)) !== undefined;
  if (locked && canonicalJson((lock?.answers ?? null) as Json) !== canonicalJson(answers))
    return { findings: [serviceExists(options.name, otherAnswers(lock?.answers, answers))] };
  const files = scaffoldFiles(template, options, answers, folder);
  if (hasErrors(files.findings)) return { findings: files.findings };
  // Without a lock, an earlier run was interrupted before its last file, or the folder is somebody's own.
  const other = locked ? undefined : files.files.find((file) => isThereAndDiffers(folder, file));
  if (other !== undefined) return { findings: [serviceExists(options.name, `and ${quote(other.path)} is not ours`)] };
  return complete({ base, folder }, before.findings, options, files.files, answers, lock, mint);
}

/** @param files have passed the path gate */
function complete(
  { base, folder }: Surrounding,
  known: readonly Finding[],
  { name, owner }: ServiceOptions,
  files: readonly ClassifiedFile[],
  answers: Answers,
  previous: Lock | undefined,
  mint: Mint,
): Planned {
  // A seeded file is written once: one that its people removed stays away.
  const wanted = previous === undefined ? files : files.filter((file) => file.class === 'managed');
  const written = wanted.filter((file) => differs(folder, file)).map(({ class: _, ...change }): FileChange => change);
  const sources = previous === undefined ? undefined : memoryStore();
  const scaffolded = overlaySnapshot(folder, written);
  const unlocked = withService(base, scaffolded, name, sources);
  const locked = lockService(name, unlocked.platform, [], mint);
  if (locked.value === undefined) return { findings: locked.findings };
  const ownership = Object.fromEntries(files.map((file) => [file.path.slice(`services/${name}/`.length), file.class]));
  const lock: Lock = {
    ...locked.value,
    answers: { ...answers },
    files: previous?.files ?? ownership,
  };
  const lockChange = effectiveChanges(
    folder,
    [`services/${name}`],
    [{ path: lockFile(name), content: writeLock(lock) }],
  );
  const changes = [...written, ...lockChange.changes];
  // Nothing that we know to be broken is written.
  const complete = overlaySnapshot(scaffolded, lockChange.changes);
  const after =
    previous === undefined ? withLock(unlocked, complete, name) : withService(base, complete, name, sources);
  const introduced = newFindings(known, after.findings);
  const problems = [...introduced, ...resolve(name, after.platform).findings];
  if (hasErrors(problems)) return { findings: problems.filter(({ severity }) => severity === 'error') };
  const summary =
    changes.length === 0
      ? `nothing to do: services/${name} is there and as it should be`
      : `${name}: ${changes.length === 1 ? '1 file' : `${changes.length} files`} for a service of ${owner}`;
  return {
    value: {
      changes,
      summary,
      nextSteps: changes.length === 0 ? [] : serviceNextSteps(name, files, base.settings.branch),
    },
    findings: lockChange.findings,
    after: after.platform,
  };
}

function serviceExists(name: string, how: string): Finding {
  return refusal(
    'service-exists',
    `services/${name} is there already, ${how}`,
    'edit its files, or choose another name',
    `service:${name}`,
  );
}

/** `made with other answers (system: none → billing)`: what is there, and what was asked for. */
function otherAnswers(before: Lock['answers'], after: Answers): string {
  if (before === undefined) return 'and its lock has no answers to compare with';
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const different = names.flatMap((name) => {
    const [old, asked] = [shownAnswer(before, name), shownAnswer(after, name)];
    return old === asked ? [] : [`${name}: ${old} → ${asked}`];
  });
  return `made with other answers (${different.join(', ')})`;
}

function shownAnswer(answers: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (value === undefined) return 'none';
  return typeof value === 'string' && /^[\w:/.@-]+$/.test(value) ? value : JSON.stringify(value);
}

function isThereAndDiffers(snapshot: Snapshot, change: FileChange): boolean {
  return snapshot.entry(change.path) !== undefined && differs(snapshot, change);
}
