import { checkService, type Finding, hasErrors, sortFindings, surveyPlatform } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { loadPolicies } from '../context/policies.ts';
import { refuseUnknown, selectedFindings, selectionOf } from '../context/selection.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb } from '../verb.ts';
import schema from './schema.json' with { type: 'json' };

/** `idp check`: the policies over everything that would be deployed. What cannot be rendered is reported, never passed. */
export const check: Verb = {
  name: 'check',
  schema,
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context);
    if (isResult(loaded)) return loaded;
    const { platform, readLine } = loaded;
    const services = listOption(options, 'service');
    const environments = listOption(options, 'environment');
    const refused = refuseUnknown([platform], services, environments);
    if (refused !== undefined) return refused;
    const { engine, findings: policyProblems } = loadPolicies(platform);
    if (engine.policies === 0 && !hasErrors(policyProblems))
      return usage('no-policies', 'there are no policies to check with', 'add one below policies/');
    context.progress('rendering and checking');
    const violations: Finding[] = [];
    let objects = 0;
    const survey = surveyPlatform(platform, selectionOf(services, environments), (evaluated) => {
      const checked = checkService(evaluated, engine);
      violations.push(...checked.findings);
      objects += checked.objects;
    });
    const general = selectedFindings(platform, survey, services);
    const findings = sortFindings([
      ...policyProblems,
      ...general.filter(({ severity }) => severity === 'error'),
      ...violations,
    ]);
    const summary = { policies: engine.policies, services: survey.services, objects };
    if (objects === 0 && !hasErrors(findings)) {
      return {
        ...failed(exitCode.usage, [
          {
            code: 'usage/nothing-to-check',
            severity: 'error',
            message: 'nothing would be deployed, so nothing was checked',
            hint: 'add a service and an environment',
          },
        ]),
        summary,
      };
    }
    const what = `${counted(objects, 'object')} of ${counted(survey.services, 'service')} by ${counted(engine.policies, 'policy', 'policies')}`;
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine,
      summary,
      pretty: () => `Checked ${what}: ${findingsSummary(findings)}`,
      markdown: () => `Checked ${what}: ${findingsSummary(findings)}`,
    };
  },
};
