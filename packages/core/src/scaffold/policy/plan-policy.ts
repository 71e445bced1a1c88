import { nameOf } from '../../catalog/entity-reference.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import { isPlatformPath, serviceFile } from '../../layout/paths.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { policyFacts } from '../../policy/policy-facts.ts';
import { snapshotOf } from '../../snapshot/index-entries.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { codeOwnersChange, codeOwnersFiles } from '../capability/code-owners.ts';
import { effectiveChanges } from '../effective-changes.ts';
import type { ScaffoldPlan } from '../file-change.ts';
import { refusal, refusedName } from '../refusal.ts';
import { requestedOwner } from '../requested-owner.ts';
import { policyFiles } from './policy-files.ts';
import type { PolicyOptions } from './policy-options.ts';

/** What the generator `policy` reads: the platform without its services, the examples of policies, and who reviews what. */
export function isReadForPolicy(path: string): boolean {
  if (codeOwnersFiles.some((file) => file === path) || path.startsWith('policies/')) return true;
  return isPlatformPath(path) && serviceFile(path) === undefined;
}

/** What the generator `policy` may write to. */
export const grantedForPolicy = ['policies', ...codeOwnersFiles] as const;

/**
 * Writes a policy with a binding and with examples that pass and fail. It is a rule that works, to be replaced by the one
 * that was meant: its tests are green from the first minute. A policy that is there belongs to its owners: the same
 * request changes nothing, another one is refused.
 */
export function planPolicy(whole: Snapshot, options: PolicyOptions): Outcome<ScaffoldPlan> {
  const snapshot = snapshotOf(
    whole.list().filter(({ path }) => serviceFile(path) === undefined),
    ({ path }) => whole.read(path),
  );
  const platform = loadPlatform(snapshot);
  const owner = requestedOwner(options.owner, platform.catalog);
  const pack = options.pack ?? (owner.value === undefined ? 'pack' : nameOf(owner.value).replace(/^team-(?=.)/, ''));
  const findings = [
    ...refusedName(options.name, { what: 'a policy', longest: 63 }),
    ...packFindings(pack, owner.value === undefined),
    ...owner.findings,
  ];
  if (owner.value === undefined || hasErrors(findings)) return { findings };
  const folder = `policies/${pack}`;
  const files = [...policyFiles(options, owner.value)].map(([path, content]) => ({
    path: `${folder}/${path}`,
    content,
  }));
  const existing = policyFacts(platform.policies).get(options.name);
  const isNewPack = !snapshot.list().some(({ path }) => path.startsWith(`${folder}/`));
  const owners = isNewPack ? codeOwnersChange(snapshot, folder, owner.value) : undefined;
  const { changes, findings: gated } = effectiveChanges(whole, grantedForPolicy, [
    ...files,
    ...(owners === undefined ? [] : [owners]),
  ]);
  if (hasErrors(gated)) return { findings: gated };
  if (changes.length === 0)
    return {
      value: { changes, summary: `nothing to do: ${folder} has the policy already`, nextSteps: [] },
      findings: [],
    };
  if (existing !== undefined) return { findings: [exists(options.name, existing.source.path)] };
  const taken = files.find(({ path }) => whole.entry(path) !== undefined);
  if (taken !== undefined) return { findings: [exists(options.name, taken.path)] };
  const [file = { path: folder }] = files;
  return {
    value: {
      changes,
      summary: `${pack}/${options.name}: a policy of ${owner.value}, with two examples that pass and two that fail`,
      nextSteps: [
        `write what you mean into ${file.path} and ${folder}/fixtures/${options.name}`,
        `npx idp test --policy=${options.name}`,
        `npx idp check   # what it finds today${options.action === 'deny' ? '' : '; with `validationActions: [Deny]` that is an error'}`,
        ...(owners === undefined ? [] : [`${owners.path} names ${nameOf(owner.value)} for ${folder}`]),
      ],
    },
    findings: [],
  };
}

/** A pack is a folder, or folders in each other: `pods/linux`. */
function packFindings(pack: string, isUnknown: boolean): readonly Finding[] {
  if (isUnknown) return [];
  const refused = pack.split('/').flatMap((part) => refusedName(part, { what: 'a pack', longest: 50, option: 'pack' }));
  if (refused.length > 0) return refused.slice(0, 1);
  const kept = ['fixtures', 'waivers'].find((name) => pack.split('/').includes(name));
  if (kept === undefined) return [];
  return [
    refusal('name', `${quote(kept)} cannot be a pack: other files lie there`, 'choose another name', 'option:pack'),
  ];
}

function exists(name: string, path: string): Finding {
  return refusal(
    'policy-exists',
    `the policy ${quote(name)} is there already`,
    `edit ${path}, or choose another name`,
    'option:name',
  );
}
