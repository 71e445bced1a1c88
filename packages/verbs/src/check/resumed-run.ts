import {
  type CheckMemory,
  changesBetween,
  checkRunOf,
  type Finding,
  fieldsOfFindings,
  Listing,
  PackedStore,
  type Platform,
  readCheckMemory,
  type Snapshot,
  type SnapshotEntry,
  type Store,
  storeKey,
  strictEngine,
  type Wanted,
  writeCheckMemory,
} from '@idp/core';
import { loadCommitSnapshot, withWorkingTree } from '@idp/git';
import { baseCommit } from '../context/base.ts';
import { openRepository, type Repository } from '../context/open-repository.ts';
import { type LoadedPolicies, loadPolicies } from '../context/policies.ts';
import { remembering, storeOf } from '../context/remembered-validation.ts';
import { onlyNewOf, type SinceReport } from '../context/since.ts';
import { watched } from '../context/watchdog.ts';
import { stringOption } from '../options.ts';
import { type ReadLine, sourceLines } from '../output/source-lines.ts';
import { isResult } from '../output/usage.ts';
import type { VerbContext, VerbResult } from '../verb.ts';
import type { CheckRun, CheckScope, PartedCheck } from './check-platform.ts';
import { memoryOf, resumedCheck, validationMemory } from './remembered-check.ts';

/** What a run is about. */
export interface Asked extends Pick<CheckScope, 'services' | 'environments' | 'now'> {
  /** What cannot be decided here is an error. */
  readonly strict: boolean;
}

export interface ResumedRun {
  readonly run: CheckRun;
  readonly report: () => SinceReport;
  readonly readLine: ReadLine;
}

/** The policies of a platform under a watchdog; with `strict`, what cannot be decided here is an error. */
export function policiesOf(
  platform: Platform,
  strict: boolean,
  clock: () => Date,
  known: Pick<CheckMemory, 'sound'> = { sound: false },
): LoadedPolicies {
  const { engine, findings, ...loaded } = loadPolicies(platform, clock(), known);
  const undecided = ({ code }: Finding): boolean => strict && code === 'policy/not-evaluated';
  return {
    ...loaded,
    engine: watched(strict ? strictEngine(engine) : engine, clock),
    findings: findings.map((finding) => (undecided(finding) ? { ...finding, severity: 'error' } : finding)),
  };
}

/**
 * A check of everything that reads and judges only what an earlier run of the same build does not know, here and, with
 * `--since`, in the commit that is compared with. `undefined` where a run over everything has to tell.
 */
export async function resumedRun(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  asked: Asked,
): Promise<ResumedRun | VerbResult | undefined> {
  if (!isWhole(asked) || context.build === undefined) return undefined;
  const repository = await openRepository(options, context);
  if (isResult(repository)) return repository;
  const { root } = repository;
  return await withWorkingTree(root, remembering(options, context), async (tree) => {
    const store = storeOf(options, context, tree);
    const memory = rememberedBy(store, context, asked);
    if (memory === undefined) return undefined;
    const parsedKey = storeKey('parsed', context.build ?? '', ['platform']);
    const parsed = new PackedStore(store?.get(parsedKey));
    const resuming = {
      scope: asked,
      parsed,
      policiesOf: (platform: Platform, known: Pick<CheckMemory, 'sound'>) =>
        policiesOf(platform, asked.strict, context.now, known),
    };
    const after = await resumedCheck(
      memory,
      tree.listing,
      (wanted, entries) => tree.load({ wanted, entries }),
      resuming,
    );
    if (after === undefined) return undefined;
    if (parsed.grew) store?.set(parsedKey, parsed.write());
    const run = checkRunOf(after);
    const paths = new Set(run.findings.map(({ path }) => path));
    const wanted: Wanted = ({ path }) => paths.has(path);
    const here = await tree.load({ wanted });
    const readLine = sourceLines(here);
    const rev = stringOption(options, 'since');
    if (rev === undefined) return { run, report: () => ({ findings: run.findings, summary: {}, words: '' }), readLine };
    const commit = await baseCommit(repository, rev, 'HEAD', 'since');
    if (typeof commit !== 'string') return commit;
    const listing = Listing.of(await entriesOf(root, commit));
    const changes = changesBetween(listing, tree.listing);
    const changed = changes.size > 0;
    const before = changed ? await resumedCheck(memory, listing, loadFrom(root, commit), resuming) : after;
    if (before === undefined) return undefined;
    const differ = [...paths].some((path) => path !== undefined && changes.has(path));
    const fields = differ ? fieldsOfFindings(await loadFrom(root, commit)(wanted), here) : undefined;
    const report = () => onlyNewOf({ rev, commit, changed }, run.findings, () => checkRunOf(before).findings, fields);
    return { run, report, readLine };
  });
}

/** What a run over everything leaves in the store. */
export async function remember(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  asked: Asked,
  {
    repository,
    checked,
    snapshot,
    policies,
  }: {
    readonly repository: Repository;
    readonly checked: PartedCheck;
    readonly snapshot: Snapshot;
    readonly policies: LoadedPolicies;
  },
): Promise<void> {
  const { build } = context;
  if (!isWhole(asked) || build === undefined || policies.engine.needs.operation) return;
  await withWorkingTree(repository.root, {}, async (tree) => {
    const store = storeOf(options, context, tree);
    if (store === undefined) return;
    const memory = memoryOf(checked, snapshot, policies, asked, validationMemory(store, build, snapshot));
    if (memory !== undefined) store.set(keyOf(build, asked), writeCheckMemory(memory));
  });
}

function isWhole({ services, environments }: Asked): boolean {
  return services.length === 0 && environments.length === 0;
}

function keyOf(build: string, { strict }: Asked) {
  return storeKey('check', build, ['platform', ...(strict ? ['strict'] : [])]);
}

function rememberedBy(store: Store | undefined, { build }: VerbContext, asked: Asked): CheckMemory | undefined {
  const stored = build === undefined ? undefined : store?.get(keyOf(build, asked));
  return stored === undefined ? undefined : readCheckMemory(stored);
}

async function entriesOf(root: string, commit: string): Promise<readonly SnapshotEntry[]> {
  return (await loadCommitSnapshot(root, commit, { wanted: () => false }))?.snapshot.list() ?? [];
}

function loadFrom(root: string, commit: string) {
  return async (wanted: Wanted): Promise<Snapshot> => {
    const loaded = await loadCommitSnapshot(root, commit, { wanted });
    if (loaded === undefined) throw new Error(`${commit} is gone`);
    return loaded.snapshot;
  };
}
