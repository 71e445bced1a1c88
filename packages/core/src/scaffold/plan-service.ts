import { quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { lockFile } from '../layout/paths.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import type { Mint } from '../resolve/mint.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Lock } from '../schema/lock.schema.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { effectiveChanges } from './effective-changes.ts';
import type { FileChange, ScaffoldPlan } from './file-change.ts';
import { lockService, writeLock } from './plan-lock.ts';
import { refusal } from './refusal.ts';
import type { ClassifiedFile } from './render-scaffold.ts';
import { scaffoldFiles } from './scaffold-files.ts';
import { type Answers, type ServiceOptions, serviceRequest } from './service-request.ts';

/**
 * Scaffolds a service from a workload capability: source, tests, Dockerfile, catalog entry, Score file, lock.
 * Everything is checked before the first write; run again with the same answers it changes nothing, with
 * others it refuses, because seeded files belong to their service.
 */
export function planService(snapshot: Snapshot, options: ServiceOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const platform = loadPlatform(snapshot);
  const request = serviceRequest(options, platform);
  if (request.value === undefined) return { findings: request.findings };
  const { template, answers } = request.value;
  const lock = platform.workloads.get(options.name)?.workload.lock?.document;
  const locked = snapshot.entry(lockFile(options.name)) !== undefined;
  if (locked && canonicalJson((lock?.answers ?? null) as Json) !== canonicalJson(answers))
    return { findings: [serviceExists(options.name, otherAnswers(lock?.answers, answers))] };
  const files = scaffoldFiles(template, options, answers, snapshot);
  if (hasErrors(files.findings)) return { findings: files.findings };
  // Without a lock, an earlier run was interrupted before its last file, or the folder is somebody's own.
  const other = locked ? undefined : files.files.find((file) => isThereAndDiffers(snapshot, file));
  if (other !== undefined) return { findings: [serviceExists(options.name, `and ${quote(other.path)} is not ours`)] };
  return complete(snapshot, platform, options, files.files, answers, mint);
}

function complete(
  snapshot: Snapshot,
  before: Platform,
  options: ServiceOptions,
  files: readonly ClassifiedFile[],
  answers: Answers,
  mint: Mint,
): Outcome<ScaffoldPlan> {
  const { name } = options;
  const previous = before.workloads.get(name)?.workload.lock?.document;
  // A seeded file is written once: one that its people removed stays away.
  const wanted = previous === undefined ? files : files.filter((file) => file.class === 'managed');
  const gated = effectiveChanges(
    snapshot,
    [`services/${name}`],
    wanted.map(({ path, content, mode }) => ({ path, content, ...(mode !== undefined && { mode }) })),
  );
  if (hasErrors(gated.findings)) return { findings: gated.findings };
  const after = overlaySnapshot(snapshot, gated.changes);
  const platform = loadPlatform(after);
  const locked = lockService(name, platform, [], mint);
  if (locked.value === undefined) return { findings: locked.findings };
  const ownership = Object.fromEntries(files.map((file) => [file.path.slice(`services/${name}/`.length), file.class]));
  const lock: Lock = {
    ...locked.value,
    answers: { ...answers },
    files: previous?.files ?? ownership,
  };
  const lockChange = effectiveChanges(
    snapshot,
    [`services/${name}`],
    [{ path: lockFile(name), content: writeLock(lock) }],
  );
  const changes = [...gated.changes, ...lockChange.changes];
  const problems = newFindings(name, overlaySnapshot(snapshot, changes), before);
  if (hasErrors(problems)) return { findings: problems };
  const summary =
    changes.length === 0
      ? `services/${name} is there already and as it should be`
      : `${name}: ${changes.length === 1 ? '1 file' : `${changes.length} files`} for a service of ${options.owner}`;
  return {
    value: { changes, summary, nextSteps: changes.length === 0 ? [] : nextSteps(name) },
    findings: lockChange.findings,
  };
}

/** What would be wrong after the writes and is not wrong already: nothing that we know to be broken is written. */
function newFindings(service: string, after: Snapshot, before: Platform): readonly Finding[] {
  const platform = loadPlatform(after);
  const known = new Set(before.findings.map((finding) => JSON.stringify(finding)));
  const introduced = platform.findings.filter((finding) => !known.has(JSON.stringify(finding)));
  return [...introduced, ...resolve(service, platform).findings].filter(({ severity }) => severity === 'error');
}

function nextSteps(name: string): readonly string[] {
  return [
    `read services/${name}/README.md`,
    `npx nx run ${name}:test                     # it builds and its tests pass; without Nx: npm ci && npm test there`,
    `npx idp g add ${name} postgres --as=db      # give it a capability`,
    'npx idp plan --base=main                    # what this does to each environment',
  ];
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
  return snapshot.entry(change.path) !== undefined && effectiveChanges(snapshot, [''], [change]).changes.length > 0;
}
