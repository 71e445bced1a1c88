import type { Environment } from '../environment/environment.ts';
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
    found.push(...validateService(service, platform, environments, identities.get(service) ?? []));
  }
  return {
    environments: environments.map(({ name }) => name),
    services: services.length,
    serviceFindings: sortFindings(found),
    findings: sortFindings([...platform.findings, ...schemaFindings(platform, selection), ...found]),
  };
}

/** What is wrong with one service, in the given environments, without rendering it. */
export function validateService(
  service: string,
  platform: Platform,
  environments: readonly Environment[],
  identities: readonly Finding[],
): readonly Finding[] {
  const { value, findings } = resolveService(service, platform, identities);
  if (value === undefined) return findings;
  return [...findings, ...environments.flatMap((environment) => instanceFindings(value, environment, platform))];
}
