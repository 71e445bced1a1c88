import {
  checkManifests,
  decodeText,
  type Finding,
  hasErrors,
  KubernetesTypes,
  type Manifest,
  manifestPlaces,
  policyResources,
  sortFindings,
  sourceOf,
} from '@idp/core';
import { documentRole } from '@idp/policy';
import { findingsSummary } from '@idp/report';
import { type PolicyPlace, policyEngine } from '../../context/policies.ts';
import { watched } from '../../context/watchdog.ts';
import { exitCode } from '../../exit-code.ts';
import { listOption } from '../../options.ts';
import { counted } from '../../output/counted.ts';
import { usage } from '../../output/usage.ts';
import type { VerbContext, VerbResult } from '../../verb.ts';
import { fileLines } from './file-lines.ts';
import { readBytes, readFiles } from './read-files.ts';
import { walkFiles } from './walk-files.ts';

/** What belongs to a platform, and has no meaning for files of anywhere. */
const ofPlatform = ['service', 'environment', 'since'] as const;

/** Whether `idp check` is asked about files of anywhere, not about a platform. */
export function isForeign(options: Readonly<Record<string, unknown>>): boolean {
  return listOption(options, 'policies').length > 0 || listOption(options, 'resources').length > 0;
}

/**
 * `idp check --policies=<folder> --resources=<folder>`: policies of anybody over manifests of anybody, both as they are, in
 * any folder. Zero policies or zero objects are never a pass, and what is not evaluated is named.
 */
export function checkForeign(
  options: Readonly<Record<string, unknown>>,
  { cwd, now, progress }: VerbContext,
): VerbResult {
  const given = { policies: listOption(options, 'policies'), resources: listOption(options, 'resources') };
  const refused = refuseOptions(options, given);
  if (refused !== undefined) return refused;
  const folders = { policies: walkFiles(cwd, given.policies), resources: walkFiles(cwd, given.resources) };
  if ('missing' in folders.policies) return missing(folders.policies.missing);
  if ('missing' in folders.resources) return missing(folders.resources.missing);
  progress('reading the files');
  const policyFiles = readFiles(cwd, folders.policies.files);
  const resourceFiles = readFiles(cwd, folders.resources.files);
  const ofRole = (role: string): readonly Manifest[] =>
    policyFiles.manifests.filter(({ object }) => documentRole(object) === role);
  const { engine, findings: problems } = policyEngine(placesOf(cwd, ofRole('policy')), new KubernetesTypes());
  const objects = resourceFiles.manifests.filter(({ object }) => documentRole(object) === 'other');
  progress('checking');
  const places = manifestPlaces((path) => readBytes(cwd, path));
  const params = ofRole('other').map(({ object }) => object);
  const resources = policyResources([...objects.map(({ object }) => object), ...params]);
  const notEvaluated = ofRole('not-evaluated');
  const findings = sortFindings([
    ...folders.policies.findings,
    ...folders.resources.findings,
    ...policyFiles.findings,
    ...resourceFiles.findings,
    ...notEvaluated.map((manifest) => notEvaluatedFinding(manifest, places.locate(manifest, ['kind']))),
    ...problems,
    ...checkManifests(objects, watched(engine, now), resources, places),
    ...engine.report().findings,
  ]);
  const summary = {
    policies: engine.policies,
    notEvaluated: notEvaluated.length,
    files: folders.resources.files.length,
    objects: objects.length,
    otherDocuments: resourceFiles.others,
  };
  const nothing = refuseNothing(summary, given);
  if (nothing !== undefined)
    return { ...nothing, findings: [...findings, ...nothing.findings], summary, readLine: fileLines(cwd) };
  const words = `Checked ${counted(objects.length, 'object')} in ${counted(summary.files, 'file')} by ${counted(engine.policies, 'policy', 'policies')}${
    notEvaluated.length > 0 ? ` (${counted(notEvaluated.length, 'policy', 'policies')} not evaluated)` : ''
  }: ${findingsSummary(findings)}`;
  return {
    exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
    findings,
    readLine: fileLines(cwd),
    summary,
    pretty: () => words,
    markdown: () => words,
  };
}

interface Given {
  readonly policies: readonly string[];
  readonly resources: readonly string[];
}

function refuseOptions(options: Readonly<Record<string, unknown>>, given: Given): VerbResult | undefined {
  for (const [one, other] of [
    ['policies', 'resources'],
    ['resources', 'policies'],
  ] as const) {
    if (given[one].length === 0)
      return usage(`no-${one}`, `--${other} needs --${one}`, `name the folder of the ${one}: --${one}=<folder>`);
  }
  const pointless = ofPlatform.find((name) => options[name] !== undefined && listOfAny(options[name]).length > 0);
  if (pointless === undefined) return undefined;
  const message = `--${pointless} selects in a platform, and --resources names files of anywhere`;
  return usage('contradiction', message, `leave out --${pointless}`);
}

function listOfAny(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function missing(path: string): VerbResult {
  return usage('no-folder', `${path} is neither a folder nor a file`, 'a path is relative to the current folder');
}

function placesOf(cwd: string, manifests: readonly Manifest[]): readonly PolicyPlace[] {
  const sources = new Map(
    [...new Set(manifests.map(({ path }) => path))].map((path) => {
      const text = decodeText(readBytes(cwd, path) ?? new Uint8Array()) ?? '';
      return [path, sourceOf({ path, mode: '100644', oid: '' }, text, [])];
    }),
  );
  return manifests.flatMap(({ path, document, pointer, object }) => {
    const source = sources.get(path);
    return source === undefined ? [] : [{ source, document, pointer, value: object }];
  });
}

function notEvaluatedFinding({ object }: Manifest, place: Partial<Finding>): Finding {
  const { apiVersion, kind } = object;
  return {
    code: 'policy/not-evaluated',
    severity: 'warning',
    message: `${String(apiVersion)} ${String(kind)} is not evaluated: it decided nothing here`,
    hint: 'ValidatingAdmissionPolicy is evaluated',
    ...place,
  };
}

function refuseNothing(
  summary: { readonly policies: number; readonly objects: number },
  given: Given,
): VerbResult | undefined {
  if (summary.policies === 0)
    return usage(
      'no-policies',
      `there is no policy to check with in ${given.policies.join(', ')}`,
      'policies are files of .yaml, .yml or .json with a ValidatingAdmissionPolicy',
    );
  if (summary.objects > 0) return undefined;
  return usage(
    'nothing-to-check',
    `there is no Kubernetes object in ${given.resources.join(', ')}`,
    'manifests are files of .yaml, .yml or .json with apiVersion and kind',
  );
}
