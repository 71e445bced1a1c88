import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isObject, type Json, property, stringOf } from '../json/json.ts';
import { lockFile } from '../layout/paths.ts';
import type { Platform } from '../platform/platform.ts';
import { type WithService, withService } from '../platform/with-service.ts';
import type { Mint } from '../resolve/mint.ts';
import { sharesInstances } from '../resolve/shared-instances.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Workload } from '../workload/workload.ts';
import { editScore } from './edit-score.ts';
import { effectiveChanges } from './effective-changes.ts';
import { errorsAfter } from './errors-after.ts';
import type { ScaffoldPlan } from './file-change.ts';
import { lockService, writeLock } from './plan-lock.ts';
import { refusal, refusedName } from './refusal.ts';
import { type AddOptions, resourceOffer } from './resource-offer.ts';
import { type Surrounding, Surroundings, wholeSurrounding } from './surroundings.ts';
import { unreadableService } from './unreadable-service.ts';

/**
 * Adds a resource to a service's Score file, wires its outputs into the containers, and mints its identity. Everything
 * is checked before the first write, rendered in every environment.
 */
export function planAdd(snapshot: Snapshot, options: AddOptions, mint: Mint): Outcome<ScaffoldPlan> {
  const { isClean: _, ...planned } = planAmong(wholeSurrounding(snapshot, options.service), options, mint);
  return planned;
}

/**
 * The same, decided by the service's surroundings alone: the work does not grow with the number of services.
 *
 * @param snapshot may lack everything that the service and the capability have nothing to do with
 * @returns `undefined` when that is not enough to decide: for a refusal, whose hints know of everything, for a service
 * that has errors there, and for one with instances that may be another's
 */
export function planAddNearby(snapshot: Snapshot, options: AddOptions, mint: Mint): Outcome<ScaffoldPlan> | undefined {
  const surrounding = new Surroundings(snapshot).ofService(options.service, options.capability);
  const { isClean, ...planned } = planAmong(surrounding, options, mint);
  return isClean ? planned : undefined;
}

/** A plan, and whether the service is without errors after it and concerns no other. */
type Planned = Outcome<ScaffoldPlan> & { readonly isClean?: boolean };

function planAmong({ base, folder }: Surrounding, options: AddOptions, mint: Mint): Planned {
  const before = withService(base, folder, options.service);
  const { platform } = before;
  const unreadable = unreadableService(options.service, platform, before.findings);
  if (unreadable !== undefined) return { findings: unreadable };
  const loaded = platform.workloads.get(options.service);
  const offer = resourceOffer(options, platform);
  const name = options.as ?? options.id ?? options.capability;
  const findings = [...offer.findings, ...refusedName(name, { what: 'a resource', longest: 30, option: 'as' })];
  if (loaded === undefined) {
    findings.push(
      refusal(
        'unknown-service',
        `there is no service ${quote(options.service)}`,
        didYouMean(options.service, platform.workloads.keys()) ??
          `\`npx nx g idp:service ${options.service}\` makes it`,
        'option:service',
      ),
    );
  }
  if (loaded === undefined || offer.value === undefined || hasErrors(findings)) return { findings };
  const broken = loaded.findings.filter(({ severity }) => severity === 'error');
  if (broken.length > 0) return { findings: broken };
  const { workload } = loaded;
  const resource = resourceOf(options, name);
  const existing = property(property(workload.score.documents[0], 'resources'), name);
  if (existing !== undefined && canonicalJson(existing) !== canonicalJson(resource)) {
    return {
      findings: [
        refusal(
          'resource-exists',
          `${options.service} has a resource ${quote(name)} already, which differs`,
          `edit services/${options.service}/score.yaml, or choose another name with --as`,
          'option:as',
        ),
      ],
    };
  }
  const variables = Object.fromEntries(
    Object.entries(offer.value).map(([key, output]) => [variableName(name, key), `\${resources.${name}.${output}}`]),
  );
  const taken = takenVariables(workload, variables);
  if (taken.length > 0) return { findings: taken };
  return write(
    { base, folder },
    before,
    workload,
    { name, resource, variables, containers: containersOf(workload) },
    existing !== undefined,
    options,
    mint,
  );
}

