import {
  type CheckedPlatform,
  checkedFiles,
  type DeployedObjects,
  type Finding,
  hasErrors,
  type Judging,
  type Platform,
  PlatformCheck,
  type PolicyAudit,
  type PolicyEngine,
  policyOwner,
  type Snapshot,
  sortFindings,
  surveyPlatform,
  WaiversInForce,
} from '@idp/core';
import type { LoadedPolicies } from '../context/policies.ts';
import { selectedFindings, selectionOf } from '../context/selection.ts';
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
}

/** What all policies say of all that a selection would deploy, and of what is written. */
export interface CheckRun extends CheckedPlatform {
  readonly policies: number;
  /** Policies that concerned nothing of what was judged: most of them wait for what nobody has yet. */
  readonly unmatched: number;
  readonly services: number;
  /** What policies made of objects for an audit. */
  readonly audit: readonly PolicyAudit[];
  /** Of the policies, of what cannot be rendered, and of what was judged. */
  readonly findings: readonly Finding[];
}

/** Renders the selected services, and judges every object and every file that policies are about. */
export function checkPlatform(
  platform: Platform,
  snapshot: Snapshot,
  { engine, findings: policyProblems }: LoadedPolicies,
  scope: CheckScope,
): CheckRun {
  const files = checkedFiles(snapshot, parseDockerfile);
  const waivers = new WaiversInForce(platform.waivers, scope.now);
  const { survey, checked, whole } = judgeAll(platform, { engine, waivers }, files, scope);
  const general = selectedFindings(platform, survey, scope.services);
  const errors = general.filter(({ severity }) => severity === 'error');
  const ofWaivers = waiverFindings(waivers, { platform, ...scope, whole, policyProblems });
  const report = reportOf(engine, scope);
  return {
    policies: engine.policies,
    unmatched: report.unmatched,
    services: survey.services,
    audit: report.audit,
    ...checked,
    findings: sortFindings([
      ...policyProblems,
      ...report.findings,
      ...files.findings,
      ...errors,
      ...ofWaivers,
      ...checked.findings,
    ]),
  };
}

/** What came out about the policies themselves. */
function reportOf(engine: PolicyEngine, { services, environments }: CheckScope) {
  const { findings, unmatched, matched, audit } = engine.report();
  const everything = services.length === 0 && environments.length === 0;
  // A capability's own policies wait for its users.
  const ofAll = everything ? unmatched.filter(({ path = '' }) => policyOwner(path) === undefined) : [];
  const waiting = [...matched.values()].filter((count) => count === 0).length;
  return { findings: [...findings, ...ofAll], unmatched: waiting, audit };
}

function judgeAll(
  platform: Platform,
  judging: Judging,
  files: ReturnType<typeof checkedFiles>,
  { services, environments, deployed }: CheckScope,
) {
  const selected = environments.length > 0 ? environments : [...platform.environments.keys()];
  const check = new PlatformCheck({ platform, ...judging, files, environments: selected, deployed });
  const judged = new Set<string>();
  const whole = new Set<string>();
  const survey = surveyPlatform(platform, selectionOf(services, environments), (evaluated) => {
    judged.add(evaluated.service);
    check.service(evaluated);
    if (!hasErrors(evaluated.findings)) whole.add(evaluated.service);
  });
  if (services.length === 0) check.rest(judged);
  return { survey, checked: check.result, whole };
}
