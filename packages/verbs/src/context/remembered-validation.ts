import { join, resolve } from 'node:path';
import {
  isPlatformPath,
  type RememberedAnswer,
  readAnswer,
  readMemory,
  resumeValidation,
  type Snapshot,
  type Store,
  snapshotOf,
  storeKey,
  type Validation,
  type ValidationMemory,
  validateWhole,
  writeAnswer,
  writeMemory,
} from '@idp/core';
import { fileStore, type WorkingTree, withWorkingTree } from '@idp/git';
import { stringOption } from '../options.ts';
import type { VerbContext, VerbResult } from '../verb.ts';
import { refuseEmpty } from './load.ts';
import { platformFiles, type Repository } from './open-repository.ts';
import { refuseOldTool } from './usable-settings.ts';

/** A validation of the working tree, with the files in which findings are. */
export interface LoadedValidation {
  readonly validation: Validation;
  readonly snapshot: Snapshot;
}

/** What is remembered is written anew when so many services had to be judged again: it is large, and they are quick. */
const worthWriting = 16;
/** So many paths are searched for in a listing; more are found by parsing it. */
const fewPaths = 16;

/**
 * Validates the whole working tree, and reads and judges only what an earlier run of the same build does not know: it
 * says what a run says that remembers nothing.
 */
export async function rememberedValidation(
  repository: Repository,
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
): Promise<LoadedValidation | VerbResult> {
  return await withWorkingTree(repository.root, remembering(options, context), async (tree) => {
    const store = storeOf(options, context, tree);
    const key = storeKey('validate', context.build ?? '', ['platform']);
    const { answer, memory: stored } = validationEntry(store?.get(key) ?? '');
    if (answer?.snapshot === tree.id) return { validation: answer, snapshot: await filesOfFindings(answer, tree) };
    const known = await resumed(readMemory(stored), tree);
    if (known !== undefined) {
      const { validation, memory } = known;
      if (known.again > worthWriting) store?.set(key, entryOf(validation, memory, tree));
      return { validation, snapshot: await filesOfFindings({ ...validation, alsoRead: memory.alsoRead }, tree) };
    }
    const snapshot = await tree.load(platformFiles);
    const whole = validateWhole(snapshot);
    const { validation, platform } = whole;
    const refused = refuseOldTool(platform.settings, snapshot) ?? refuseEmpty(platform);
    if (refused !== undefined) return refused;
    const memory = store && whole.memory;
    if (memory !== undefined) store?.set(key, entryOf(validation, memory, tree));
    return { validation, snapshot };
  });
}

/** What is kept: a line that is enough where nothing changed, and what tells which services did. */
function entryOf({ findings, counts }: Validation, memory: ValidationMemory, { id }: WorkingTree): string {
  return `${writeAnswer({ snapshot: id, findings, counts, alsoRead: memory.alsoRead })}\n${writeMemory(memory)}`;
}

/** What `entryOf` wrote. */
export function validationEntry(entry: string): {
  readonly answer: RememberedAnswer | undefined;
  readonly memory: string;
} {
  const end = entry.indexOf('\n');
  return end < 0
    ? { answer: undefined, memory: '' }
    : { answer: readAnswer(entry.slice(0, end)), memory: entry.slice(end + 1) };
}

/** What a run keeps of the working tree stands in the git folder, beside the store that is there unless another is named. */
export function remembering(options: Readonly<Record<string, unknown>>, { build }: Pick<VerbContext, 'build'>) {
  return { remember: build !== undefined && stringOption(options, 'store') === undefined };
}

/** Where a run keeps what the next one may use; `undefined` where nothing is kept. */
export function storeOf(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  tree: Pick<WorkingTree, 'gitFolder'>,
): Store | undefined {
  const folder = stringOption(options, 'store');
  if (folder === 'off' || context.build === undefined) return undefined;
  return fileStore(folder === undefined ? join(tree.gitFolder, 'idp', 'store') : resolve(context.cwd, folder));
}

interface Resumed {
  readonly validation: Validation;
  readonly memory: ValidationMemory;
  /** How many services were judged again. */
  readonly again: number;
}

/** `undefined` when everything has to be read. */
async function resumed(memory: ValidationMemory | undefined, tree: WorkingTree): Promise<Resumed | undefined> {
  const resumption = memory && resumeValidation(memory, tree.listing);
  if (memory === undefined || resumption === undefined || resumption.kind === 'everything') return undefined;
  if (resumption.kind === 'unchanged') return { validation: resumption.validation, memory, again: 0 };
  const { part } = resumption;
  for (;;) {
    const answer = part.validate(await tree.load({ entries: part.entries, wanted: part.wanted }));
    if (answer === 'everything') return undefined;
    if (answer !== 'more') return { ...answer, again: part.size };
  }
}

/** The lines under the findings are shown as by a run that has read everything. */
async function filesOfFindings(
  { findings, alsoRead }: Pick<RememberedAnswer, 'findings' | 'alsoRead'>,
  tree: WorkingTree,
): Promise<Snapshot> {
  if (findings.length === 0) return snapshotOf([], () => undefined);
  const paths = new Set(findings.flatMap(({ path }) => path ?? []));
  const read = new Set(alsoRead);
  const entries =
    paths.size > fewPaths ? tree.listing.entries : [...paths].flatMap((path) => tree.listing.entry(path) ?? []);
  return await tree.load({
    entries,
    wanted: ({ path }) => paths.has(path) && (isPlatformPath(path) || read.has(path)),
  });
}
