import { randomBytes } from 'node:crypto';
import { decodeText, type Finding, hasErrors, mintFrom, platformFile, type Snapshot } from '@idp/core';
import { prettyFindings } from '@idp/report';
import { checkOptions, type Generator } from '@idp/verbs';
import type { Output } from '@idp/verbs/door';
import type { Tree } from '@nx/devkit';
import { RefusedError } from './refused-error.ts';
import { isWorkingTree, treeSnapshot } from './tree-snapshot.ts';
import { writeChanges } from './write-changes.ts';

export type GeneratorOptions = Readonly<Record<string, unknown>>;

/** A run of a generator: which, and what was asked for. */
export interface GeneratorRun {
  readonly generator: Generator;
  readonly options: GeneratorOptions;
}

/**
 * Runs a generator on Nx's `Tree`: options → snapshot → plan → write.
 *
 * @param output where findings and next steps go
 * @throws RefusedError after findings of severity error, so that Nx writes nothing and exits with 1
 */
export async function runGenerator(tree: Tree, run: GeneratorRun, output: Output = process.stderr): Promise<void> {
  const { generator } = run;
  const { options, findings: problems } = checkOptions(generator.schema, run.options);
  if (problems.length > 0) return refuse(problems, output);
  const mint = mintFrom(randomBytes);
  const nearby = (await isWorkingTree(tree)) ? await generator.planNearby?.(tree.root, options, mint) : undefined;
  const snapshot =
    nearby?.snapshot ??
    (await treeSnapshot(tree, ({ path }) => path === platformFile || generator.reads(path, options)));
  const { value: plan, findings } = nearby?.outcome ?? generator.plan(snapshot, options, mint);
  if (plan === undefined || hasErrors(findings)) return refuse(findings, output, snapshot);
  const refused = await writeChanges(tree, plan.changes, generator.granted(options), snapshot);
  if (refused.length > 0) return refuse([...findings, ...refused], output, snapshot);
  report(findings, output, snapshot);
  output.write(`${[plan.summary, ...plan.nextSteps.map((step) => `  ${step}`)].join('\n')}\n`);
}

function refuse(findings: readonly Finding[], output: Output, snapshot?: Snapshot): never {
  report(findings, output, snapshot);
  throw new RefusedError();
}

function report(findings: readonly Finding[], output: Output, snapshot: Snapshot | undefined): void {
  const colour = output.isTTY === true && process.env['NO_COLOR'] === undefined;
  output.write(prettyFindings(findings, { colour, readLine: (path, line) => lineOf(snapshot, path, line) }));
}

function lineOf(snapshot: Snapshot | undefined, path: string, line: number): string | undefined {
  const bytes = snapshot?.read(path);
  return bytes === undefined ? undefined : decodeText(bytes)?.split(/\r?\n/)[line - 1];
}
