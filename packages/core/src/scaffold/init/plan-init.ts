import { isServiceName, maxServiceName } from '../../catalog/rules/service-folder.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import { compareStrings } from '../../json/compare.ts';
import { type Json, property, stringOf } from '../../json/json.ts';
import { lockFile } from '../../layout/paths.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { rendererVersion } from '../../render/renderer-version.ts';
import type { Mint } from '../../resolve/mint.ts';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { readSource } from '../../source/source.ts';
import { effectiveChanges } from '../effective-changes.ts';
import type { FileChange, ScaffoldPlan } from '../file-change.ts';
import { lockService, writeLock } from '../plan-lock.ts';
import { refusal } from '../refusal.ts';
import type { InitOptions, ScoreFile } from './init-options.ts';
import { missingTypes } from './missing-types.ts';
import { platformFiles } from './platform-files.ts';
import { skeletonFiles } from './skeleton-files.ts';

const granted = ['idp.yaml', 'catalog', 'environments', 'policies', 'services', 'capabilities'];

/**
 * Makes a platform repository: settings, a team, three environments, a policy; and of each Score file a service, with a
 * skeleton of a capability for each type that is missing. The Score files are taken over byte for byte.
 *
 * What is there already stays: a second run changes nothing, and one with more files adds what is new.
 *
 * @returns warnings for the files that were left out; no plan when the owner's name is none, or when none of the files
 * that were given can be used
 */
export function planInit(snapshot: Snapshot, options: InitOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const refused = refusedOptions(options);
  if (refused.length > 0) return { findings: refused };
  const taken = takeOver(options.scores, snapshot);
  if (options.scores.length > 0 && taken.services.size === 0)
    return { findings: taken.findings.map((finding) => ({ ...finding, severity: 'error' })) };
  const files = [
    ...platformFiles(options.name, options.owner).filter((file) => isMissing(snapshot, file)),
    ...[...taken.services].flatMap(([name, text]) => serviceFiles(name, text, options.owner)),
  ];
  const skeletons = missingCapabilities(overlaySnapshot(snapshot, files), taken.documents, options.owner);
  const gated = effectiveChanges(
    snapshot,
    granted,
    [...files, ...skeletons.files].filter((file) => isMissing(snapshot, file)),
  );
  if (hasErrors(gated.findings)) return { findings: gated.findings };
  const locks = newLocks(overlaySnapshot(snapshot, gated.changes), [...taken.services.keys()], mint);
  const changes = [...gated.changes, ...locks];
  return {
    value: {
      changes,
      summary: summaryOf(options, changes, taken, skeletons),
      nextSteps: nextSteps(changes, skeletons),
    },
    findings: [...taken.findings, ...skeletons.findings],
  };
}

function refusedOptions({ name, owner }: InitOptions): readonly Finding[] {
  const hint = 'lower-case letters, digits and `-`, beginning with a letter';
  return [
    ...(isServiceName(owner)
      ? []
      : [refusal('name', `${quote(owner)} cannot be the name of a group`, hint, 'option:owner')]),
    ...(isServiceName(name)
      ? []
      : [refusal('name', `${quote(name)} cannot be the name of a platform`, hint, 'option:name')]),
  ];
}

interface TakenOver {
  /** The text of each Score file, by service. */
  readonly services: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, Json>;
  readonly findings: readonly Finding[];
}

function takeOver(scores: readonly ScoreFile[], snapshot: Snapshot): TakenOver {
  const services = new Map<string, string>();
  const documents = new Map<string, Json>();
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  for (const score of [...scores].sort((a, b) => compareStrings(a.path, b.path))) {
    const read = readScore(score);
    const leftOut = read.value === undefined ? undefined : reasonToLeaveOut(read.value.name, score, first, snapshot);
    if (read.value === undefined) findings.push(...read.findings);
    else if (leftOut === undefined) {
      first.set(read.value.name, score.path);
      services.set(read.value.name, score.text);
      documents.set(read.value.name, read.value.document);
    } else findings.push(leftOut);
  }
  return { services, documents, findings };
}

function readScore(score: ScoreFile): Outcome<{ readonly name: string; readonly document: Json }> {
  const snapshot = literalSnapshot({ 'score.yaml': score.text });
  const entry = snapshot.entry('score.yaml');
  const { source, findings = [] } = entry === undefined ? {} : readSource(snapshot, entry);
  const [problem] = findings;
  if (source === undefined || problem !== undefined)
    return { findings: [leave(score, problem?.message ?? 'it cannot be read', 'mend it there', problem)] };
  const [document = null] = source.documents;
  const name = stringOf(property(property(document, 'metadata'), 'name'));
  const place = source.locate(['metadata', 'name']);
  if (name === undefined) return { findings: [leave(score, 'it has no `metadata.name`', 'give it one', place)] };
  if (!isServiceName(name)) {
    const hint = `lower-case letters, digits and \`-\`, beginning with a letter, at most ${maxServiceName} characters`;
    return { findings: [leave(score, `${quote(name)} cannot be the name of a service`, hint, place)] };
  }
  return { value: { name, document }, findings: [] };
}

