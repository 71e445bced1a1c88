import { decodeText } from '../digest/text.ts';
import { closedBy, type Environment } from '../environment/environment.ts';
import { type Finding, hasErrors } from '../finding/finding.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { RenderedTree } from '../render/rendered-tree.ts';
import type { Sharing } from '../render/shared-readings.ts';
import { capabilitiesOf, type Resolution } from '../resolve/resolution.ts';
import type { ReleaseRecord } from '../schema/record.schema.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type BranchClaims, branchClaims, isOwnManifest } from './branch-claims.ts';
import { type Candidate, closedCandidates } from './closure.ts';
import type { BranchState, BranchUpdate, FileWrite } from './ports.ts';
import type { PromotedService } from './promoted-service.ts';
import {
  blockedFinding,
  closedFinding,
  goneServices,
  identityChanged,
  identityTaken,
  invalidRecord,
  retainedFinding,
} from './promotion-findings.ts';
import { promotionMessage } from './promotion-message.ts';
import { readRecord, recordPath, writeRecord } from './record.ts';
import { isReplacedWorkload } from './replaced-workload.ts';

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

/** What a promotion does; findings say what it leaves as it is, and why. */
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
 * deleted but a Deployment whose place a StatefulSet takes (docs/decisions.md, "Promotion without a forge").
 */
