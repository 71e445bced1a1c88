import type { EntityRef } from '../../catalog/entity-reference.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import { goldenChanges, testCapabilities } from '../../fixture/test-capabilities.ts';
import { property, stringOf } from '../../json/json.ts';
import { isPlatformPath, serviceFile } from '../../layout/paths.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { builtInTypes } from '../../resolve/missing-capability.ts';
import { schemaFile } from '../../schema/json-schemas.ts';
import { snapshotOf } from '../../snapshot/index-entries.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { readSource } from '../../source/source.ts';
import { differs, effectiveChanges } from '../effective-changes.ts';
import type { FileChange, ScaffoldPlan } from '../file-change.ts';
import { refusal, refusedName } from '../refusal.ts';
import { requestedOwner } from '../requested-owner.ts';
import { schemaLineIn } from '../schema-line.ts';
import { type CapabilityOptions, type CapabilitySkeleton, parseKind } from './capability-options.ts';
import { codeOwnersChange, codeOwnersFiles } from './code-owners.ts';
import { packageFiles } from './package-files.ts';
import { resourceFiles } from './resource-files.ts';
import { workloadFiles } from './workload-files.ts';

/** What the generator `capability` reads: the platform without its services, and who reviews what. */
export function isReadForCapability(path: string): boolean {
  if (codeOwnersFiles.some((file) => file === path) || path === 'package.json') return true;
  if (path === schemaFile('capability')) return true;
  return isPlatformPath(path) && serviceFile(path) === undefined;
}

/** What the generator `capability` may write to. */
export function grantedForCapability(name: string): readonly string[] {
  return [`capabilities/${name}`, ...codeOwnersFiles];
}

/**
 * Makes a producer's package that works as it is: contract, template, policy, fixtures with their golden files, pages. The golden files are what
 * the test renders, so that it passes; whatever its test would say against the new package is refused before the first
 * write. A package that is there already belongs to its owners: the same request changes nothing.
 */
export function planCapability(whole: Snapshot, options: CapabilityOptions): Outcome<ScaffoldPlan> {
  const snapshot = snapshotOf(
    whole.list().filter(({ path }) => serviceFile(path) === undefined),
    ({ path }) => whole.read(path),
  );
  const platform = loadPlatform(snapshot);
  const owner = requestedOwner(options.owner, platform.catalog);
  const kind = parseKind(options.kind);
  const findings = [...nameFindings(options.name), ...owner.findings, ...kindFindings(options.kind, kind)];
  if (owner.value === undefined || kind === undefined || hasErrors(findings)) return { findings };
  const title = options.title ?? titleOf(options.name);
  const skeleton: CapabilitySkeleton = {
    name: options.name,
    title,
    description: options.description ?? `${title}, as a ${options.provides} that every team can use.`,
    owner: owner.value,
    kind,
    schemaLine: schemaLineIn(whole, 'capability', '../../'),
    environment: [...platform.environments.keys()][0] ?? 'dev',
  };
  return planPackage({ whole, snapshot }, options, skeleton, owner.value);
}

/** The path gate looks at the whole repository: at links, and at names that differ in case only. */
interface Snapshots {
  readonly whole: Snapshot;
  readonly snapshot: Snapshot;
}

function planPackage(
  { whole, snapshot }: Snapshots,
  options: CapabilityOptions,
  skeleton: CapabilitySkeleton,
  owner: EntityRef,
): Outcome<ScaffoldPlan> {
  const { name } = options;
  const folder = `capabilities/${name}`;
  const existing = existingPackage(snapshot, options, owner);
  if (existing !== undefined) return existing;
  const written = filesOf(skeleton, options).map(([file, content]) => ({ path: `${folder}/${file}`, content }));
  const tested = withGoldenFiles(snapshot, name, written);
  if (hasErrors(tested.findings)) return { findings: tested.findings };
  const other = tested.files.find((file) => snapshot.entry(file.path) !== undefined && differs(snapshot, file));
  if (other !== undefined) return { findings: [exists(name, `and ${quote(other.path)} is not ours`)] };
  const owners = codeOwnersChange(snapshot, folder, owner);
  const files = [...tested.files, ...(owners === undefined ? [] : [owners])];
  const { changes, findings } = effectiveChanges(whole, grantedForCapability(name), files);
  if (hasErrors(findings)) return { findings };
  const summary = `${name}: ${changes.length} files for a ${options.provides} of ${options.owner}`;
  return { value: { changes, summary, nextSteps: nextSteps(snapshot, options, owners !== undefined) }, findings: [] };
}

