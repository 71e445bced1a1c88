import { decodeText } from '../../digest/text.ts';
import type { Environment } from '../../environment/environment.ts';
import { isBranchName } from '../../environment/load-environments.ts';
import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import { newFindings } from '../../finding/new-findings.ts';
import type { Json, JsonObject } from '../../json/json.ts';
import { environmentFile, platformFile } from '../../layout/paths.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import type { Platform } from '../../platform/platform.ts';
import { schemaFile } from '../../schema/json-schemas.ts';
import { snapshotOf } from '../../snapshot/index-entries.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { effectiveChanges } from '../effective-changes.ts';
import type { FileChange, ScaffoldPlan } from '../file-change.ts';
import { refusal, refusedName } from '../refusal.ts';
import { schemaLineIn } from '../schema-line.ts';
import { defaultValues } from './default-values.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { environmentText } from './environment-text.ts';
import { spliceAfter } from './splice-after.ts';

const naming = { what: 'an environment', longest: 30 } as const;

/** What the generator `environment` reads: no service, no catalog. */
export function isReadForEnvironment(path: string): boolean {
  return path === platformFile || path === schemaFile('environment') || environmentFile(path) !== undefined;
}

/** What the generator `environment` may write to. */
export const grantedForEnvironment = ['environments'] as const;

/**
 * Adds an environment, modelled on the first one that it comes after, and splices it in before others where that is asked
 * for. Nothing is written that would be a finding: no cycle, no second environment on a branch, no value of another type.
 */
export function planEnvironment(whole: Snapshot, options: EnvironmentOptions): Outcome<ScaffoldPlan> {
  const snapshot = snapshotOf(
    whole.list().filter(({ path }) => isReadForEnvironment(path)),
    ({ path }) => whole.read(path),
  );
  const platform = loadPlatform(snapshot);
  const asked = [
    ...refusedName(options.name, naming),
    ...linkFindings(options, platform),
    ...branchFindings(options, platform),
  ];
  if (hasErrors(asked)) return { findings: asked };
  const existing = platform.environments.get(options.name);
  const files: readonly FileChange[] =
    existing === undefined ? [newFile(options, platform, schemaLineIn(snapshot, 'environment', '../'))] : [];
  if (existing !== undefined && !isSame(existing, options)) return { findings: [exists(existing, options)] };
  const taken = [`environments/${options.name}.yaml`, `environments/${options.name}.yml`].find((path) =>
    snapshot.entry(path),
  );
  if (existing === undefined && taken !== undefined)
    return { findings: platform.findings.filter(({ path }) => path === taken) };
  const spliced = options.before.flatMap((name) => splicedFile(name, options, platform, snapshot));
  // The gate looks at the whole repository: a linked folder has no file that the platform reads.
  const { changes, findings } = effectiveChanges(whole, grantedForEnvironment, [...files, ...spliced]);
  if (hasErrors(findings)) return { findings };
  const after = loadPlatform(overlaySnapshot(snapshot, changes));
  const brought = newFindings(platform.findings, after.findings).filter(({ severity }) => severity === 'error');
  if (brought.length > 0) return { findings: brought };
  return { value: planOf(options, changes, after), findings: [] };
}

function newFile(options: EnvironmentOptions, platform: Platform, schemaLine: string): FileChange {
  const { environments, settings } = platform;
  const model = environments.get(options.after[0] ?? '') ?? [...environments.values()][0];
  const values =
    (model?.document.spec.values as JsonObject | undefined) ??
    (model === undefined ? defaultValues(settings.environmentValues as Json | undefined, options.name) : {});
  return { path: `environments/${options.name}.yaml`, content: environmentText(options, model, values, schemaLine) };
}

/** An environment that comes after the new one from now on, and no longer right after what that one comes after. */
function splicedFile(
  name: string,
  options: EnvironmentOptions,
  { environments }: Platform,
  snapshot: Snapshot,
): readonly FileChange[] {
  const source = environments.get(name)?.source;
  const bytes = source && snapshot.read(source.path);
  const text = bytes && decodeText(bytes);
  if (source === undefined || text === undefined) return [];
  return [{ path: source.path, content: spliceAfter(text, options.after, options.name) }];
}

function isSame({ branch, document }: Environment, options: EnvironmentOptions): boolean {
  const { after = [], promotion } = document.spec;
  return (
    branch === (options.branch ?? `env/${options.name}`) &&
    [...after].sort().join() === [...options.after].sort().join() &&
    (options.promotion === undefined || options.promotion === promotion)
  );
}

