import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { schemaFindings } from '../kubernetes/schema-findings.ts';
import { instanceFindings } from '../render/instance-findings.ts';
import { identityFindings } from '../resolve/identity-findings.ts';
import {
  resolveService,
  type Selection,
  type Survey,
  selectedEnvironments,
  selectedServices,
} from './evaluate-platform.ts';
import type { Platform } from './platform.ts';

/**
 * Whether files, catalog, contracts, locks, references and parameters are right, of all services or a selection,
 * in every environment. Nothing is rendered: what a service renders to is judged by `surveyPlatform`
 * (docs/decisions.md, "What validate says").
 */
export function validatePlatform(platform: Platform, selection: Selection = {}): Survey {
  const found: Finding[] = [];
  const environments = selectedEnvironments(platform, selection);
  const services = selectedServices(platform, selection);
  const identities = identityFindings(platform);
  for (const service of services) {
    const { value, findings } = resolveService(service, platform, identities.get(service) ?? []);
    found.push(...findings);
    if (value === undefined) continue;
    for (const environment of environments) found.push(...instanceFindings(value, environment, platform));
  }
  return {
    environments: environments.map(({ name }) => name),
    services: services.length,
    serviceFindings: sortFindings(found),
    findings: sortFindings([...platform.findings, ...schemaFindings(platform, selection), ...found]),
  };
}
