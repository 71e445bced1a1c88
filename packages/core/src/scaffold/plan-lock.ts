import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { lockFile } from '../layout/paths.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { rendererVersion } from '../render/renderer-version.ts';
import { builtContainers } from '../resolve/built-images.ts';
import { neededCapabilities } from '../resolve/capability-uses.ts';
import { expectedLock } from '../resolve/expected-lock.ts';
import type { Mint } from '../resolve/mint.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Workload } from '../workload/workload.ts';
import { writeYaml } from '../yaml/write-yaml.ts';
import { effectiveChanges, gateChanges } from './effective-changes.ts';
import type { FileChange, ScaffoldPlan } from './file-change.ts';
import { changedManagedFiles } from './managed-files.ts';
import { refusal } from './refusal.ts';
import { unreadableService } from './unreadable-service.ts';

/** What `idp lock` is asked for. */
export interface LockOptions {
  /** Without any, every service. */
  readonly services: readonly string[];
  /** `main=registry.example.com/checkout@sha256:…`: what was built for a container. One service only. */
  readonly images: readonly string[];
}

/** The lock's text. */
export function writeLock(lock: Lock): string {
  return `# Written by \`idp lock\`: identities and exact versions. Commit it; do not edit it.\n${writeYaml(lock as unknown as Json)}`;
}

/**
 * Brings locks up to date: mints identities that are missing, takes the workspace's versions, moves on to the newest
 * renderer (not when it pins images), pins images, writes managed files anew.
 */
export function planLock(snapshot: Snapshot, options: LockOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const platform = loadPlatform(snapshot);
  const named = options.services.length > 0 ? options.services : [...platform.unreadableServices];
  const unreadable = new Map(
    named.map((service) => [service, unreadableService(service, platform, platform.findings)] as const),
  );
  const unknown = options.services.filter(
    (service) => !platform.workloads.has(service) && unreadable.get(service) === undefined,
  );
  if (unknown.length > 0) {
    return {
      findings: unknown.map((service) =>
        refusal(
          'unknown-service',
          `there is no service ${quote(service)}`,
          didYouMean(service, platform.workloads.keys()) ?? 'a service is in services/<name>',
          'option:service',
        ),
      ),
    };
  }
  if (options.images.length > 0 && options.services.length !== 1) {
    return {
      findings: [
        refusal('image-service', 'an image is pinned for one service', 'name it: `idp lock checkout --image=main=…`'),
      ],
    };
  }
  // What pins an image after a build runs unattended: it changes the image, and not how all is rendered.
  const renderer = options.images.length > 0 ? undefined : rendererVersion;
  const services = options.services.length > 0 ? options.services : [...platform.workloads.keys(), ...named];
  const findings: Finding[] = [];
  const changes: FileChange[] = [];
  let locks = 0;
  let failed = 0;
  for (const service of services) {
    const broken = unreadable.get(service);
    const locked =
      broken === undefined
        ? lockService(service, platform, options.images, mint, renderer)
        : { value: undefined, findings: broken };
    findings.push(...locked.findings);
    const planned = locked.value && changesOf(service, locked.value, platform, snapshot);
    findings.push(...(planned?.findings ?? []));
    if (planned?.value === undefined) failed += 1;
    else {
      locks += planned.value.locks.length;
      changes.push(...planned.value.locks, ...planned.value.managed);
    }
  }
  const summary = lockSummary(services.length, locks, changes.length - locks, failed);
  return { value: { changes, summary, nextSteps: [] }, findings };
}

interface LockChanges {
  /** One at most. */
  readonly locks: readonly FileChange[];
  readonly managed: readonly FileChange[];
}

/** The lock and the managed files of a service, where they are not as they should be: all of them, or none. */
function changesOf(service: string, lock: Lock, platform: Platform, snapshot: Snapshot): Outcome<LockChanges> {
  const granted = [`services/${service}`];
  const text = writeLock(lock);
  const workload = platform.workloads.get(service)?.workload;
  const { files = [] } = workload ? changedManagedFiles(workload, platform.capabilities, snapshot) : {};
  const managed = files.map(({ class: _, ...change }) => change);
  const locks = effectiveChanges(snapshot, granted, [{ path: lockFile(service), content: text }]);
  // Managed files are known to differ; their old bytes are not loaded here.
  const findings = [...locks.findings, ...gateChanges(snapshot, granted, managed)];
  return hasErrors(findings) ? { findings } : { value: { locks: locks.changes, managed }, findings };
}

function lockSummary(all: number, outdated: number, managed: number, failed: number): string {
  const files = managed === 1 ? '1 managed file was' : `${managed} managed files were`;
  const changed = managed === 0 ? [] : [`${files} not as the template makes ${managed === 1 ? 'it' : 'them'}`];
  const unmade = failed === 0 ? [] : [`${failed} could not be made`];
  const locks =
    outdated === 0 && failed === 0
      ? 'every lock is up to date'
      : `${outdated} of ${all} ${all === 1 ? 'lock was' : 'locks were'} outdated`;
  return [locks, ...changed, ...unmade].join(', ');
}

/**
 * The lock of one service; not made when its needs cannot be known.
 *
 * @param renderer the one to move on to; without it, the lock's own stays
 */
export function lockService(
  service: string,
  platform: Platform,
  images: readonly string[],
  mint: Mint,
  renderer?: string,
): Outcome<Lock> {
  const loaded = platform.workloads.get(service);
  if (loaded === undefined) return { findings: [] };
  const { workload } = loaded;
  // A broken lock is what this verb mends, by minting anew only what cannot be read: refuse, a person decides.
  const own = loaded.findings.filter(({ severity }) => severity === 'error');
  const needs = neededCapabilities(workload, platform);
  const findings = [...own, ...needs.findings];
  if (hasErrors(findings)) return { findings };
  const pinned = pinnedImages(workload, images);
  if (hasErrors(pinned.findings)) return { findings: pinned.findings };
  const lock = expectedLock(workload, needs, workload.lock?.document, mint, renderer);
  return { value: { ...lock, images: { ...lock.images, ...pinned.images } }, findings };
}

const imagePattern = /^([a-z0-9][-a-z0-9]*)=([a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64})$/;

function pinnedImages(
  workload: Workload,
  images: readonly string[],
): { readonly images: Lock['images']; readonly findings: readonly Finding[] } {
  const built = builtContainers(workload);
  const pinned: Record<string, string> = {};
  const findings: Finding[] = [];
  for (const text of images) {
    const [, container = '', image = ''] = imagePattern.exec(text) ?? [];
    if (image === '')
      findings.push(
        refusal(
          'image',
          `${quote(text)} is not \`<container>=<repository>@sha256:<digest>\``,
          'an image is pinned by its digest',
        ),
      );
    else if (!built.has(container))
      findings.push(
        refusal(
          'image',
          `no container ${quote(container)} with \`image: .\` is in ${workload.service}`,
          didYouMean(container, built),
        ),
      );
    else pinned[container] = image;
  }
  return { images: pinned, findings };
}
