import { checkService, type Finding, type Platform, sortFindings, surveyPlatform } from '@idp/core';
import { loadPolicies } from '../context/policies.ts';
import { selectedFindings, selectionOf } from '../context/selection.ts';

/** What all policies say of all that a selection would deploy. */
export interface CheckedPlatform {
  readonly policies: number;
  readonly services: number;
  readonly objects: number;
  /** Of the policies, of what cannot be rendered, and of the objects. */
  readonly findings: readonly Finding[];
}

/** Renders the selected services and judges every object; no names mean all. */
export function checkPlatform(
  platform: Platform,
  services: readonly string[],
  environments: readonly string[],
): CheckedPlatform {
  const { engine, findings: policyProblems } = loadPolicies(platform);
  const violations: Finding[] = [];
  let objects = 0;
  const survey = surveyPlatform(platform, selectionOf(services, environments), (evaluated) => {
    const checked = checkService(evaluated, engine);
    violations.push(...checked.findings);
    objects += checked.objects;
  });
  const general = selectedFindings(platform, survey, services);
  const errors = general.filter(({ severity }) => severity === 'error');
  return {
    policies: engine.policies,
    services: survey.services,
    objects,
    findings: sortFindings([...policyProblems, ...errors, ...violations]),
  };
}
