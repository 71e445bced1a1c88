import { specString } from '../catalog/entity.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { lockFile } from '../layout/paths.ts';
import type { Platform } from '../platform/platform.ts';
import { child, descend, stringIn } from '../provenance/traced.ts';
import { knownRenderers } from '../render/renderer-version.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { LoadedWorkload } from '../workload/load-workloads.ts';
import { placeIn } from '../workload/score-findings.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import { builtImages } from './built-images.ts';
import { type Needs, neededCapabilities } from './capability-uses.ts';
import { checkReferences, type Problem } from './check-references.ts';
import type { DeclaredResource } from './declared-resources.ts';
import { expectedLock } from './expected-lock.ts';
import { lockDifferences } from './lock-differences.ts';
import { newerThanRenderer } from './newer-than-renderer.ts';
import { resourceOfPath } from './requirement-path.ts';
import type { Resolution, ServiceFacts, ServiceInterface, SharedUse, Use } from './resolution.ts';
import { ResolvedService } from './resolved-service.ts';
import { serviceInterface, serviceOutputs } from './service-interface.ts';

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

export function factsOf({ entity }: Workload): ServiceFacts {
  return {
    owner: (entity && specString(entity, 'owner')) ?? '',
    lifecycle: (entity && specString(entity, 'lifecycle')) ?? '',
    system: entity && specString(entity, 'system'),
    title: entity && stringOf(property(property(entity.value, 'metadata'), 'title')),
  };
}

function calledServices(
  resources: readonly DeclaredResource[],
  workload: Workload,
  platform: Platform,
): { readonly value: Resolution['services']; readonly findings: readonly Finding[] } {
  const services = new Map<string, ServiceInterface>();
  const findings: Finding[] = [];
  for (const { name, id, score } of resources) {
    const called = id ?? name;
    const other = platform.workloads.get(called);
    if (other !== undefined) services.set(called, serviceInterface(other.workload));
    else if (platform.unreadableServices.has(called)) {
      findings.push({
        code: 'resolve/unknown-service',
        severity: 'error',
        message: `the service ${quote(called)} cannot be read`,
        hint: `mend services/${called} first`,
        ...placeIn(score, ['resources', name, id === undefined ? 'type' : 'id']),
      });
    } else {
      const hint = didYouMean(
        called,
        [...platform.workloads.keys()].filter((candidate) => candidate !== workload.service),
      );
      findings.push({
        code: 'resolve/unknown-service',
        severity: 'error',
        message: `there is no service ${quote(called)}`,
        hint: hint ?? 'name another one by `id`, or leave the resource out',
        ...placeIn(score, id === undefined ? ['resources', name, 'type'] : ['resources', name, 'id']),
      });
    }
  }
  return { value: services, findings };
}

/** The instances of others, with the identities that are in the locks of their owners. */
function sharedUses(
  needs: Needs,
  { service, score }: Workload,
): Outcome<Resolution['shared']> & {
  readonly value: Resolution['shared'];
} {
  const uses = new Map<string, SharedUse>();
  const findings: Finding[] = [];
  for (const { path, capability, owner, ranges } of needs.shared) {
    const { workload, resource, id } = owner;
    const lock = workload.lock?.document;
    const instance = lock && Object.hasOwn(lock.instances, resource) ? lock.instances[resource] : undefined;
    if (lock !== undefined && instance?.capability === capability.name) {
      const { namespace } = lock;
      uses.set(path, {
        path,
        capability,
        instance,
        id,
        ranges,
        owner: { service: workload.service, namespace, resource },
      });
      continue;
    }
    const name = resourceOfPath(path);
    findings.push({
      code: 'resolve/shared-instance',
      severity: 'error',
      message: `the shared ${capability.name} ${quote(id)} has no identity yet in ${workload.service}, which owns it`,
      hint: `\`npx idp lock ${workload.service}\` first`,
      subject: `service:${service}`,
      ...score.locate(name === undefined ? ['metadata', 'name'] : ['resources', name]),
    });
  }
  return { value: uses, findings };
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

function checkLock({ workload, findings: own }: LoadedWorkload, needs: Needs): Outcome<Lock> {
  const { service, lock, score } = workload;
  const subject = `service:${service}`;
  if (lock === undefined) {
    // A lock that is there and cannot be read has said so itself.
    if (own.some(({ path }) => path === lockFile(service))) return { findings: [] };
    const finding: Finding = {
      code: 'resolve/lock-missing',
      severity: 'error',
      message: `${service} has no lock`,
      hint: `\`npx idp lock ${service}\` writes it; one that was there before is restored from git: a new lock means new, empty instances`,
      subject,
      ...score.locate(['metadata', 'name']),
    };
    return { findings: [finding] };
  }
  if (!knownRenderers.includes(lock.document.renderer)) {
    const finding: Finding = {
      code: 'resolve/unknown-renderer',
      severity: 'error',
      message: `this tool has no renderer ${quote(lock.document.renderer)}`,
      hint: `it knows ${knownRenderers.join(', ')}; use a newer tool`,
      subject,
      ...lock.source.locate(['renderer']),
    };
    return { findings: [finding] };
  }
  const newer = newerThanRenderer(workload, lock.document.renderer);
  if (newer !== undefined) return { findings: [{ ...newer, subject }] };
  if (/^(default|kube-.*)$/.test(lock.document.namespace)) {
    const finding: Finding = {
      code: 'resolve/reserved-namespace',
      severity: 'error',
      message: `the namespace ${quote(lock.document.namespace)} belongs to Kubernetes`,
      hint: 'take the namespace back that the lock had; that of a new service is its name',
      subject,
      ...lock.source.locate(['namespace']),
    };
    return { findings: [finding] };
  }
  // What a service needs cannot be compared while a part of it is unknown.
  if (hasErrors(needs.findings)) return { value: lock.document, findings: [] };
  const needed = needs.uses.map(({ path }) => path);
  const differences = lockDifferences(lock.document, expectedLock(workload, needs, lock.document, undefined), needed);
  const [first] = differences;
  if (first === undefined) return { value: lock.document, findings: [] };
  const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
  const finding: Finding = {
    code: 'resolve/lock-outdated',
    severity: 'error',
    message: `the lock is outdated: ${first.message}${more}`,
    hint: `${first.first === undefined ? '' : `${first.first}; `}\`npx idp lock ${service}\` brings it up to date`,
    subject,
    ...lock.source.locate(first.pointer, 'key'),
  };
  return { findings: [finding] };
}
