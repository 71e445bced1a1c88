import { randomBytes } from 'node:crypto';
import { decodeText, type Finding, hasErrors, mintFrom, platformFile, type Snapshot } from '@idp/core';
import { prettyFindings } from '@idp/report';
import { checkOptions } from '../../check-options.ts';
import type { Output } from '../../output/streams.ts';
import { generatorOf } from '../generate.ts';
import type { Generator } from '../generator.ts';
import type { RecordingTree, WalkTree } from './recording-tree.ts';
import { isWorkingTree, treeSnapshot } from './tree-snapshot.ts';
import { writeChanges } from './write-changes.ts';

type Options = Readonly<Record<string, unknown>>;

/** What a door gives to a generator that records its changes instead of writing them. */
export interface TreeDoor {
  readonly tree: RecordingTree;
  readonly walk: WalkTree;
  /** Where findings and next steps go. */
  readonly output: Output;
}

/**
 * Runs a generator on Nx's `Tree`: options → snapshot → plan → write.
 *
 * @returns whether it succeeded; after findings of severity error nothing is recorded
 */
export async function generateInTree(name: string, given: Options, door: TreeDoor): Promise<boolean> {
  return await runInTree(generatorOf(name), given, door);
}

/** `generateInTree` for a generator that is at hand. */
export async function runInTree(generator: Generator, given: Options, door: TreeDoor): Promise<boolean> {
  const { tree, walk, output } = door;
  const { options, findings: problems } = checkOptions(generator.schema, given);
  if (problems.length > 0) return refuse(problems, output);
  const mint = mintFrom(randomBytes);
  const nearby = (await isWorkingTree(tree)) ? await generator.planNearby?.(tree.root, options, mint) : undefined;
  const snapshot =
    nearby?.snapshot ??
    (await treeSnapshot(tree, walk, ({ path }) => path === platformFile || generator.reads(path, options)));
  const { value: plan, findings } =
    nearby?.outcome ?? (await generator.plan(snapshot, options, { mint, now: new Date().toISOString() }));
  if (plan === undefined || hasErrors(findings)) return refuse(findings, output, snapshot);
  const refused = await writeChanges(tree, plan.changes, generator.granted(options), snapshot);
  if (refused.length > 0) return refuse([...findings, ...refused], output, snapshot);
  report(findings, output, snapshot);
  output.write(`${[plan.summary, ...plan.nextSteps.map((step) => `  ${step}`)].join('\n')}\n`);
  return true;
}

function refuse(findings: readonly Finding[], output: Output, snapshot?: Snapshot): false {
  report(findings, output, snapshot);
  return false;
}

function report(findings: readonly Finding[], output: Output, snapshot: Snapshot | undefined): void {
  const colour = output.isTTY === true && process.env['NO_COLOR'] === undefined;
  output.write(prettyFindings(findings, { colour, readLine: (path, line) => lineOf(snapshot, path, line) }));
}

function lineOf(snapshot: Snapshot | undefined, path: string, line: number): string | undefined {
  const bytes = snapshot?.read(path);
  return bytes === undefined ? undefined : decodeText(bytes)?.split(/\r?\n/)[line - 1];
}
