import {
  checkManifests,
  hasErrors,
  KubernetesTypes,
  manifestPlaces,
  manifestProblems,
  policyResources,
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
import { readBytes, readFiles } from './read-files.ts';
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
  progress('reading the files');
  const strict = flagOption(options, 'strict');
  const policyFiles = readFiles(cwd, folders.policies.files);
  const resourceFiles = readFiles(cwd, folders.resources.files);
  const policies = foreignPolicies(cwd, policyFiles.manifests, { strict, now: context.now() });
  progress('checking');
  const { manifests } = resourceFiles;
  const resources = policyResources([...manifests.map(({ object }) => object), ...policies.params]);
  const places = manifestPlaces((path) => readBytes(cwd, path));
  const checked = checkManifests(manifests, watched(policies.engine, context.now), resources, places);
  const judged = policies.engine.report();
  const findings = sortFindings([
    ...folders.policies.findings,
    ...folders.resources.findings,
    ...policyFiles.findings,
    ...resourceFiles.findings,
    ...policies.findings,
    ...manifestProblems(manifests, new KubernetesTypes(), places),
    ...checked.findings,
    ...judged.findings,
    ...judged.unmatched,
  ]);
  const summary = {
    policies: policies.engine.policies,
    notEvaluated: policies.notEvaluated,
    files: folders.resources.files.length,
    objects: manifests.length,
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
