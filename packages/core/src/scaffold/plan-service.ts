import picomatch from 'picomatch';
import type { Capability } from '../capability/capability.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, nameOf, parseReference } from '../catalog/entity-reference.ts';
import { isServiceName, maxServiceName } from '../catalog/rules/service-folder.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { build } from '../provenance/build.ts';
import { traceJson } from '../provenance/traced.ts';
import type { Mint } from '../resolve/mint.ts';
import { resolve } from '../resolve/resolve.ts';
import type { Lock } from '../schema/lock.schema.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { UndefinedValue } from '../template/evaluate.ts';
import { renderText } from '../template/render-text.ts';
import { effectiveChanges } from './effective-changes.ts';
import type { FileChange, ScaffoldPlan } from './file-change.ts';
import { lockPath, lockService, writeLock } from './plan-lock.ts';
import { refusal } from './refusal.ts';

export interface ServiceOptions {
  readonly name: string;
  /** `team-payments` or `group:default/team-payments`. */
  readonly owner: string;
  readonly template: string;
  readonly system?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly lifecycle: string;
}

/**
 * Scaffolds a service from a workload capability: source, tests, Dockerfile, catalog entry, Score file, lock.
 * Everything is checked before the first write; run again with the same answers it changes nothing, with
 * others it refuses, because seeded files belong to their service.
 */
export function planService(snapshot: Snapshot, options: ServiceOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const platform = loadPlatform(snapshot);
  const template = platform.capabilities.get(options.template);
  const owner = ownerOf(options.owner, platform.catalog);
  const system = systemOf(options.system, platform.catalog);
  const findings = [
    ...nameFindings(options.name),
    ...owner.findings,
    ...system.findings,
    ...templateFindings(options.template, platform),
  ];
  if (template === undefined || owner.value === undefined || hasErrors(findings)) return { findings };
  const answers = answersOf(options, owner.value, system.value);
  const lock = platform.workloads.get(options.name)?.workload.lock?.document;
  const locked = snapshot.entry(lockPath(options.name)) !== undefined;
  if (locked && canonicalJson((lock?.answers ?? null) as Json) !== canonicalJson(answers))
    return { findings: [serviceExists(options.name, 'made with other answers')] };
  const files = scaffoldFiles(template, options, answers, snapshot);
  if (hasErrors(files.findings)) return { findings: files.findings };
  // Without a lock, an earlier run was interrupted before its last file, or the folder is somebody's own.
  const other = locked ? undefined : files.files.find((file) => isThereAndDiffers(snapshot, file));
  if (other !== undefined) return { findings: [serviceExists(options.name, `and ${quote(other.path)} is not ours`)] };
  return complete(snapshot, platform, options, files.files, answers, mint);
}

interface ClassifiedFile extends FileChange {
  readonly class: 'managed' | 'seeded';
}

function complete(
  snapshot: Snapshot,
  before: Platform,
  options: ServiceOptions,
  files: readonly ClassifiedFile[],
  answers: Json,
  mint: Mint,
): Outcome<ScaffoldPlan> {
  const { name } = options;
  const previous = before.workloads.get(name)?.workload.lock?.document;
  // A seeded file is written once: one that its people removed stays away.
  const wanted = previous === undefined ? files : files.filter((file) => file.class === 'managed');
  const gated = effectiveChanges(
    snapshot,
    [`services/${name}`],
    wanted.map(({ path, content, mode }) => ({ path, content, ...(mode !== undefined && { mode }) })),
  );
  if (hasErrors(gated.findings)) return { findings: gated.findings };
  const after = overlaySnapshot(snapshot, gated.changes);
  const platform = loadPlatform(after);
  const locked = lockService(name, platform, [], mint);
  if (locked.value === undefined) return { findings: locked.findings };
  const ownership = Object.fromEntries(files.map((file) => [file.path.slice(`services/${name}/`.length), file.class]));
  const lock: Lock = {
    ...locked.value,
    answers: answers as NonNullable<Lock['answers']>,
    files: previous?.files ?? ownership,
  };
  const lockChange = effectiveChanges(
    snapshot,
    [`services/${name}`],
    [{ path: lockPath(name), content: writeLock(lock) }],
  );
  const changes = [...gated.changes, ...lockChange.changes];
  const problems = newFindings(name, overlaySnapshot(snapshot, changes), before);
  if (hasErrors(problems)) return { findings: problems };
  const summary =
    changes.length === 0
      ? `services/${name} is there already and as it should be`
      : `${name}: ${changes.length} files for a service of ${options.owner}`;
  return {
    value: { changes, summary, nextSteps: changes.length === 0 ? [] : nextSteps(name) },
    findings: lockChange.findings,
  };
}

/** What would be wrong after the writes and is not wrong already: nothing that we know to be broken is written. */
function newFindings(service: string, after: Snapshot, before: Platform): readonly Finding[] {
  const platform = loadPlatform(after);
  const known = new Set(before.findings.map((finding) => JSON.stringify(finding)));
  const introduced = platform.findings.filter((finding) => !known.has(JSON.stringify(finding)));
  return [...introduced, ...resolve(service, platform).findings].filter(({ severity }) => severity === 'error');
}

