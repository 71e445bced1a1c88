import type { Finding } from '../finding/finding.ts';
import { newFindings } from '../finding/new-findings.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';

/** The errors of a service, in any environment, that a change brings. */
export function introducedErrors(service: string, before: Platform, after: Platform): readonly Finding[] {
  return newFindings(errorsOf(service, before), errorsOf(service, after));
}

function errorsOf(service: string, platform: Platform): readonly Finding[] {
  const { services } = evaluatePlatform(platform, { services: [service] });
  return sortFindings(services.flatMap(({ findings }) => findings)).filter(({ severity }) => severity === 'error');
}
