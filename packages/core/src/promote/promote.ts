import { decodeText } from '../digest/text.ts';
import { closedBy, type Environment } from '../environment/environment.ts';
import { quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors } from '../finding/finding.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { RenderedTree } from '../render/rendered-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { ReleaseRecord } from '../schema/record.schema.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { BranchState, BranchUpdate, FileWrite } from './ports.ts';
import type { PromotedService } from './promoted-service.ts';
import { promotionMessage } from './promotion-message.ts';
import { readRecord, recordedServices, recordPath, writeRecord } from './record.ts';

/** What a promotion is decided from; nothing else is read. */
export interface PromotionInput {
  readonly environment: Environment;
  /** The commit of the main branch that was rendered. */
  readonly commit: string;
  /** One after the other: each is let go when it has been decided. */
  readonly services: Iterable<EvaluatedService>;
  /** Services that are in the repository and cannot be read: they stay as they are, and are not gone. */
  readonly unreadable: ReadonlyMap<string, readonly Finding[]>;
  /** What the policies say of a service. */
  readonly judge: (service: EvaluatedService) => readonly Finding[];
  readonly branch: BranchState;
  /** In UTC: `2026-11-21T09:00:00.000Z`. */
  readonly now: string;
  /** Whether services on the branch that are not among `services` are gone, or were just not asked for. */
  readonly whole: boolean;
}

export type PromotionDecision =
  /** The environment has conditions that this verb does not judge. */
  | { readonly kind: 'closed'; readonly findings: readonly Finding[] }
  | { readonly kind: 'nothing'; readonly unchanged: number; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'commit';
      readonly update: BranchUpdate;
      readonly promoted: readonly PromotedService[];
      readonly unchanged: number;
      readonly findings: readonly Finding[];
    };

/**
 * Decides what one promotion writes: the manifests and the record of every service whose rendered tree or
 * release differs from what the branch holds. Services with errors stay as they are and are named; nothing is
 * ever deleted (docs/decisions.md, "Promotion without a forge").
 */
export function promote(input: PromotionInput): PromotionDecision {
  const { environment, branch, commit } = input;
  const closed = closedBy(environment);
  if (closed !== undefined) return { kind: 'closed', findings: [closedFinding(environment, closed)] };
  const findings: Finding[] = [];
  const writes: FileWrite[] = [];
  const promoted: PromotedService[] = [];
  const names = new Set(input.unreadable.keys());
  let unchanged = 0;
  for (const evaluated of input.services) {
    names.add(evaluated.service);
    const blocking = blockers(evaluated, input);
    findings.push(...blocking);
    const tree = evaluated.trees.get(environment.name);
    if (blocking.length > 0 || evaluated.resolution === undefined || tree === undefined) continue;
    const moved = promoteService(evaluated.resolution, tree, input);
    findings.push(...moved.findings);
    writes.push(...moved.writes);
    if (moved.promoted === undefined) unchanged += 1;
    else promoted.push(moved.promoted);
  }
  for (const [service, own] of input.unreadable) findings.push(blockedFinding(service, own));
  if (input.whole) findings.push(...goneServices(branch, names));
  if (promoted.length === 0) return { kind: 'nothing', unchanged, findings };
  const message = promotionMessage(environment.name, commit, promoted);
  return {
    kind: 'commit',
    update: { branch: branch.branch, expected: branch.oid, writes, message },
    promoted,
    unchanged,
    findings,
  };
}

function closedFinding({ name, document, source }: Environment, field: 'gates' | 'after' | 'promotion'): Finding {
  const reasons = {
    gates: 'has gates, which this version does not judge',
    after: `comes after ${document.spec.after?.join(', ')}, which this version does not judge`,
    promotion: 'is promoted by pull requests, which this version does not open',
  };
  return {
    code: 'promote/gated',
    severity: 'error',
    message: `${name} ${reasons[field]}: nothing was promoted`,
    hint: 'promote to an environment without `gates` and `after`, and with `promotion: automatic`',
    subject: `environment:${name}`,
    ...source.locate(['spec', field], 'key'),
  };
}

/** Why a service stays as it is, if it does. */
function blockers(evaluated: EvaluatedService, { environment, judge }: PromotionInput): readonly Finding[] {
  const { service, findings, trees } = evaluated;
  const own = [...findings, ...judge(evaluated)];
  return hasErrors(own) || !trees.has(environment.name) ? [blockedFinding(service, own)] : [];
}

/** One finding that leads to the others. */
function blockedFinding(service: string, findings: readonly Finding[]): Finding {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return {
    ...first,
    code: 'promote/blocked',
    severity: 'error',
    message: `${service} is not promoted: ${first?.message ?? 'it was not rendered'}${more}`,
    hint: first?.hint ?? '`npx idp check` says why',
    subject: `service:${service}`,
  };
}

