import { type Finding, hasErrors, type Platform, type Validation, validatePlatform } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { openRepository } from '../context/open-repository.ts';
import { rememberedValidation } from '../context/remembered-validation.ts';
import { refuseUnknown, selectedFindings, selectedWaiverFindings, selectionOf } from '../context/selection.ts';
import { onlyNew, sinceOption } from '../context/since.ts';
import { exitCode } from '../exit-code.ts';
import { listOption, stringOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { type ReadLine, sourceLines } from '../output/source-lines.ts';
import { isResult } from '../output/usage.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';

/** `idp validate`: everything that can be said without rendering; `idp check` says what comes out. */
export const validate: Pick<Verb, 'run'> = {
  async run(options, context) {
    const services = listOption(options, 'service');
    return services.length === 0 && stringOption(options, 'since') === undefined
      ? await validateEverything(options, context)
      : await validateSelected(options, context, services);
  },
};

async function validateEverything(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
): Promise<VerbResult> {
  const repository = await openRepository(options, context);
  if (isResult(repository)) return repository;
  context.progress('reading the repository');
  const loaded = await rememberedValidation(repository, options, context);
  if (isResult(loaded)) return loaded;
  const { validation, snapshot } = loaded;
  return resultOf(validation.findings, validation.counts, sourceLines(snapshot));
}

async function validateSelected(
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
  services: readonly string[],
): Promise<VerbResult> {
  const loaded = await loadWorkingPlatform(options, context, 'findings');
  if (isResult(loaded)) return loaded;
  const { platform, readLine } = loaded;
  const refused = refuseUnknown([platform], services, []);
  if (refused !== undefined) return refused;
  const since = await sinceOption(options, loaded.repository, loaded.snapshot);
  if (since !== undefined && isResult(since)) return since;
  const { found, surveyed } = validated(platform, services);
  const { findings, summary: compared, words } = onlyNew(since, found, (before) => validated(before, services).found);
  const counts = {
    entities: platform.catalog.entities.length,
    services: surveyed,
    capabilities: platform.capabilities.size,
    environments: platform.environments.size,
  };
  return resultOf(findings, counts, readLine, compared, words);
}

function resultOf(
  findings: readonly Finding[],
  counts: Validation['counts'],
  readLine: ReadLine,
  compared: VerbResult['summary'] = {},
  words = '',
): VerbResult {
  const what = [
    counted(counts.entities, 'entity', 'entities'),
    counted(counts.services, 'service'),
    counted(counts.capabilities, 'capability', 'capabilities'),
    counted(counts.environments, 'environment'),
  ].join(', ');
  return {
    exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
    findings,
    readLine,
    summary: { ...counts, ...compared },
    pretty: () => `Validated ${what}: ${findingsSummary(findings)}${words}`,
    markdown: () => `Validated ${what}: ${findingsSummary(findings)}${words}`,
  };
}

function validated(
  platform: Platform,
  services: readonly string[],
): { readonly found: readonly Finding[]; readonly surveyed: number } {
  const survey = validatePlatform(platform, selectionOf(services, []));
  const waivers = selectedWaiverFindings(platform, services);
  return { found: [...selectedFindings(platform, survey, services), ...waivers], surveyed: survey.services };
}
