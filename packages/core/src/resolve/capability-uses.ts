import { satisfies, validRange } from 'semver';
import type { Capability } from '../capability/capability.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { descend, stringIn } from '../provenance/traced.ts';
import { placeIn } from '../workload/score-findings.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import { type DeclaredResource, declaredResources, scoresOf, versionAnnotation } from './declared-resources.ts';

/** A capability that a service needs, before it has an identity. */
export interface NeededCapability {
  /** `db`, or `db/store` for what `db` requires. */
  readonly path: string;
  readonly capability: Capability;
}

export interface Needs {
  readonly runs: Capability | undefined;
  readonly uses: readonly NeededCapability[];
  readonly services: readonly DeclaredResource[];
  readonly findings: readonly Finding[];
}

/** Looked up only when there is something to report: finding a place reads the file once more. */
type Place = () => Position;

export const builtInTypes = ['service'] as const;
const laterTypes = ['environment', 'volume'];

/**
 * Which capabilities a workload needs: what runs it, its resources, and what those require, each with its
 * range checked against the workspace's version. A conflict says the whole chain of who asked for what.
 */
export function neededCapabilities(workload: Workload, platform: Platform): Needs {
  const { resources, findings: declared } = declaredResources(workload);
  const findings: Finding[] = [...declared];
  const uses: NeededCapability[] = [];
  const services: DeclaredResource[] = [];
  for (const resource of resources) {
    if (resource.type === 'service') services.push(resource);
    else {
      const capability = findResource(resource, platform, findings);
      if (capability !== undefined)
        addWithRequirements(
          capability,
          resource.name,
          [`${workload.service}: ${resource.name}`],
          resource,
          platform,
          uses,
          findings,
        );
    }
  }
  return { runs: workloadCapability(workload, platform, findings), uses, services, findings };
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
      ...missing(type, platform, 'workload'),
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
  checkRange(
    capability,
    stringIn(descend(score, ['metadata', 'workload', 'version'])),
    [workload.service],
    () => placeIn(score, ['metadata', 'workload', 'version']),
    findings,
  );
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
  if (laterTypes.includes(type)) {
    findings.push({
      code: 'resolve/not-supported-yet',
      severity: 'error',
      message: `the built-in type ${quote(type)} is not supported yet`,
      hint: 'leave it out until this version of the tool knows it',
      ...place(),
    });
    return undefined;
  }
  if (resource.id !== undefined) {
    findings.push({
      code: 'resolve/not-supported-yet',
      severity: 'error',
      message: 'shared instances (`id`) are not supported yet',
      hint: 'give each service an instance of its own',
      ...placeIn(score, ['resources', name, 'id']),
    });
    return undefined;
  }
  const capability = platform.capabilities.get(type);
  if (capability === undefined) {
    findings.push({
      code: 'resolve/unknown-capability',
      severity: 'error',
      ...missing(type, platform, 'resource'),
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

function missing(
  type: string,
  platform: Platform,
  provides: 'resource' | 'workload',
): Pick<Finding, 'message' | 'hint'> {
  if (platform.brokenCapabilities.has(type)) {
    return { message: `capability ${quote(type)} has errors of its own`, hint: `mend capabilities/${type} first` };
  }
  const names = [...platform.capabilities.values()]
    .filter(({ document }) => document.spec.provides === provides)
    .map(({ name }) => name);
  const hint = didYouMean(type, provides === 'resource' ? [...names, ...builtInTypes] : names);
  return { message: `capability ${quote(type)} does not exist`, ...(hint !== undefined && { hint }) };
}

/**
 * Two capabilities that each require the next one twice make four instances, ten of them a thousand: a service
 * with more than this many has a mistake, not a need.
 */
const maxInstances = 100;

function tooMany(chain: readonly string[], place: Place): Finding {
  return {
    code: 'resolve/too-many-instances',
    severity: 'error',
    message: `the service would have more than ${maxInstances} instances, the next by ${chain.join(' → ')}`,
    hint: 'require fewer capabilities, or split the service',
    ...place(),
  };
}

function addWithRequirements(
  capability: Capability,
  path: string,
  chain: readonly string[],
  resource: DeclaredResource,
  platform: Platform,
  uses: NeededCapability[],
  findings: Finding[],
): void {
  const place: Place = () => placeIn(resource.score, ['resources', resource.name, 'type']);
  if (chain.length === 1) {
    for (const { range, score } of resource.ranges) {
      const at: Place = () =>
        placeIn(score, ['resources', resource.name, 'metadata', 'annotations', versionAnnotation]);
      checkRange(capability, range, chain, at, findings);
    }
  }
  if (uses.length >= maxInstances) {
    if (uses.length === maxInstances) findings.push(tooMany(chain, place));
    uses.push({ path, capability });
    return;
  }
  uses.push({ path, capability });
  capability.document.spec.requires?.forEach((requirement, index) => {
    if (uses.length > maxInstances) return;
    const link = `${capability.name}@${capability.version}: ${requirement.as}`;
    const inner = [...chain, link];
    const at: Place = () => capability.source.locate(['spec', 'requires', index, 'capability']);
    if (
      chain.some((step) => step.startsWith(`${requirement.capability}@`)) ||
      requirement.capability === capability.name
    ) {
      findings.push({
        code: 'resolve/requirement-cycle',
        severity: 'error',
        message: `capabilities require each other: ${[...inner, requirement.capability].join(' → ')}`,
        hint: 'remove one of the requirements',
        ...at(),
      });
      return;
    }
    const required = platform.capabilities.get(requirement.capability);
    if (required === undefined) {
      findings.push({
        code: 'resolve/unknown-capability',
        severity: 'error',
        ...missing(requirement.capability, platform, 'resource'),
        ...at(),
        related: [{ message: `needed by ${inner.join(' → ')}`, ...place() }],
      });
      return;
    }
    checkRange(
      required,
      requirement.version,
      inner,
      () => capability.source.locate(['spec', 'requires', index, 'version']),
      findings,
    );
    addWithRequirements(required, `${path}/${requirement.as}`, inner, resource, platform, uses, findings);
  });
}

function checkRange(
  capability: Capability,
  range: string | undefined,
  chain: readonly string[],
  place: Place,
  findings: Finding[],
): void {
  if (range === undefined) return;
  if (validRange(range) === null) {
    findings.push({
      code: 'resolve/invalid-range',
      severity: 'error',
      message: `${quote(range)} is not a range of versions`,
      hint: 'for example `^1.0.0`',
      ...place(),
    });
  } else if (!satisfies(capability.version, range)) {
    findings.push({
      code: 'resolve/version-conflict',
      severity: 'error',
      message: `${capability.name} ${range} is asked for by ${chain.join(' → ')}, but the workspace has ${capability.version}`,
      hint: `allow ${capability.version}, or change capabilities/${capability.name}`,
      ...place(),
    });
  }
}