interface Moved {
  readonly writes: readonly FileWrite[];
  readonly findings: readonly Finding[];
  readonly promoted: PromotedService | undefined;
}

function promoteService(resolution: Resolution, tree: RenderedTree, input: PromotionInput): Moved {
  const { branch, environment } = input;
  const before = readRecord(branch.snapshot, resolution.service, environment.name);
  if (before.kind === 'invalid')
    return {
      writes: [],
      promoted: undefined,
      findings: [invalidRecord(resolution.service, environment, before.reason)],
    };
  const previous = before.kind === 'record' ? before.record : undefined;
  const changed = [...tree.files].filter(([path, content]) => textAt(branch.snapshot, path) !== content);
  const same = previous?.release === tree.release && previous.tree === tree.digest;
  const retained = retainedManifests(previous, tree, branch.snapshot);
  const findings = retained
    .filter((path) => !(previous?.retained ?? []).includes(path))
    .map((path) => retainedFinding(resolution.service, path));
  const record = newRecord(resolution, tree, retained, input);
  const kept = same ? { ...record, soakStart: previous.soakStart, source: previous.source } : record;
  const writes: FileWrite[] = changed.map(([path, content]) => ({ path, content }));
  const recordText = writeRecord(kept);
  if (textAt(branch.snapshot, recordPath(resolution.service)) !== recordText)
    writes.push({ path: recordPath(resolution.service), content: recordText });
  if (writes.length === 0) return { writes, findings, promoted: undefined };
  const change =
    previous === undefined ? 'new' : same ? 'restored' : previous.release === tree.release ? 'environment' : 'release';
  return {
    writes,
    findings,
    promoted: { service: resolution.service, release: tree.release, change, written: changed.length },
  };
}

function textAt(snapshot: Snapshot, path: string): string | undefined {
  const entry = snapshot.entry(path);
  if (entry === undefined || entry.mode !== '100644') return undefined;
  const bytes = snapshot.read(path);
  return bytes && decodeText(bytes);
}

/** What an earlier promotion wrote and this one no longer renders: it stays until deletion is decided. */
function retainedManifests(
  previous: ReleaseRecord | undefined,
  tree: RenderedTree,
  branch: Snapshot,
): readonly string[] {
  const earlier = [...(previous?.manifests ?? []), ...(previous?.retained ?? [])];
  return [...new Set(earlier)].filter((path) => !tree.files.has(path) && branch.entry(path) !== undefined).sort();
}

function newRecord(
  resolution: Resolution,
  tree: RenderedTree,
  retained: readonly string[],
  { environment, commit, now }: PromotionInput,
): ReleaseRecord {
  const capabilities = [...resolution.uses.values(), ...(resolution.runs === undefined ? [] : [resolution.runs])].map(
    ({ capability }) => [capability.name, capability.version] as const,
  );
  return {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Record',
    service: resolution.service,
    environment: environment.name,
    namespace: resolution.namespace,
    release: tree.release,
    tree: tree.digest,
    targets: Object.fromEntries(tree.targets.map(({ target, digest }) => [target, digest])),
    source: { commit },
    renderer: resolution.renderer,
    capabilities: Object.fromEntries(capabilities),
    instances: Object.fromEntries([...resolution.uses].map(([path, { instance }]) => [path, { ...instance }])),
    manifests: [...tree.files.keys()],
    retained: [...retained],
    soakStart: now,
  };
}

function retainedFinding(service: string, path: string): Finding {
  return {
    code: 'promote/retained',
    severity: 'warning',
    message: `${quote(path)} is no longer rendered and stays on the branch: this version never deletes a manifest`,
    hint: 'remove the object by hand when you are sure, or wait for the version that plans deletions',
    subject: `service:${service}`,
  };
}

function invalidRecord(service: string, environment: Environment, reason: string): Finding {
  return {
    code: 'promote/invalid-record',
    severity: 'error',
    message: `the record of ${service} on ${environment.branch} cannot be read: ${reason}; the service was left as it is`,
    hint: `restore ${recordPath(service)} on ${environment.branch} from its history`,
    subject: `service:${service}`,
  };
}

function goneServices(branch: BranchState, names: ReadonlySet<string>): readonly Finding[] {
  return recordedServices(branch.snapshot)
    .filter((service) => !names.has(service))
    .map((service) => ({
      code: 'promote/service-gone',
      severity: 'warning',
      message: `${quote(service)} is on ${branch.branch} but no longer in the repository; it keeps running: this version never deletes a manifest`,
      hint: 'wait for the version that plans deletions',
      subject: `service:${service}`,
    }));
}
