import type { Environment } from '../environment/environment.ts';
import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { resolveService, type Selection } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { render } from '../render/render.ts';
import { sharingOf } from '../render/shared-readings.ts';
import { identityFindings } from '../resolve/identity-findings.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { instanceChanges } from './instance-changes.ts';
import { parameterChanges } from './parameter-changes.ts';
import type { Plan, ServicePlan } from './plan.ts';
import { type PlannedSide, planPair, sideOf } from './plan-pair.ts';

/** A plan, and what is wrong with the change. */
export interface PlannedChange {
  readonly plan: Plan;
  /** Of the platform's files and of the services after the change, in what had to be rendered for the plan. */
  readonly findings: readonly Finding[];
  /** Of the services alone. */
  readonly serviceFindings: readonly Finding[];
}

/** A service on one side: not there, there with errors, or ready to be rendered. */
type State = 'absent' | 'unknown' | Resolution;

/**
 * What a change does: every service in every environment, before and after, field by field.
 *
 * Renders only what can differ: a release renders to one tree in an environment, so that equal releases in equal
 * environments are compared without it. A pair that could not be rendered on one side because of findings is
 * left out: it is not known, and it is not "deleted"; its service is in `notPlanned`. What happens to identities
 * is compared apart from that, from the locks.
 */
export function planChange(before: Platform, after: Platform, selection: Selection = {}): PlannedChange {
  const sides = [new Side(before), new Side(after)] as const;
  const services: ServicePlan[] = [];
  const notPlanned = new Set<string>();
  const fixed: Finding[] = [];
  let compared = 0;
  const names = serviceNames(before, after, selection);
  for (const service of names) {
    const from = sides[0].state(service);
    const to = sides[1].state(service);
    for (const name of environmentNames(before, after, selection)) {
      const pair = comparePair(service, name, sides[0].at(from, name), sides[1].at(to, name));
      if (pair === 'nowhere') continue;
      if (pair === 'unknown') {
        notPlanned.add(service);
        continue;
      }
      compared += 1;
      if (pair === undefined) continue;
      services.push(pair);
      fixed.push(...sides[1].parameterChanges(sides[0].at(from, name), sides[1].at(to, name)));
    }
  }
  const findings = [...sides[1].findings, ...fixed, ...instanceChanges(names, before, after)];
  return {
    plan: { services, compared, notPlanned: [...notPlanned] },
    findings: sortFindings([...after.findings, ...findings]),
    serviceFindings: sortFindings(findings),
  };
}

interface Placed {
  readonly side: Side;
  readonly resolution: Resolution;
  readonly environment: Environment;
}

function comparePair(
  service: string,
  environment: string,
  from: 'absent' | 'unknown' | Placed,
  to: 'absent' | 'unknown' | Placed,
): ServicePlan | 'unknown' | 'nowhere' | undefined {
  if (from === 'unknown' || to === 'unknown') return 'unknown';
  if (from === 'absent' && to === 'absent') return 'nowhere';
  if (from !== 'absent' && to !== 'absent' && rendersTheSame(from, to)) return undefined;
  const [left, right] = [rendered(from), rendered(to)];
  if (left === 'unknown' || right === 'unknown') return 'unknown';
  return planPair(service, environment, left.side, right.side);
}

function rendered(placed: 'absent' | Placed): 'unknown' | { readonly side: PlannedSide | undefined } {
  if (placed === 'absent') return { side: undefined };
  const tree = placed.side.render(placed);
  return tree === undefined ? 'unknown' : { side: sideOf(tree) };
}

/** The law that `render` keeps: it reads the release, the environment and what shared instances say, nothing else. */
function rendersTheSame(from: Placed, to: Placed): boolean {
  const [left, right] = [from.environment.document, to.environment.document];
  return (
    from.resolution.release === to.resolution.release &&
    canonicalJson(left as unknown as Json) === canonicalJson(right as unknown as Json) &&
    canonicalJson(from.side.reads(from)) === canonicalJson(to.side.reads(to))
  );
}

class Side {
  readonly findings: Finding[] = [];
  private readonly platform: Platform;
  private readonly identities: ReturnType<typeof identityFindings>;

  constructor(platform: Platform) {
    this.platform = platform;
    this.identities = identityFindings(platform);
  }

  state(service: string): State {
    if (this.platform.unreadableServices.has(service)) return 'unknown';
    if (!this.platform.workloads.has(service)) return 'absent';
    const { value, findings } = resolveService(service, this.platform, this.identities.get(service) ?? []);
    this.findings.push(...findings);
    return value ?? 'unknown';
  }

  at(state: State, name: string): 'absent' | 'unknown' | Placed {
    const environment = this.platform.environments.get(name);
    if (state === 'absent' || environment === undefined) return 'absent';
    return state === 'unknown' ? 'unknown' : { side: this, resolution: state, environment };
  }

  reads({ resolution, environment }: Placed): Json {
    if (resolution.shared.size === 0) return {};
    const { reads } = sharingOf(resolution, environment, this.platform);
    return Object.fromEntries(reads.map(({ shared, digest }) => [shared.path, digest]));
  }

  parameterChanges(from: 'absent' | 'unknown' | Placed, to: 'absent' | 'unknown' | Placed): readonly Finding[] {
    if (typeof from === 'string' || typeof to === 'string') return [];
    return parameterChanges({ ...from, platform: from.side.platform }, { ...to, platform: this.platform });
  }

  render({ resolution, environment }: Placed) {
    const { value, findings } = render(resolution, environment, this.platform);
    this.findings.push(...findings);
    return value;
  }
}

function serviceNames(before: Platform, after: Platform, { services }: Selection): readonly string[] {
  const all = [before, after].flatMap(({ workloads, unreadableServices }) => [
    ...workloads.keys(),
    ...unreadableServices,
  ]);
  return [...new Set(all)].filter((name) => services?.includes(name) ?? true).sort();
}

/** In the order in which environments follow each other after the change; those that go come last. */
function environmentNames(before: Platform, after: Platform, { environments }: Selection): readonly string[] {
  const all = new Set([...after.environments.keys(), ...before.environments.keys()]);
  return [...all].filter((name) => environments?.includes(name) ?? true);
}
