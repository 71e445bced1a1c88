import { specString } from '../catalog/entity.ts';
import { quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { child, descend, stringIn } from '../provenance/traced.ts';
import type { Lock } from '../schema/lock.schema.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import { builtImages } from './built-images.ts';
import { calledServices } from './called-services.ts';
import { type Needs, neededCapabilities } from './capability-uses.ts';
import { checkLock } from './check-lock.ts';
import { checkReferences, type Problem } from './check-references.ts';
import type { Resolution, ServiceFacts, Use } from './resolution.ts';
import { ResolvedService } from './resolved-service.ts';
import { serviceOutputs } from './service-interface.ts';
import { sharedUses } from './shared-uses.ts';

/**
 * Brings the parts of one service together: its capabilities in the versions of the lock, its identities, the
 * services that it calls. Never throws for what a user wrote, and never mints: what the lock lacks is
 * `resolve/lock-missing` or `resolve/lock-outdated`.
 */
export function resolve(service: string, platform: Platform): Outcome<Resolution> {
  const { value, findings, ownFindings } = parts(service, platform);
  return value === undefined || hasErrors(findings) || hasErrors(ownFindings)
    ? { findings }
    : { value: new ResolvedService(value), findings };
}

/**
 * The service as others read its shared instances: also while something is wrong with what it calls or names, because
 * one bad service never blocks another (design, section 6). Whether the instance itself is whole is seen when its
 * parameters are looked up.
 *
 * @returns no value where the service itself cannot be relied on; `findings` then say why, its file's own among them
 */
export function resolveToRead(service: string, platform: Platform): Outcome<Resolution> {
  const { value, findings, ownFindings } = parts(service, platform);
  const all = [...ownFindings, ...findings];
  const errors = all.filter(({ severity }) => severity === 'error');
  if (value === undefined || !errors.every(({ code }) => leavesOthersWhole.has(code))) return { findings: all };
  return { value: new ResolvedService(value), findings: all };
}

/** Errors of a single reference: whatever does not name it is not touched by it. */
const leavesOthersWhole: ReadonlySet<string> = new Set([
  'resolve/unknown-service',
  'resolve/unknown-resource',
  'resolve/unknown-output',
  'resolve/unknown-placeholder',
  'resolve/unknown-volume',
  'resolve/secret-elsewhere',
]);

function parts(
  service: string,
  platform: Platform,
): Outcome<Omit<Resolution, 'release'>> & { readonly ownFindings: readonly Finding[] } {
  const loaded = platform.workloads.get(service);
  if (loaded === undefined) return { findings: [], ownFindings: [] };
  const { workload, findings: ownFindings } = loaded;
  const needs = neededCapabilities(workload, platform);
  const services = calledServices(needs.services, workload, platform);
  const references = [undefined, ...workload.overrides.keys()].flatMap((environment) =>
    checkReferences(
      effectiveScore(workload, environment),
      (name) => outputNames(name, workload, environment, needs, services.value),
      (name, output) => secretElsewhere(name, output, workload, needs),
      workload.files,
    ),
  );
  const findings: Finding[] = [...needs.findings, ...services.findings, ...saidOnce(references)];
  const shared = sharedUses(needs, workload);
  findings.push(...shared.findings);
  const locked = checkLock(loaded, needs);
  findings.push(...locked.findings);
  if (locked.value === undefined) return { findings, ownFindings };
  const others = { services: services.value, shared: shared.value };
  const value = withLock(workload, needs, others, locked.value, platform.settings.registry);
  return { value, findings, ownFindings };
}

/** An override may have other names to suggest: it is the same mistake at the same place. */
function saidOnce(findings: readonly Finding[]): readonly Finding[] {
  const byMistake = new Map<string, Finding>();
  for (const finding of findings) {
    const { code, message, path, line, column } = finding;
    const key = JSON.stringify([code, message, path, line, column]);
    if (!byMistake.has(key)) byMistake.set(key, finding);
  }
  return [...byMistake.values()];
}

function withLock(
  workload: Workload,
  needs: Needs,
  others: Pick<Resolution, 'services' | 'shared'>,
  lock: Lock,
  registry: string,
): Omit<Resolution, 'release'> {
  const uses = new Map<string, Use>();
  for (const { path, capability } of needs.uses) {
    const instance = lock.instances[path];
    if (instance !== undefined) uses.set(path, { path, capability, instance });
  }
  const runs =
    needs.runs === undefined || lock.workload === undefined
      ? undefined
      : { path: '', capability: needs.runs, instance: lock.workload };
  return {
    service: workload.service,
    workload,
    facts: factsOf(workload),
    namespace: lock.namespace,
    renderer: lock.renderer,
    images: builtImages(workload, lock, registry),
    runs,
    uses,
    ...others,
  };
}

function factsOf({ entity }: Workload): ServiceFacts {
  return {
    owner: (entity && specString(entity, 'owner')) ?? '',
    lifecycle: (entity && specString(entity, 'lifecycle')) ?? '',
    system: entity && specString(entity, 'system'),
    title: entity && stringOf(property(property(entity.value, 'metadata'), 'title')),
  };
}

/** `undefined` when the outputs cannot be known: the resource has a finding of its own. */
function outputNames(
  name: string,
  workload: Workload,
  environment: string | undefined,
  needs: Needs,
  services: Resolution['services'],
): readonly string[] | undefined {
  if (needs.services.some((resource) => resource.name === name)) {
    const id = stringIn(descend(effectiveScore(workload, environment), ['resources', name, 'id']));
    const other = services.get(id ?? name);
    return other && [...serviceOutputs(other, environment ?? '').keys()];
  }
  const inScore = child(child(effectiveScore(workload, environment), 'resources'), name);
  if (stringIn(child(inScore, 'type')) === 'volume') return [];
  const use = [...needs.uses, ...needs.shared].find(({ path }) => path === name);
  return inScore === undefined || use === undefined ? undefined : [...use.capability.outputs.keys()];
}

/** A Secret is in one namespace: that of the service whose instance it is (design, section 5). */
function secretElsewhere(name: string, output: string, workload: Workload, needs: Needs): Problem | undefined {
  const shared = needs.shared.find(({ path }) => path === name);
  const secret = shared?.capability.outputs.get(output);
  if (shared === undefined || secret?.kind !== 'secret' || secret.reach === 'cluster') return undefined;
  const { service } = shared.owner.workload;
  if (service === workload.service) return undefined;
  return {
    code: 'resolve/secret-elsewhere',
    message: `the secret ${quote(output)} is in the namespace of ${service}, which owns this instance`,
    hint: `have an instance of your own; or ${shared.capability.name} copies the Secret to all namespaces and says so by \`reach: cluster\``,
  };
}
