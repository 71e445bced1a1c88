import { isServiceName } from '../../catalog/rules/service-folder.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import type { Json } from '../../json/json.ts';
import { isReservedName } from '../../layout/path-gate.ts';
import { isPlatformPath, lockFile } from '../../layout/paths.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import type { Platform } from '../../platform/platform.ts';
import { rendererVersion } from '../../render/renderer-version.ts';
import type { Mint } from '../../resolve/mint.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { effectiveChanges } from '../effective-changes.ts';
import type { FileChange, ScaffoldPlan } from '../file-change.ts';
import { lockService, writeLock } from '../plan-lock.ts';
import { refusal } from '../refusal.ts';
import { templatesOf } from '../service-request.ts';
import type { InitOptions } from './init-options.ts';
import { missingTypes } from './missing-types.ts';
import { platformFiles } from './platform-files.ts';
import { skeletonFiles } from './skeleton-files.ts';
import { type TakenOver, takeOver } from './take-over.ts';

/** What `init` reads: the platform, and the schemas that it may have already. */
export function isReadForInit(path: string): boolean {
  return isPlatformPath(path) || path.startsWith('schemas/');
}

const granted = ['idp.yaml', 'catalog', 'environments', 'policies', 'services', 'capabilities', 'schemas'];

/**
 * Makes a platform repository: settings, a team, three environments, a policy; and of each Score file a service, with a
 * skeleton of a capability for each type that is missing. The Score files are taken over byte for byte, with the files
 * that they put into containers.
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
    ...[...taken.services].flatMap(([name, text]) => serviceFiles(name, text, options.owner, taken.files.get(name))),
  ];
  const skeletons = missingCapabilities(overlaySnapshot(snapshot, files), taken.documents, options.owner);
  const gated = effectiveChanges(
    snapshot,
    granted,
    [...files, ...skeletons.files].filter((file) => isMissing(snapshot, file)),
  );
  if (hasErrors(gated.findings)) return { findings: gated.findings };
  const after = overlaySnapshot(snapshot, gated.changes);
  const platform = loadPlatform(after);
  const locks = newLocks(after, platform, [...taken.services.keys()], mint);
  const changes = [...gated.changes, ...locks];
  return {
    value: {
      changes,
      summary: summaryOf(options, changes, taken, skeletons),
      nextSteps: nextSteps(changes, skeletons, templatesOf(platform).length > 0 ? undefined : options.owner),
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

function serviceFiles(
  name: string,
  text: string,
  owner: string,
  files: ReadonlyMap<string, string> = new Map(),
): readonly FileChange[] {
  return [
    { path: `services/${name}/score.yaml`, content: text },
    { path: `services/${name}/catalog-info.yaml`, content: component(name, owner) },
    ...[...files].map(([file, content]) => ({ path: `services/${name}/${file}`, content })),
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
  const named = missing.filter(({ type }) => isServiceName(type) && !isReservedName(type));
  const findings = missing
    .filter(({ type }) => !named.some((one) => one.type === type))
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
function newLocks(after: Snapshot, platform: Platform, services: readonly string[], mint: Mint): readonly FileChange[] {
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
  if (changes.length === 0) return `nothing to do: everything that ${name} begins with is there`;
  const made = `${name}: ${changes.length} files`;
  if (scores.length === 0) return `${made} for a platform without services`;
  const skeletons = types.length === 0 ? '' : `, skeletons of ${types.join(', ')}`;
  return `${made} from ${services.size} of ${scores.length} Score files${skeletons}`;
}

/** @param untemplated the group that would own a template, where there is none */
function nextSteps(
  changes: readonly FileChange[],
  { types }: Skeletons,
  untemplated: string | undefined,
): readonly string[] {
  if (changes.length === 0) return [];
  return [
    'read idp.yaml and environments/, and name your teams in catalog/teams.yaml',
    ...types.slice(0, 1).map((type) => `read capabilities/${type}/capability.yaml: a skeleton to be completed`),
    ...(untemplated === undefined
      ? []
      : [
          `npx idp g capability web --owner=${untemplated} --provides=workload   # a template: \`npx idp g service\` takes it`,
        ]),
    'npx idp validate            # what is still wrong, and how to mend it',
    'npx idp render --environment=dev',
    'git add --all && git commit',
  ];
}
