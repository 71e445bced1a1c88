import { satisfies, validRange } from 'semver';
import type { Capability } from '../capability/capability.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { missingCapability } from './missing-capability.ts';
import { requirementPath } from './requirement-path.ts';
import type { SharedDeclaration } from './shared-instances.ts';
import { environmentWide } from './shared-owner.ts';

/** A capability that a service needs, before it has an identity. */
export interface NeededCapability {
  /** `db`, or `db/store` for what `db` requires. */
  readonly path: string;
  readonly capability: Capability;
}

/** An instance that a service reads and does not own. */
export interface NeededShared extends NeededCapability {
  readonly owner: SharedDeclaration;
  /** The versions of it that this service can do with. */
  readonly ranges: readonly string[];
}

type Requirement = NonNullable<Capability['document']['spec']['requires']>[number];
/** Looked up only when there is something to report: finding a place reads the file once more. */
export type Place = () => Position;

/** What asks for a capability: its path, who asked before it, and where the service says so. */
export interface Asked {
  readonly path: string;
  readonly chain: readonly string[];
  readonly place: Place;
}

/**
 * Two capabilities that each require the next one twice make four instances, ten of them a thousand: a service
 * with more than this many has a mistake, not a need.
 */
const maxInstances = 100;

/** Collects the instances of one service: its own, those that they require, and those that it shares with others. */
export class RequirementWalk {
  readonly uses: NeededCapability[] = [];
  readonly shared: NeededShared[] = [];
  readonly findings: Finding[] = [];
  private readonly platform: Platform;
  /** The first requirement of each instance that is one for the service. */
  private readonly forService = new Map<string, { readonly params: string; readonly by: string }>();

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** An instance of this service, with everything that it requires. */
  add(capability: Capability, asked: Asked): void {
    if (this.uses.length === maxInstances) this.findings.push(tooMany(asked));
    this.uses.push({ path: asked.path, capability });
    this.requirementsOf(capability, asked);
  }

  /** What a capability requires; also of the one that runs the workload, whose path is empty. */
  requirementsOf(capability: Capability, asked: Asked): void {
    capability.document.spec.requires?.forEach((requirement, index) => {
      if (this.uses.length > maxInstances) return;
      const link = `${capability.name}@${capability.version}: ${requirement.as}`;
      this.require(capability, requirement, index, { ...asked, chain: [...asked.chain, link] });
    });
  }

  private require(capability: Capability, requirement: Requirement, index: number, asked: Asked): void {
    const { chain, place } = asked;
    const at =
      (field: string): Place =>
      () =>
        capability.source.locate(['spec', 'requires', index, field]);
    const related = () => [{ message: `needed by ${chain.join(' → ')}`, ...place() }];
    const again = chain.slice(0, -1).some((step) => step.startsWith(`${requirement.capability}@`));
    if (again || requirement.capability === capability.name) {
      this.findings.push({
        code: 'resolve/requirement-cycle',
        severity: 'error',
        message: `capabilities require each other: ${[...chain, requirement.capability].join(' → ')}`,
        hint: 'remove one of the requirements',
        ...at('capability')(),
      });
      return;
    }
    const required = this.platform.capabilities.get(requirement.capability);
    if (required === undefined) {
      this.findings.push({
        code: 'resolve/unknown-capability',
        severity: 'error',
        ...missingCapability(requirement.capability, this.platform, 'resource'),
        ...at('capability')(),
        related: related(),
      });
      return;
    }
    this.findings.push(...rangeFindings(required, requirement.version, chain, at('version')));
    const path = requirementPath(asked.path, requirement);
    if (requirement.instance === 'environment') {
      const found = environmentWide(required.name, requirement.id, this.platform);
      if (found.kind === 'owner') {
        this.shared.push({ path, capability: required, owner: found.owner, ranges: [requirement.version] });
        return;
      }
      const { message, hint } = found;
      const code = 'resolve/shared-instance';
      const places = [...related(), ...found.related];
      this.findings.push({ code, severity: 'error', message, hint, ...at('instance')(), related: places });
    } else if (requirement.instance !== 'service') this.add(required, { ...asked, path });
    else this.requireForService(required, requirement, { ...asked, path }, at('params'));
  }

  /** One for the service: whoever requires it gets the same one, and has to want the same of it. */
  private requireForService(required: Capability, requirement: Requirement, asked: Asked, place: Place): void {
    const params = canonicalJson((requirement.params ?? {}) as Json);
    const by = asked.chain.join(' → ');
    const before = this.forService.get(asked.path);
    if (before === undefined) {
      this.forService.set(asked.path, { params, by });
      this.add(required, asked);
    } else if (before.params !== params) {
      this.findings.push({
        code: 'resolve/shared-instance',
        severity: 'error',
        message: `one ${required.name} for the service cannot have the params of both: ${before.by}, and ${by}`,
        hint: 'give it the same `params` in both, or an instance of its own in one of them',
        ...place(),
        related: [{ message: 'needed by this service', ...asked.place() }],
      });
    }
  }
}

function tooMany({ chain, place }: Asked): Finding {
  return {
    code: 'resolve/too-many-instances',
    severity: 'error',
    message: `the service would have more than ${maxInstances} instances, the next by ${chain.join(' → ')}`,
    hint: 'require fewer capabilities, or split the service',
    ...place(),
  };
}

/** What is wrong with a range, or between it and the workspace's version, with the chain of who asked for it. */
export function rangeFindings(
  capability: Capability,
  range: string | undefined,
  chain: readonly string[],
  place: Place,
): readonly Finding[] {
  if (range === undefined) return [];
  if (validRange(range) === null) {
    const message = `${quote(range)} is not a range of versions`;
    return [{ code: 'resolve/invalid-range', severity: 'error', message, hint: 'for example `^1.0.0`', ...place() }];
  }
  if (satisfies(capability.version, range)) return [];
  return [
    {
      code: 'resolve/version-conflict',
      severity: 'error',
      message: `${capability.name} ${range} is asked for by ${chain.join(' → ')}, but the workspace has ${capability.version}`,
      hint: `allow ${capability.version}, or change capabilities/${capability.name}`,
      ...place(),
    },
  ];
}