function nextSteps(name: string): readonly string[] {
  return [
    `npx nx run ${name}:test                 # it builds and its tests pass`,
    `npx nx g idp:add ${name} postgres --as=db   # give it a capability`,
    'npx idp plan --base=main                # what this does to each environment',
    `services/${name}/README.md`,
  ];
}

function nameFindings(name: string): readonly Finding[] {
  if (isServiceName(name)) return [];
  return [
    refusal(
      'name',
      `${quote(name)} cannot be the name of a service`,
      `lower-case letters, digits and \`-\`, beginning with a letter, at most ${maxServiceName} characters`,
      'option:name',
    ),
  ];
}

function ownerOf(text: string, catalog: Catalog): Outcome<EntityRef> {
  const ref = parseReference(text, { kind: 'group' });
  if (ref?.startsWith('group:') && catalog.get(ref) !== undefined) return { value: ref, findings: [] };
  const groups = catalog.refs(['group']).map(nameOf);
  return {
    findings: [
      refusal(
        'owner',
        `there is no group ${quote(text)}`,
        didYouMean(ref === undefined ? text : nameOf(ref), groups) ?? 'add it to catalog/ first',
        'option:owner',
      ),
    ],
  };
}

function systemOf(text: string | undefined, catalog: Catalog): Outcome<string> {
  if (text === undefined) return { findings: [] };
  const ref = parseReference(text, { kind: 'system' });
  if (ref?.startsWith('system:') && catalog.get(ref) !== undefined) return { value: nameOf(ref), findings: [] };
  const systems = catalog.refs(['system']).map(nameOf);
  return {
    findings: [
      refusal(
        'system',
        `there is no system ${quote(text)}`,
        didYouMean(ref === undefined ? text : nameOf(ref), systems) ?? 'add it to catalog/ first',
        'option:system',
      ),
    ],
  };
}

function templateFindings(name: string, platform: Platform): readonly Finding[] {
  const capability = platform.capabilities.get(name);
  if (capability?.document.spec.provides === 'workload' && capability.scaffold.length > 0) return [];
  const broken = platform.brokenCapabilities.has(name);
  const templates = [...platform.capabilities.values()]
    .filter(({ scaffold, document }) => document.spec.provides === 'workload' && scaffold.length > 0)
    .map((candidate) => candidate.name);
  if (broken)
    return [
      refusal(
        'template',
        `the template ${quote(name)} has errors of its own`,
        `mend capabilities/${name} first`,
        `capability:${name}`,
      ),
      ...platform.findings.filter(({ path }) => path?.startsWith(`capabilities/${name}/`)),
    ];
  return [
    refusal(
      'template',
      `there is no template ${quote(name)}`,
      didYouMean(name, templates) ?? 'a template is a workload capability with templates/scaffold',
      'option:template',
    ),
  ];
}

function answersOf(
  options: ServiceOptions,
  owner: EntityRef,
  system: string | undefined,
): { readonly [key: string]: Json } {
  const { template, lifecycle, title, description } = options;
  return {
    template,
    owner,
    lifecycle,
    ...(system !== undefined && { system }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}

function serviceExists(name: string, how: string): Finding {
  return refusal(
    'service-exists',
    `services/${name} is there already, ${how}`,
    'edit its files, or choose another name',
    `service:${name}`,
  );
}

function isThereAndDiffers(snapshot: Snapshot, change: FileChange): boolean {
  return snapshot.entry(change.path) !== undefined && effectiveChanges(snapshot, [''], [change]).changes.length > 0;
}

function scaffoldFiles(
  template: Capability,
  options: ServiceOptions,
  answers: { readonly [key: string]: Json },
  snapshot: Snapshot,
): { readonly files: readonly ClassifiedFile[]; readonly findings: readonly Finding[] } {
  const origin = { kind: 'source' as const, source: template.source, pointer: [] };
  const parameters = template.document.spec.parameters?.['properties'] as
    | { readonly [key: string]: { readonly default?: Json } }
    | undefined;
  const defaults = Object.entries(parameters ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  const context = build(
    {
      service: {
        name: options.name,
        title: options.title ?? options.name,
        namespace: options.name,
        description: options.description,
        owner: String(answers['owner']),
        system: options.system === undefined ? undefined : String(answers['system']),
        lifecycle: options.lifecycle,
      },
      params: traceJson(Object.fromEntries(defaults), () => origin),
    },
    origin,
  );
  const isManaged = picomatch([...(template.document.spec.scaffold?.managed ?? [])], { dot: true });
  const findings: Finding[] = [];
  const files = template.scaffold.flatMap((file): readonly ClassifiedFile[] => {
    try {
      const path = `services/${options.name}/${file.path}`;
      const managed = template.document.spec.scaffold?.managed !== undefined && isManaged(file.path);
      return [
        {
          path,
          content: renderText(file.template, context),
          class: managed ? 'managed' : 'seeded',
          ...(file.executable && { mode: '100755' as const }),
        },
      ];
    } catch (error) {
      if (!(error instanceof UndefinedValue)) throw error;
      findings.push({
        code: 'template/undefined-value',
        severity: 'error',
        message: error.message,
        hint: 'guard it with `{{#if …}}`',
        ...error.position,
      });
      return [];
    }
  });
  findings.push(
    ...files.flatMap(
      ({ path }) => effectiveChanges(snapshot, [`services/${options.name}`], [{ path, content: '' }]).findings,
    ),
  );
  return { files, findings };
}
