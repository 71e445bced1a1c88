import {
  type EvaluatedService,
  evaluatePlatform,
  type Finding,
  hasErrors,
  type Platform,
  sortFindings,
} from '@idp/core';
import { findingsSummary } from '@idp/report';
import { loadWorkingPlatform } from '../context/load.ts';
import { refuseUnknown, selectionOf } from '../context/selection.ts';
import { exitCode } from '../exit-code.ts';
import { listOption } from '../options.ts';
import { isResult } from '../output/usage.ts';
import type { Verb } from '../verb.ts';
import schema from './schema.json' with { type: 'json' };

/** `idp validate`: everything that can be said without policies and without a base to compare with. */
export const validate: Verb = {
  name: 'validate',
  schema,
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context);
    if (isResult(loaded)) return loaded;
    const { platform } = loaded;
    const services = listOption(options, 'service');
    const refused = refuseUnknown(platform, services, []);
    if (refused !== undefined) return refused;
    const evaluation = evaluatePlatform(platform, selectionOf(services, []));
    const findings = services.length === 0 ? evaluation.findings : ofServices(evaluation.services, platform);
    const summary = {
      entities: platform.catalog.entities.length,
      services: evaluation.services.length,
      capabilities: platform.capabilities.size,
      environments: platform.environments.size,
    };
    const counted = `${summary.entities} entities, ${summary.services} services, ${summary.capabilities} capabilities, ${summary.environments} environments`;
    return {
      exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
      findings,
      summary,
      pretty: () => `Validated ${counted}: ${findingsSummary(findings)}`,
      markdown: () => `Validated ${counted}: ${findingsSummary(findings)}`,
    };
  },
};

/** A selection's findings: of the services, and of the files in their folders. */
function ofServices(services: readonly EvaluatedService[], platform: Platform): readonly Finding[] {
  const folders = services.map(({ service }) => `services/${service}/`);
  const inFolders = platform.findings.filter(({ path }) => folders.some((folder) => path?.startsWith(folder)));
  return sortFindings([...inFolders, ...services.flatMap(({ findings }) => findings)]);
}
