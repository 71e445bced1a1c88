import { hasErrors, type Platform, type Snapshot, strictEngine } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { checkedFiles } from '../context/open-repository.ts';
import { type LoadedPolicies, loadPolicies } from '../context/policies.ts';
import { refuseUnknown } from '../context/selection.ts';
import { onlyNew, sinceOption } from '../context/since.ts';
import { watched } from '../context/watchdog.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { type CheckRun, checkPlatform } from './check-platform.ts';
import { environmentTrees } from './environment-trees.ts';
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
    const strict = flagOption(options, 'strict');
    const policies = policiesOf(platform, { strict, now: context.now });
    const selection = { services, environments };
    const trees = await environmentTrees(loaded.repository.root, platform, policies.engine, selection);
    const scope = { ...selection, now: context.now().toISOString(), deployed: trees.deployed };
    const checked = checkPlatform(platform, loaded.snapshot, policies, scope);
    const { findings: judged, audit, ...counts } = checked;
    const found = [...judged, ...trees.unknown];
    const refusal = hasErrors(found) ? undefined : refuseNothing(checked);
    if (refusal !== undefined) return { ...refusal, summary: counts };
    const known = (before: Platform, snapshot: Snapshot) =>
      checkPlatform(before, snapshot, policiesOf(before, { strict, now: context.now }), scope).findings;
    const { findings, summary: compared, words } = onlyNew(since, found, known);
    const said = `Checked ${judgedText(checked)}: ${findingsSummary(findings)}${words}`;
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine,
      summary: { ...counts, ...compared },
      ...(audit.length > 0 && { data: { audit: audit.map((annotation) => ({ ...annotation })) } }),
      pretty: () => said,
      markdown: () => said,
    };
  },
};

/** The policies of a platform; with `strict`, what cannot be decided here is an error. */
function policiesOf(
  platform: Platform,
  { strict, now }: { readonly strict: boolean; readonly now: () => Date },
): LoadedPolicies {
  const { engine, findings } = loadPolicies(platform, now());
  return { engine: watched(strict ? strictEngine(engine) : engine, now), findings };
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