export function promote(input: PromotionInput): PromotionDecision {
  const { environment, branch, commit } = input;
  const condition = closedBy(environment);
  if (condition !== undefined) return { kind: 'closed', findings: [closedFinding(environment, condition)] };
  const findings: Finding[] = [];
  const writes: FileWrite[] = [];
  const promoted: PromotedService[] = [];
  const names = new Set(input.unreadable.keys());
  const claims = branchClaims(branch.snapshot, environment.name);
  const candidates: MovedCandidate[] = [];
  let unchanged = 0;
  for (const evaluated of input.services) {
    names.add(evaluated.service);
    const said = [...evaluated.findings, ...input.judge(evaluated)];
    const tree = evaluated.trees.get(environment.name);
    if (hasErrors(said) || evaluated.resolution === undefined || tree === undefined) {
      findings.push(blockedFinding(evaluated.service, said));
      continue;
    }
    const { promoted: here, record, ...moved } = promoteService(evaluated, evaluated.resolution, tree, input, claims);
    if (here !== undefined && record !== undefined) {
      const { reads = [] } = evaluated.sharing.get(environment.name) ?? {};
      candidates.push({ service: evaluated.service, reads, record, promoted: here, ...moved, said });
      continue;
    }
    findings.push(...moved.findings);
    if (!hasErrors(moved.findings)) unchanged += 1;
  }
  const closed = closedCandidates(
    candidates,
    (service) => recordOf(branch.snapshot, service, environment),
    environment,
  );
  findings.push(...closed.findings);
  for (const candidate of closed.kept) {
    // What was not judged, or will not start, is said when it goes.
    findings.push(...candidate.findings, ...candidate.said);
    writes.push(...candidate.writes);
    promoted.push(candidate.promoted);
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

interface Moved {
  readonly writes: readonly FileWrite[];
  readonly findings: readonly Finding[];
  readonly promoted: PromotedService | undefined;
  readonly record?: ReleaseRecord;
}

interface MovedCandidate extends Candidate {
  readonly writes: readonly FileWrite[];
  readonly findings: readonly Finding[];
  readonly promoted: PromotedService;
  /** What else is known of it. */
  readonly said: readonly Finding[];
}

function recordOf(branch: Snapshot, service: string, { name }: Environment): ReleaseRecord | undefined {
  const found = readRecord(branch, service, name);
  return found.kind === 'record' ? found.record : undefined;
}

function promoteService(
  { sharing }: EvaluatedService,
  resolution: Resolution,
  tree: RenderedTree,
  input: PromotionInput,
  claims: BranchClaims,
): Moved {
  const { branch, environment } = input;
  const { service } = resolution;
  const refuse = (finding: Finding): Moved => ({ writes: [], promoted: undefined, findings: [finding] });
  const before = readRecord(branch.snapshot, service, environment.name);
  if (before.kind === 'invalid') return refuse(invalidRecord(service, environment, before.reason));
  const previous = before.kind === 'record' ? before.record : undefined;
  const changedIdentity = previous && identityChange(previous, resolution);
  if (changedIdentity !== undefined) return refuse(identityChanged(service, environment, changedIdentity));
  const taken = claims.taken(resolution, tree);
  if (taken !== undefined) return refuse(identityTaken(service, environment, taken));
  const changed = [...tree.files].filter(([path, content]) => textAt(branch.snapshot, path) !== content);
  const same = previous?.release === tree.release && previous.tree === tree.digest;
  const left = manifestsLeft(previous, tree, branch.snapshot);
  const replaced = left.filter((path) => isReplacedWorkload(path, tree.files));
  const retained = left.filter((path) => !replaced.includes(path));
  const fresh = retained.filter((path) => !(previous?.retained ?? []).includes(path));
  const findings = fresh.length === 0 ? [] : [retainedFinding(service, fresh)];
  const record = newRecord(
    resolution,
    tree,
    { previous, retained, shares: sharing.get(environment.name)?.shares },
    input,
  );
  const kept = same ? { ...record, soakStart: previous.soakStart, source: previous.source } : record;
  const writes: FileWrite[] = [
    ...changed.map(([path, content]) => ({ path, content })),
    ...replaced.map((path) => ({ path, content: undefined })),
  ];
  const recordText = writeRecord(kept);
  if (textAt(branch.snapshot, recordPath(resolution.service)) !== recordText)
    writes.push({ path: recordPath(resolution.service), content: recordText });
  if (writes.length === 0) return { writes, findings, promoted: undefined };
  const change =
    previous === undefined ? 'new' : same ? 'restored' : previous.release === tree.release ? 'environment' : 'release';
  return {
    writes,
    findings,
    record: kept,
    promoted: { service: resolution.service, release: tree.release, change, written: changed.length + replaced.length },
  };
}

function textAt(snapshot: Snapshot, path: string): string | undefined {
  const entry = snapshot.entry(path);
  if (entry === undefined || entry.mode !== '100644') return undefined;
  const bytes = snapshot.read(path);
  return bytes && decodeText(bytes);
}

/** What an earlier promotion wrote and this one no longer renders. */
function manifestsLeft(previous: ReleaseRecord | undefined, tree: RenderedTree, branch: Snapshot): readonly string[] {
  const earlier = [...(previous?.manifests ?? []), ...(previous?.retained ?? [])];
  // A record is untrusted: what lies elsewhere is not this service's to keep.
  const own = (path: string): boolean => isOwnManifest(path, tree.service, previous?.namespace ?? '');
  return [...new Set(earlier)]
    .filter((path) => own(path) && !tree.files.has(path) && branch.entry(path) !== undefined)
    .sort();
}

interface Before {
  readonly previous: ReleaseRecord | undefined;
  readonly retained: readonly string[];
  readonly shares: Sharing['shares'] | undefined;
}

/** What was promoted under a path and is another thing now. */
function identityChange(previous: ReleaseRecord, { namespace, uses }: Resolution): string | undefined {
  if (previous.namespace !== namespace) return `its namespace is ${previous.namespace} there and ${namespace} here`;
  for (const [path, { instance }] of uses) {
    const before = Object.hasOwn(previous.instances, path) ? previous.instances[path] : undefined;
    if (before !== undefined && (before.id !== instance.id || before.name !== instance.name))
      return `${path} is ${before.name} (${before.id}) there and ${instance.name} (${instance.id}) here`;
  }
  return undefined;
}

function newRecord(
  resolution: Resolution,
  tree: RenderedTree,
  { previous, retained, shares = new Map() }: Before,
  { environment, commit, now }: PromotionInput,
): ReleaseRecord {
  const ids = new Set([...resolution.uses.values()].map(({ instance }) => instance.id));
  const earlier = [...Object.values(previous?.instances ?? {}), ...(previous?.detached ?? [])];
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
    capabilities: Object.fromEntries(capabilitiesOf(resolution).map(({ name, version }) => [name, version])),
    instances: Object.fromEntries([...resolution.uses].map(([path, { instance }]) => [path, { ...instance }])),
    ...(shares.size > 0 && { shared: Object.fromEntries(shares) }),
    manifests: [...tree.files.keys()],
    retained: [...retained],
    detached: earlier.filter(({ id }) => !ids.has(id)).map(({ capability, id, name }) => ({ capability, id, name })),
    soakStart: now,
  };
}
