import { checkRunOf, hasErrors, type Platform, type Snapshot } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { checkedFiles } from '../context/open-repository.ts';
import { refuseUnknown } from '../context/selection.ts';
import { onlyNew, type SinceReport, sinceOption } from '../context/since.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import type { ReadLine } from '../output/source-lines.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';
import { type CheckRun, checkInParts, checkPlatform, type PartedCheck } from './check-platform.ts';
import { checkForeign, isForeign } from './foreign/check-foreign.ts';
import { replacedBy } from './replaced-by.ts';
import { type Asked, policiesOf, remember, resumedRun } from './resumed-run.ts';

/** `idp check`: the policies over everything that would be deployed. What cannot be rendered is reported, never passed. */
export const check: Pick<Verb, 'run'> = {
  async run(options, context) {
    if (isForeign(options)) return checkForeign(options, context);
    const asked: Asked = {
      services: listOption(options, 'service'),
      environments: listOption(options, 'environment'),
      now: context.now().toISOString(),
      strict: flagOption(options, 'strict'),
    };
    const resumed = await resumedRun(options, context, asked);
    if (resumed !== undefined)
      return isResult(resumed) ? resumed : resultOf(resumed.run, resumed.report, resumed.readLine);
    return await checkAnew(options, context, asked);
  },
};

async function checkAnew(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  { strict, ...selection }: Asked,
): Promise<VerbResult> {
  const loaded = await loadWorkingPlatform(options, context, 'settings', checkedFiles);
  if (isResult(loaded)) return loaded;
  const { platform, snapshot, repository, readLine } = loaded;
  const refused = refuseUnknown([platform], selection.services, selection.environments);
  if (refused !== undefined) return refused;
  const since = await sinceOption(options, repository, snapshot, checkedFiles);
  if (since !== undefined && isResult(since)) return since;
  context.progress('rendering and checking');
  const policies = policiesOf(platform, strict, context.now);
  const { deployed, before, unknown } = await replacedBy(repository.root, platform, policies.engine, selection);
  const scope = { ...selection, deployed, before };
  const checked = checkInParts(platform, snapshot, policies, scope);
  await remember(options, context, { strict, ...selection }, { repository, checked, snapshot, policies });
  const run = checkRunOf(checked.parts);
  const found = [...run.findings, ...unknown];
  const known = (base: Platform, files: Snapshot) =>
    checkPlatform(base, files, policiesOf(base, strict, context.now), scope).findings;
  return resultOf({ ...run, findings: found }, () => onlyNew(since, found, known), readLine, checked.audit);
}

function resultOf(
  run: CheckRun,
  report: () => SinceReport,
  readLine: ReadLine,
  audit: PartedCheck['audit'] = [],
): VerbResult {
  const { findings: found, ...counts } = run;
  const refusal = hasErrors(found) ? undefined : refuseNothing(run);
  if (refusal !== undefined) return { ...refusal, summary: counts };
  const { findings, summary: compared, words } = report();
  const said = `Checked ${judgedText(run)}: ${findingsSummary(findings)}${words}`;
  return {
    exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
    findings,
    readLine,
    summary: { ...counts, ...compared },
    ...(audit.length > 0 && { data: { audit: audit.map((annotation) => ({ ...annotation })) } }),
    pretty: () => said,
    markdown: () => said,
  };
}

function judgedText({ objects, services, entities, documents, policies, inconclusive }: CheckRun): string {
  const rendered = `${counted(objects, 'object')} of ${counted(services, 'service')}`;
  const written = `${counted(entities, 'entity', 'entities')} and ${counted(documents, 'document')}`;
  const undecided = inconclusive > 0 ? ` (${inconclusive} cannot be decided here)` : '';
  return `${rendered}, ${written} by ${counted(policies, 'policy', 'policies')}${undecided}`;
}

/** Zero work is never success. */
function refuseNothing({ policies, objects, entities, unmatched }: CheckRun): VerbResult | undefined {
  if (policies === 0) return usage('no-policies', 'there are no policies to check with', 'add one below policies/');
  // A repository that has only a catalog is judged by policies about that.
  if (objects > 0 || (entities > 0 && unmatched < policies)) return undefined;
  return failed(exitCode.usage, [
    {
      code: 'usage/nothing-to-check',
      severity: 'error',
      message: 'nothing would be deployed, so nothing was checked',
      hint: 'add a service and an environment',
    },
  ]);
}