function filesOf(
  skeleton: CapabilitySkeleton,
  { provides }: CapabilityOptions,
): readonly (readonly [string, string])[] {
  const own = provides === 'resource' ? resourceFiles(skeleton) : workloadFiles(skeleton);
  const environment = environmentText(skeleton.environment);
  const fixtures = Object.keys(own).filter((file) => /^fixtures\/[^/]+\/score\.yaml$/.test(file));
  return Object.entries({
    ...packageFiles(skeleton, provides),
    ...own,
    ...Object.fromEntries(fixtures.map((file) => [file.replace('score.yaml', 'environment.yaml'), environment])),
  });
}

function environmentText(name: string): string {
  return `# The values that the parameters take from an environment go to \`spec.values\`.
apiVersion: idp.internal/v1alpha1
kind: Environment
metadata:
  name: ${name}
spec:
  targets:
    - name: eu
      cluster: ${name}-eu
`;
}

/** The files with what the test renders as golden files, and what else the test says. */
function withGoldenFiles(snapshot: Snapshot, name: string, files: readonly FileChange[]) {
  const after = overlaySnapshot(snapshot, files);
  const tests = testCapabilities(after, { capabilities: [name], fixtures: [] });
  const golden = goldenChanges(tests, after);
  const content = new Map([...files, ...golden.changes].map((file) => [file.path, file]));
  const findings = tests.flatMap((test) => [...test.findings, ...test.fixtures.flatMap((result) => result.findings)]);
  return { files: [...content.values()], findings: [...findings, ...golden.findings] };
}

/** What a second run says: nothing to do for the same request, a refusal for another one. */
function existingPackage(
  snapshot: Snapshot,
  options: CapabilityOptions,
  owner: EntityRef,
): Outcome<ScaffoldPlan> | undefined {
  const { name, provides } = options;
  const entry = snapshot.entry(`capabilities/${name}/capability.yaml`);
  if (entry === undefined) return undefined;
  const spec = property(readSource(snapshot, entry).source?.documents[0], 'spec');
  const [theirs, kind] = [stringOf(property(spec, 'owner')), stringOf(property(spec, 'provides'))];
  if (theirs === owner && kind === provides) {
    const summary = `nothing to do: capabilities/${name} is there, and its files are its owners'`;
    return { value: { changes: [], summary, nextSteps: [] }, findings: [] };
  }
  const how = theirs === owner ? `and provides a ${kind ?? 'thing of another kind'}` : `and of ${theirs ?? 'nobody'}`;
  return { findings: [exists(name, how)] };
}

function exists(name: string, how: string): Finding {
  return refusal(
    'capability-exists',
    `capabilities/${name} is there already, ${how}`,
    'edit its files, or choose another name',
    `capability:${name}`,
  );
}

function nameFindings(name: string): readonly Finding[] {
  if (builtInTypes.includes(name)) {
    const message = `${quote(name)} is a type that every Score file has without a capability`;
    return [refusal('name', message, 'choose another name', 'option:name')];
  }
  return refusedName(name, { what: 'a capability', longest: 50 });
}

function kindFindings(text: string, kind: unknown): readonly Finding[] {
  if (kind !== undefined) return [];
  const hint =
    '`<group>/<version>/<Kind>`, as in s3.services.k8s.aws/v1alpha1/Bucket; the core group has no name: v1/ConfigMap';
  return [refusal('kind', `${quote(text)} is not a kind of object`, hint, 'option:kind')];
}

/** `object-store` → `Object store`. */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function nextSteps(
  snapshot: Snapshot,
  { name, owner, provides }: CapabilityOptions,
  hasOwners: boolean,
): readonly string[] {
  const workspace = snapshot.entry('package.json') !== undefined;
  const asked = codeOwnersFiles.some((file) => snapshot.entry(file) !== undefined) && !hasOwners;
  return [
    `read capabilities/${name}/README.md`,
    `npx idp test ${name}      # its fixtures render to their golden files`,
    ...(workspace ? ['npm install                # once: tells the lock file of the new package'] : []),
    ...(asked ? [`add /capabilities/${name}/ to CODEOWNERS for ${owner}`] : []),
    provides === 'resource'
      ? `npx idp g add <service> ${name}`
      : `npx idp g service <name> --owner=<team> --template=${name}`,
  ];
}
