import {
  type CheckedPlatform,
  checkedFiles,
  type DeployedObjects,
  type Finding,
  type Platform,
  PlatformCheck,
  type PolicyEngine,
  type Snapshot,
  sortFindings,
  surveyPlatform,
} from '@idp/core';
import { loadPolicies } from '../context/policies.ts';
import { selectedFindings, selectionOf } from '../context/selection.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

export interface CheckScope {
  /** No names mean all, also what belongs to no service. */
  readonly services: readonly string[];
  readonly environments: readonly string[];
  /** What stands on the environment branches. */
  readonly deployed?: DeployedObjects | undefined;
}

/** What all policies say of all that a selection would deploy, and of what is written. */
export interface CheckRun extends CheckedPlatform {
  readonly policies: number;
  readonly services: number;
  /** Of the policies, of what cannot be rendered, and of what was judged. */
  readonly findings: readonly Finding[];
}

/** Renders the selected services, and judges every object and every file that policies are about. */
export function checkPlatform(platform: Platform, snapshot: Snapshot, scope: CheckScope): CheckRun {
  const { engine, findings: policyProblems } = loadPolicies(platform);
  const files = checkedFiles(snapshot, parseDockerfile);
  const { survey, checked } = judgeAll(platform, engine, files, scope);
  const general = selectedFindings(platform, survey, scope.services);
  const errors = general.filter(({ severity }) => severity === 'error');
  return {
    policies: engine.policies,
    services: survey.services,
    ...checked,
    findings: sortFindings([...policyProblems, ...files.findings, ...errors, ...checked.findings]),
  };
}

function judgeAll(
  platform: Platform,
  engine: PolicyEngine,
  files: ReturnType<typeof checkedFiles>,
  { services, environments, deployed }: CheckScope,
) {
  const selected = environments.length > 0 ? environments : [...platform.environments.keys()];
  const check = new PlatformCheck({ platform, engine, files, environments: selected, deployed });
  const judged = new Set<string>();
  const survey = surveyPlatform(platform, selectionOf(services, environments), (evaluated) => {
    judged.add(evaluated.service);
    check.service(evaluated);
  });
  if (services.length === 0) check.rest(judged);
  return { survey, checked: check.result };
}
