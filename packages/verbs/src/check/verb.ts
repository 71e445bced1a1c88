import { hasErrors } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { checkedFiles } from '../context/open-repository.ts';
import { refuseUnknown } from '../context/selection.ts';
import { onlyNew, sinceOption } from '../context/since.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { type CheckRun, checkPlatform } from './check-platform.ts';
import { checkForeign, isForeign } from './foreign/check-foreign.ts';

/** `idp check`: the policies over everything that would be deployed. What cannot be rendered is reported, never passed. */
export const check: Pick<Verb, 'run'> = {
  async run(options, context) {
    if (isForeign(options)) return checkForeign(options, context);
    const loaded = await loadWorkingPlatform(options, context, 'settings', checkedFiles);
    if (isResult(loaded)) return loaded;
    const { platform, readLine } = loaded;
    const services = listOption(options, 'service');
    const environments = listOption(options, 'environment');
    const refused = refuseUnknown([platform], services, environments);
    if (refused !== undefined) return refused;
    const since = await sinceOption(options, loaded.repository, loaded.snapshot, checkedFiles);
    if (since !== undefined && isResult(since)) return since;
    context.progress('rendering and checking');
    const scope = { services, environments, now: context.now().toISOString() };
    const checked = checkPlatform(platform, loaded.snapshot, scope);
    const { findings: found, ...counts } = checked;
    const refusal = hasErrors(found) ? undefined : refuseNothing(checked);
    if (refusal !== undefined) return { ...refusal, summary: counts };
    const {
      findings,
      summary: compared,
      words,
    } = onlyNew(since, found, (before, snapshot) => checkPlatform(before, snapshot, scope).findings);
    const what = `${judgedText(checked)} by ${counted(checked.policies, 'policy', 'policies')}`;
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine,
      summary: { ...counts, ...compared },
      pretty: () => `Checked ${what}: ${findingsSummary(findings)}${words}`,
      markdown: () => `Checked ${what}: ${findingsSummary(findings)}${words}`,
    };
  },
};

function judgedText({ objects, services, entities, documents }: CheckRun): string {
  const rendered = `${counted(objects, 'object')} of ${counted(services, 'service')}`;
  return `${rendered}, ${counted(entities, 'entity', 'entities')} and ${counted(documents, 'document')}`;
}

/** Zero work is never success. */
function refuseNothing({ policies, objects }: CheckRun): VerbResult | undefined {
  if (policies === 0) return usage('no-policies', 'there are no policies to check with', 'add one below policies/');
  if (objects > 0) return undefined;
  return failed(exitCode.usage, [
    {
      code: 'usage/nothing-to-check',
      severity: 'error',
      message: 'nothing would be deployed, so nothing was checked',
      hint: 'add a service and an environment',
    },
  ]);
}
