import type { Capability } from '../capability/capability.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { descend, stringIn } from '../provenance/traced.ts';
import { placeIn } from '../workload/score-findings.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import { type DeclaredResource, declaredResources, scoresOf, versionAnnotation } from './declared-resources.ts';
import { missingCapability } from './missing-capability.ts';
import {
  type NeededCapability,
  type NeededShared,
  type Place,
  RequirementWalk,
  rangeFindings,
} from './requirements.ts';
import { consumerFindings, ownerOf } from './shared-owner.ts';
import { volumeCapability } from './volume-capability.ts';

export interface Needs {
  readonly runs: Capability | undefined;
  readonly uses: readonly NeededCapability[];
  readonly shared: readonly NeededShared[];
  readonly services: readonly DeclaredResource[];
  readonly findings: readonly Finding[];
}

/**
 * Which capabilities a workload needs: what runs it, its resources, and what those require, each with its
 * range checked against the workspace's version. A conflict says the whole chain of who asked for what.
 */
export function neededCapabilities(workload: Workload, platform: Platform): Needs {
  const { resources, findings: declared } = declaredResources(workload);
  const walk = new RequirementWalk(platform);
  const services: DeclaredResource[] = [];
  walk.findings.push(...declared);
  for (const resource of resources) {
    if (resource.type === 'service') services.push(resource);
    else if (resource.type === 'volume') addVolume(resource, workload, walk);
    else if (resource.type !== 'environment') {
      const capability = findResource(resource, platform, walk.findings);
      if (capability !== undefined) addResource(capability, resource, workload, walk, platform);
    }
  }
  const runs = workloadCapability(workload, platform, walk.findings);
  if (runs !== undefined) {
    const place: Place = () => placeIn(effectiveScore(workload, undefined), ['metadata', 'workload', 'type']);
    walk.requirementsOf(runs, { path: '', chain: [workload.service], place });
  }
  const { uses, shared, findings } = walk;
  return { runs, uses, shared, services, findings };
}

/** A volume that is kept has an identity: one that comes back under the same name must not find the old data. */
function addVolume({ name, score }: DeclaredResource, workload: Workload, walk: RequirementWalk): void {
  const kept = scoresOf(workload).some((each) => descend(each, ['resources', name, 'params', 'size']) !== undefined);
  if (!kept) return;
  const place: Place = () => placeIn(score, ['resources', name, 'type']);
  walk.add(volumeCapability, { path: name, chain: [`${workload.service}: ${name}`], place });
}

/** A resource of the service's own, or one that another service sets up and this one reads. */
function addResource(
  capability: Capability,
  resource: DeclaredResource,
  workload: Workload,
  walk: RequirementWalk,
  platform: Platform,
): void {
  const { name, type, id, score } = resource;
  const chain = [`${workload.service}: ${name}`];
  for (const { range, score: said } of resource.ranges) {
    const at: Place = () => placeIn(said, ['resources', name, 'metadata', 'annotations', versionAnnotation]);
    walk.findings.push(...rangeFindings(capability, range, chain, at));
  }
  if (id === undefined) {
    walk.add(capability, { path: name, chain, place: () => placeIn(score, ['resources', name, 'type']) });
    return;
  }
  const found = ownerOf(type, id, platform);
  if (found.kind === 'none') {
    const { message, hint, related } = found;
    const at = placeIn(score, ['resources', name, 'id']);
    walk.findings.push({ code: 'resolve/shared-instance', severity: 'error', message, hint, ...at, related });
  } else if (found.owner.workload === workload && found.owner.resource === name)
    walk.add(capability, { path: name, chain, place: () => placeIn(score, ['resources', name, 'type']) });
  else {
    walk.findings.push(...consumerFindings(resource, found.owner));
    const ranges = resource.ranges.map(({ range }) => range);
    walk.shared.push({ path: name, capability, owner: found.owner, ranges });
  }
}

function workloadCapability(workload: Workload, platform: Platform, findings: Finding[]): Capability | undefined {
  const score = effectiveScore(workload, undefined);
  const written = stringIn(descend(score, ['metadata', 'workload', 'type']));
  const type = written ?? platform.settings.defaultWorkload;
  findings.push(...otherTypes(workload, type));
  if (type === undefined) return undefined;
  const place: Place = () => placeIn(score, ['metadata', 'workload', 'type']);
  const capability = platform.capabilities.get(type);
  if (capability === undefined) {
    findings.push({
      code: 'resolve/unknown-capability',
      severity: 'error',
      ...missingCapability(type, platform, 'workload'),
      ...place(),
    });
    return undefined;
  }
  if (capability.document.spec.provides !== 'workload') {
    findings.push({
      code: 'resolve/not-a-workload',
      severity: 'error',
      message: `${quote(type)} is a resource, it cannot run a workload`,
      hint: 'name it in `resources`',
      ...place(),
    });
    return undefined;
  }
  const at: Place = () => placeIn(score, ['metadata', 'workload', 'version']);
  const range = stringIn(descend(score, ['metadata', 'workload', 'version']));
  findings.push(...rangeFindings(capability, range, [workload.service], at));
  return capability;
}

/** What runs a workload has an identity too: no override can make something else of it. */
function otherTypes(workload: Workload, type: string | undefined): readonly Finding[] {
  return scoresOf(workload).flatMap((score): readonly Finding[] => {
    const here = stringIn(descend(score, ['metadata', 'workload', 'type']));
    if (here === undefined || here === type) return [];
    return [
      {
        code: 'resolve/type-differs',
        severity: 'error',
        message: `the workload is run by ${type === undefined ? 'nothing' : quote(type)} elsewhere and by ${quote(here)} here`,
        hint: 'name it in score.yaml, for all environments',
        ...placeIn(score, ['metadata', 'workload', 'type']),
      },
    ];
  });
}

function findResource(resource: DeclaredResource, platform: Platform, findings: Finding[]): Capability | undefined {
  const { name, type, score } = resource;
  const place: Place = () => placeIn(score, ['resources', name, 'type']);
  const capability = platform.capabilities.get(type);
  if (capability === undefined) {
    findings.push({
      code: 'resolve/unknown-capability',
      severity: 'error',
      ...missingCapability(type, platform, 'resource'),
      ...place(),
    });
    return undefined;
  }
  if (capability.document.spec.provides !== 'resource') {
    findings.push({
      code: 'resolve/not-a-resource',
      severity: 'error',
      message: `${quote(type)} runs workloads, it cannot be a resource`,
      hint: 'name it in `metadata.workload.type`',
      ...place(),
    });
    return undefined;
  }
  return capability;
}