function exists({ source, branch, document }: Environment, { name }: EnvironmentOptions): Finding {
  const after = document.spec.after ?? [];
  const how = after.length === 0 ? 'after none' : `after ${after.join(' and ')}`;
  return refusal(
    'environment-exists',
    `the environment ${quote(name)} is there already, ${how}, on the branch ${branch}`,
    `edit ${source.path}, or choose another name`,
    `environment:${name}`,
  );
}

function linkFindings({ name, after, before }: EnvironmentOptions, { environments }: Platform): readonly Finding[] {
  const known = [...environments.keys()].filter((each) => each !== name);
  const unknown = (['after', 'before'] as const).flatMap((option) =>
    (option === 'after' ? after : before)
      .filter((each) => !known.includes(each))
      .map((each) =>
        refusal(
          'unknown-environment',
          each === name ? `${quote(name)} cannot come ${option} itself` : `there is no environment ${quote(each)}`,
          didYouMean(each, known) ?? 'an environment is in environments/<name>.yaml',
          `option:${option}`,
        ),
      ),
  );
  if (unknown.length > 0) return unknown;
  return before.flatMap((later) => {
    const chain = after.map((earlier) => wayTo(later, earlier, environments)).find((way) => way !== undefined);
    if (chain === undefined) return [];
    const circle = [name, ...chain, name].join(' after ');
    return [
      refusal(
        'cycle',
        `the environments would wait for each other: ${circle}`,
        'leave one of them out',
        'option:before',
      ),
    ];
  });
}

/** The environments from one to another that comes after it, both included. */
function wayTo(
  from: string,
  to: string,
  environments: Platform['environments'],
  seen: readonly string[] = [],
): readonly string[] | undefined {
  if (from === to) return [...seen, to];
  if (seen.includes(to)) return undefined;
  for (const earlier of environments.get(to)?.document.spec.after ?? []) {
    const way = wayTo(from, earlier, environments, [...seen, to]);
    if (way !== undefined) return way;
  }
  return undefined;
}

function branchFindings(
  { name, branch }: EnvironmentOptions,
  { environments, settings }: Platform,
): readonly Finding[] {
  const wanted = branch ?? `env/${name}`;
  // What is wrong with the name is said of the name.
  if (branch === undefined && refusedName(name, naming).length > 0) return [];
  const example = refusedName(name, naming).length > 0 ? 'qa' : name;
  const refuse = (message: string): readonly Finding[] => [
    refusal('branch', message, `for example \`--branch=env/${example}\``, 'option:branch'),
  ];
  if (!isBranchName(wanted) || wanted.startsWith('refs/'))
    return refuse(`${quote(wanted)} cannot be the name of a branch`);
  if (wanted === settings.branch) return refuse(`${quote(wanted)} is the branch that is promoted`);
  const other = [...environments.values()].find(
    (each) => each.name !== name && each.branch.toLowerCase() === wanted.toLowerCase(),
  );
  return other === undefined ? [] : refuse(`${quote(wanted)} is the branch of ${quote(other.name)}`);
}

function planOf(options: EnvironmentOptions, changes: readonly FileChange[], { environments }: Platform): ScaffoldPlan {
  const { name, after, before } = options;
  const environment = environments.get(name);
  const branch = environment?.branch ?? `env/${name}`;
  const place = [
    ...(after.length > 0 ? [`after ${after.join(' and ')}`] : []),
    ...(before.length > 0 ? [`before ${before.join(' and ')}`] : []),
  ];
  if (changes.length === 0)
    return { changes, summary: `nothing to do: environments/${name}.yaml is there and as it should be`, nextSteps: [] };
  const targets = environment?.document.spec.targets ?? [];
  const model = after[0] ?? [...environments.keys()].find((each) => each !== name);
  const beside = [...environments.values()].filter(
    (each) =>
      each.name !== name && !before.includes(each.name) && each.document.spec.after?.some((one) => after.includes(one)),
  );
  return {
    changes,
    summary: [`${name}:`, 'an environment', ...place].join(' '),
    nextSteps: [
      `read environments/${name}.yaml: its clusters and values${model === undefined ? '' : ` are made after those of ${model}`}`,
      ...targets.map(
        (target) => `${target.cluster} follows the branch ${branch}, folder manifests/${target.name} (Argo CD, Flux)`,
      ),
      ...beside.map(
        (each) =>
          `${each.name} still comes after ${after.join(' and ')}; \`--before=${each.name}\` puts ${name} between`,
      ),
      `npx idp render --environment=${name}`,
      `npx idp check   # what policies ask of it, and of what runs there`,
    ],
  };
}