type Edit = Parameters<typeof editScore>[1];

function write(
  { base, folder }: Surrounding,
  before: WithService,
  workload: Workload,
  edit: Edit,
  exists: boolean,
  options: AddOptions,
  mint: Mint,
): Planned {
  const { service, score } = workload;
  const granted = [`services/${service}`];
  const text = exists ? score.text : editScore(score.text, edit);
  const scored = effectiveChanges(folder, granted, [{ path: score.path, content: text }]);
  const unlocked = withService(base, overlaySnapshot(folder, scored.changes), service);
  const locked = lockService(service, unlocked.platform, [], mint);
  const findings: Finding[] = [...scored.findings, ...locked.findings];
  if (locked.value === undefined || hasErrors(findings)) return { findings };
  const lock = effectiveChanges(folder, granted, [{ path: lockFile(service), content: writeLock(locked.value) }]);
  if (hasErrors(lock.findings)) return { findings: lock.findings };
  const changes = [...scored.changes, ...lock.changes];
  const after = withService(base, overlaySnapshot(folder, changes), service);
  const { rendered, introduced } = errorsAfter(service, before, after);
  const asked = introduced.flatMap((finding) => missingOption(finding, options, before.platform) ?? []);
  if (asked.length > 0) return { findings: sortFindings(asked) };
  if (introduced.length > 0) return { findings: introduced };
  const names = Object.keys(edit.variables);
  const summary =
    changes.length === 0
      ? `${service} has ${quote(edit.name)} already`
      : `${service}: ${options.capability} as ${quote(edit.name)}${names.length === 0 ? '' : `, in the variables ${names.join(', ')}`}`;
  return {
    value: {
      changes,
      summary,
      nextSteps:
        changes.length === 0
          ? []
          : [
              `read services/${service}/score.yaml`,
              'npx idp validate',
              'npx idp plan --base=main   # what this does to each environment',
            ],
    },
    findings,
    isClean: rendered.length === 0 && !sharesInstances(service, after.platform),
  };
}

/** A parameter that has to be given, as the option that it is here; what follows from its absence need not be said. */
function missingOption(finding: Finding, options: AddOptions, platform: Platform): Finding | undefined {
  if (finding.code !== 'resolve/parameter-missing-field') return undefined;
  const { parameters } = platform.capabilities.get(options.capability)?.document.spec ?? {};
  const required = property(parameters as Json | undefined, 'required');
  const missing = (Array.isArray(required) ? required.map(String) : []).find(
    (name) => !Object.hasOwn(options.params, name) && finding.message.endsWith(`${quote(name)} is missing`),
  );
  if (missing === undefined) return undefined;
  return refusal('parameter', finding.message, `give it: \`--${missing}=…\``, `option:${missing}`);
}

function resourceOf(options: AddOptions, name: string): Json {
  return {
    type: options.capability,
    ...(options.class !== undefined && { class: options.class }),
    ...(options.id !== undefined && options.id !== name && { id: options.id }),
    ...(Object.keys(options.params).length > 0 && { params: options.params }),
  };
}

function variableName(resource: string, key: string): string {
  return `${resource.toUpperCase().replaceAll('-', '_')}_${key}`;
}

function containersOf({ score }: Workload): readonly string[] {
  const containers = property(score.documents[0], 'containers');
  const names = isObject(containers) ? Object.keys(containers) : [];
  return names.includes('main') ? ['main'] : names.slice(0, 1);
}

/** A variable that means something else already is not overwritten. */
function takenVariables(workload: Workload, variables: Readonly<Record<string, string>>): readonly Finding[] {
  return containersOf(workload).flatMap((container) => {
    const pointer = ['containers', container, 'variables'];
    const present = property(property(property(workload.score.documents[0], 'containers'), container), 'variables');
    return Object.entries(variables).flatMap(([name, value]): readonly Finding[] => {
      const written = stringOf(property(present, name));
      if (written === undefined || written === value) return [];
      return [
        {
          code: 'scaffold/variable-exists',
          severity: 'error',
          message: `the variable ${name} is there already with another value`,
          hint: 'choose another name for the resource with --as',
          ...workload.score.locate([...pointer, name]),
        },
      ];
    });
  });
}