function reasonToLeaveOut(
  name: string,
  score: ScoreFile,
  first: ReadonlyMap<string, string>,
  snapshot: Snapshot,
): Finding | undefined {
  const other = first.get(name);
  if (other !== undefined)
    return leave(score, `${other} is named ${quote(name)} too`, 'a name is unique in a repository: rename one of them');
  const path = `services/${name}/score.yaml`;
  const there = snapshot.entry(path) === undefined ? undefined : snapshot.read(path);
  if (there === undefined || new TextDecoder().decode(there) === score.text) return undefined;
  return leave(score, `${path} is there already, and differs`, 'edit that file, or rename this service');
}

function leave(score: ScoreFile, why: string, hint: string, place: Partial<Finding> = {}): Finding {
  const { line = 1, column = 1, endLine = line, endColumn = column } = place;
  return {
    code: 'scaffold/left-out',
    severity: 'warning',
    message: `left out: ${why}`,
    hint,
    path: score.path,
    line,
    column,
    endLine,
    endColumn,
  };
}

function serviceFiles(name: string, text: string, owner: string): readonly FileChange[] {
  return [
    { path: `services/${name}/score.yaml`, content: text },
    { path: `services/${name}/catalog-info.yaml`, content: component(name, owner) },
  ];
}

function component(name: string, owner: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: experimental
  owner: group:default/${owner}
`;
}

interface Skeletons {
  readonly types: readonly string[];
  readonly files: readonly FileChange[];
  readonly findings: readonly Finding[];
}

function missingCapabilities(snapshot: Snapshot, documents: ReadonlyMap<string, Json>, owner: string): Skeletons {
  const { capabilities, brokenCapabilities } = loadPlatform(snapshot);
  const missing = missingTypes(documents, new Set([...capabilities.keys(), ...brokenCapabilities]));
  const named = missing.filter(({ type }) => isServiceName(type));
  const findings = missing
    .filter(({ type }) => !isServiceName(type))
    .map(
      ({ type, services }) =>
        ({
          ...refusal(
            'left-out',
            `left out: the type ${quote(type)} of ${services.join(', ')} cannot be the name of a capability`,
            'lower-case letters, digits and `-`, beginning with a letter',
          ),
          severity: 'warning',
        }) satisfies Finding,
    );
  return {
    types: named.map(({ type }) => type),
    files: named.flatMap((type) => skeletonFiles(type, owner)),
    findings,
  };
}

/** Locks of the services that can have one; what keeps the others from it, `validate` says at their lines. */
function newLocks(after: Snapshot, services: readonly string[], mint: Mint): readonly FileChange[] {
  const platform = loadPlatform(after);
  return services.flatMap((service) => {
    if (after.entry(lockFile(service)) !== undefined) return [];
    const lock = lockService(service, platform, [], mint, rendererVersion).value;
    return lock === undefined ? [] : [{ path: lockFile(service), content: writeLock(lock) }];
  });
}

function isMissing(snapshot: Snapshot, { path }: FileChange): boolean {
  return snapshot.entry(path) === undefined;
}

function summaryOf(
  { name, scores }: InitOptions,
  changes: readonly FileChange[],
  { services }: TakenOver,
  { types }: Skeletons,
): string {
  if (changes.length === 0) return `${name} is there already`;
  const made = `${name}: ${changes.length} files`;
  if (scores.length === 0) return `${made} for a platform without services`;
  const skeletons = types.length === 0 ? '' : `, skeletons of ${types.join(', ')}`;
  return `${made} from ${services.size} of ${scores.length} Score files${skeletons}`;
}

function nextSteps(changes: readonly FileChange[], { types }: Skeletons): readonly string[] {
  if (changes.length === 0) return [];
  return [
    'read idp.yaml and environments/, and name your teams in catalog/teams.yaml',
    ...types.slice(0, 1).map((type) => `read capabilities/${type}/capability.yaml: a skeleton to be completed`),
    'npx idp validate            # what is still wrong, and how to mend it',
    'npx idp render --environment=dev',
    'git add --all && git commit',
  ];
}
