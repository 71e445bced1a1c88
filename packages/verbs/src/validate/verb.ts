import { type Finding, hasErrors, type Platform, validatePlatform } from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { refuseUnknown, selectedFindings, selectionOf } from '../context/selection.ts';
import { onlyNew, sinceOption } from '../context/since.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { isResult } from '../output/usage.ts';
import type { Verb } from '../verb.ts';

/** `idp validate`: everything that can be said without rendering; `idp check` says what comes out. */
export const validate: Pick<Verb, 'run'> = {
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context, 'findings');
    if (isResult(loaded)) return loaded;
    const { platform, readLine } = loaded;
    const services = listOption(options, 'service');
    const refused = refuseUnknown([platform], services, []);
    if (refused !== undefined) return refused;
    const since = await sinceOption(options, loaded.repository, loaded.snapshot);
    if (since !== undefined && isResult(since)) return since;
    const { found, surveyed } = validated(platform, services);
    const { findings, summary: compared, words } = onlyNew(since, found, (before) => validated(before, services).found);
    const summary = {
      entities: platform.catalog.entities.length,
      services: surveyed,
      capabilities: platform.capabilities.size,
      environments: platform.environments.size,
    };
    const what = [
      counted(summary.entities, 'entity', 'entities'),
      counted(summary.services, 'service'),
      counted(summary.capabilities, 'capability', 'capabilities'),
      counted(summary.environments, 'environment'),
    ].join(', ');
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      readLine,
      summary: { ...summary, ...compared },
      pretty: () => `Validated ${what}: ${findingsSummary(findings)}${words}`,
      markdown: () => `Validated ${what}: ${findingsSummary(findings)}${words}`,
    };
  },
};

function validated(
  platform: Platform,
  services: readonly string[],
): { readonly found: readonly Finding[]; readonly surveyed: number } {
  const survey = validatePlatform(platform, selectionOf(services, []));
  return { found: selectedFindings(platform, survey, services), surveyed: survey.services };
}
