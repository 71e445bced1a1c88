import {
  type CheckedFiles,
  type CheckedPart,
  type CheckParts,
  checkedFiles,
  checkRunOf,
  type DeployedObjects,
  type EvaluatedService,
  type Finding,
  hasErrors,
  type Platform,
  PlatformCheck,
  type PolicyAudit,
  type PolicyEngine,
  policyOwner,
  type Snapshot,
  surveyPlatform,
  WaiversInForce,
  type WrittenBefore,
} from '@idp/core';
import type { LoadedPolicies } from '../context/policies.ts';
import { selectedFindings, selectedWaiverFindings, selectionOf } from '../context/selection.ts';
import { parseDockerfile } from './parse-dockerfile.ts';
import { waiverFindings } from './waiver-findings.ts';

export interface CheckScope {
  /** No names mean all, also what belongs to no service. */
  readonly services: readonly string[];
  readonly environments: readonly string[];
  /** The clock of whoever asks, in UTC: waivers hold for some days. */
  readonly now: string;
  /** What stands on the environment branches. */
  readonly deployed?: DeployedObjects | undefined;
  /** What is replaced by what is written. */
  readonly before?: WrittenBefore | undefined;
}

/** What all policies say of all that a selection would deploy, and of what is written. */
export type CheckRun = ReturnType<typeof checkRunOf>;

/** A check, in the parts that the next one may use. */
export interface PartedCheck {
  readonly parts: CheckParts;
  /** Of the general findings, those that no validation says. */
  readonly others: readonly Finding[];
  /** By policy, the services that it concerns; and whether it concerns what belongs to none. */
  readonly concerned: ReadonlyMap<string, readonly string[]>;
  /** What policies made of objects for an audit. */
  readonly audit: readonly PolicyAudit[];
}

/** Renders the selected services, and judges every object and every file that policies are about. */
export function checkPlatform(
  platform: Platform,
  snapshot: Snapshot,
  policies: LoadedPolicies,
  scope: CheckScope,
): CheckRun {
  return checkRunOf(checkInParts(platform, snapshot, policies, scope).parts);
}

/** As `checkPlatform`, in the parts that the next check may use. */
export function checkInParts(
  platform: Platform,
  snapshot: Snapshot,
  policies: LoadedPolicies,
  scope: CheckScope,
): PartedCheck {
  const { engine, findings: policyProblems } = policies;
  const files = checkedFiles(snapshot, parseDockerfile);
  const run = new ServiceChecks(platform, policies, files, scope);
  const survey = surveyPlatform(platform, selectionOf(scope.services, scope.environments), (evaluated) =>
    run.service(evaluated),
  );
  const rest = run.rest();
  const general = selectedFindings(platform, survey, scope.services);
  const errors = [...general, ...selectedWaiverFindings(platform, scope.services)].filter(
    ({ severity }) => severity === 'error',
  );
  const others = [...policyProblems, ...reportFindings(engine, scope), ...files.findings, ...run.otherWaivers()];
  return {
    parts: {
      policies: engine.policies,
      unmatched: [...engine.matched.values()].filter((count) => count === 0).length,
      general: [...others, ...errors],
      rest,
      services: run.parts,
    },
    others,
    concerned: run.concerned,
    audit: engine.report().audit,
  };
}

/** What belongs to no service, where policies are about it. */
export const noService = '';

/** Judges services one by one, and keeps what was found of each. */
export class ServiceChecks {
  readonly parts = new Map<string, CheckedPart>();
  readonly concerned = new Map<string, string[]>();
  private readonly check: PlatformCheck;
  private readonly waivers: WaiversInForce;
  private readonly whole = new Set<string>();
  private counts: ReadonlyMap<string, number> = new Map();
  private readonly platform: Platform;
  private readonly policies: LoadedPolicies;
  private readonly scope: CheckScope;

  constructor(platform: Platform, policies: LoadedPolicies, files: CheckedFiles, scope: CheckScope) {
    this.platform = platform;
    this.policies = policies;
    this.scope = scope;
    this.waivers = new WaiversInForce(platform.waivers, scope.now);
    const environments = scope.environments.length > 0 ? scope.environments : [...platform.environments.keys()];
    const { engine } = policies;
    const { deployed, before } = scope;
    this.check = new PlatformCheck({ platform, engine, waivers: this.waivers, files, environments, deployed, before });
  }

  /** @param entities what was found of its entities before, when nothing that they depend on differs */
  service(evaluated: EvaluatedService, entities = this.check.entitiesOf(evaluated)): void {
    const { service, findings } = evaluated;
    const own = this.check.service(evaluated);
    if (!hasErrors(findings)) this.whole.add(service);
    const errors = findings.filter(({ severity }) => severity === 'error');
    this.parts.set(service, { errors, entities, own, waivers: this.waiversOf([service]) });
    this.note(service);
  }

  rest() {
    const { services } = this.scope;
    const judged = services.length === 0 ? this.check.rest(new Set(this.parts.keys())) : nothingJudged;
    this.note(noService);
    return judged;
  }

  /** What there is to say of waivers that are of no service. */
  otherWaivers(): readonly Finding[] {
    const known = new Set([...this.parts.values()].flatMap(({ waivers }) => waivers.map((one) => JSON.stringify(one))));
    return this.waiversOf(this.scope.services).filter((finding) => !known.has(JSON.stringify(finding)));
  }

  private waiversOf(services: readonly string[]): readonly Finding[] {
    const { platform, whole, scope, policies } = this;
    const { environments } = scope;
    return platform.waivers.length === 0
      ? []
      : waiverFindings(this.waivers, { platform, services, environments, whole, policyProblems: policies.findings });
  }

  /** Which policies were asked since the last time. */
  private note(service: string): void {
    const { matched } = this.policies.engine;
    for (const [policy, count] of matched) {
      if (count === (this.counts.get(policy) ?? 0)) continue;
      const services = this.concerned.get(policy) ?? [];
      services.push(service);
      this.concerned.set(policy, services);
    }
    this.counts = new Map(matched);
  }
}

const nothingJudged = { findings: [], objects: 0, entities: 0, documents: 0, inconclusive: 0 };

/** What came out about the policies themselves. */
function reportFindings(engine: PolicyEngine, { services, environments }: CheckScope): readonly Finding[] {
  const { findings, unmatched } = engine.report();
  const everything = services.length === 0 && environments.length === 0;
  // A capability's own policies wait for its users.
  return everything ? [...findings, ...unmatched.filter(({ path = '' }) => policyOwner(path) === undefined)] : findings;
}
