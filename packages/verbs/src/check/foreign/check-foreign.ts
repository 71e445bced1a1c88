import {
  checkManifests,
  type Finding,
  hasErrors,
  KubernetesTypes,
  type Manifest,
  manifestPlaces,
  manifestProblems,
  sortFindings,
} from '@idp/core';
import { findingsSummary } from '@idp/report';
import { watched } from '../../context/watchdog.ts';
import { exitCode } from '../../exit-code.ts';
import { flagOption, listOption } from '../../options.ts';
import { counted } from '../../output/counted.ts';
import type { VerbContext, VerbResult } from '../../verb.ts';
import { fileLines } from './file-lines.ts';
import { foreignPolicies } from './foreign-policies.ts';
import { manifestsOfKinds, ReadFiles, readBytes } from './read-files.ts';
import { missing, refuseNothing, refuseOptions } from './refusals.ts';
import { walkFiles } from './walk-files.ts';

/** Whether `idp check` is asked about files of anywhere, not about a platform. */
export function isForeign(options: Readonly<Record<string, unknown>>): boolean {
  return listOption(options, 'policies').length > 0 || listOption(options, 'resources').length > 0;
}

/**
 * `idp check --policies=<folder> --resources=<folder>`: policies of anybody over manifests of anybody, both as they are, in
 * any folder. Zero policies or zero objects are never a pass, and what is not evaluated is named.
 */
export function checkForeign(options: Readonly<Record<string, unknown>>, context: VerbContext): VerbResult {
  const { cwd, progress } = context;
  const given = { policies: listOption(options, 'policies'), resources: listOption(options, 'resources') };
  const refused = refuseOptions(options, given);
  if (refused !== undefined) return refused;
  const folders = { policies: walkFiles(cwd, given.policies), resources: walkFiles(cwd, given.resources) };
  if ('missing' in folders.policies) return missing(folders.policies.missing);
  if ('missing' in folders.resources) return missing(folders.resources.missing);
  progress('reading and checking');
  const strict = flagOption(options, 'strict');
  const policyFiles = new ReadFiles(cwd, folders.policies.files);
  const policies = foreignPolicies(cwd, [...policyFiles.manifests()], { strict, now: context.now() });
  const { engine } = policies;
  const { files } = folders.resources;
  const resourceFiles = new ReadFiles(cwd, files);
  // Where it is known what policies read beside an object, only that is held: the rest needs the memory of one file.
  const { beside } = engine.needs;
  const all = beside === 'all' ? [...resourceFiles.manifests()] : undefined;
  const held = beside === 'all' ? (all ?? []) : manifestsOfKinds(cwd, files, beside);
  const places = manifestPlaces((path) => readBytes(cwd, path));
  const types = new KubernetesTypes();
  const problems: Finding[] = [];
  const looking = (manifest: Manifest): Manifest => {
    problems.push(...manifestProblems(manifest, types, places));
    return manifest;
  };
  const checked = checkManifests(
    each(all ?? resourceFiles.manifests(), looking),
    watched(engine, context.now),
    { manifests: held.map(({ object }) => object), params: policies.params },
    places,
  );
  const judged = engine.report();
  const findings = sortFindings([
    ...folders.policies.findings,
    ...folders.resources.findings,
    ...policyFiles.findings,
    ...resourceFiles.findings,
    ...policies.findings,
    ...problems,
    ...checked.findings,
    ...judged.findings,
    ...judged.unmatched,
  ]);
  const summary = {
    policies: policies.engine.policies,
    notEvaluated: policies.notEvaluated,
    files: files.length,
    objects: resourceFiles.objects,
    inconclusive: checked.inconclusive,
    otherDocuments: resourceFiles.others,
  };
  const nothing = refuseNothing(summary, given);
  const readLine = fileLines(cwd);
  if (nothing !== undefined) return { ...nothing, findings: [...findings, ...nothing.findings], summary, readLine };
  const said = `${checkedText(summary)}: ${findingsSummary(findings)}`;
  const exit = hasErrors(findings) ? exitCode.findings : exitCode.fine;
  return { exit, findings, readLine, summary, pretty: () => said, markdown: () => said };
}

function* each<T>(items: Iterable<T>, look: (item: T) => T): Generator<T> {
  for (const item of items) yield look(item);
}

interface Counts {
  readonly policies: number;
  readonly notEvaluated: number;
  readonly files: number;
  readonly objects: number;
  readonly inconclusive: number;
}

function checkedText({ policies, notEvaluated, files, objects, inconclusive }: Counts): string {
  const what = `${counted(objects, 'object')} in ${counted(files, 'file')} by ${counted(policies, 'policy', 'policies')}`;
  const left = notEvaluated > 0 ? ` (${counted(notEvaluated, 'policy', 'policies')} not evaluated)` : '';
  const undecided = inconclusive > 0 ? ` (${inconclusive} cannot be decided here)` : '';
  return `Checked ${what}${left}${undecided}`;
}
