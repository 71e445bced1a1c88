import type { Finding } from '../finding/finding.ts';
import { newFindings } from '../finding/new-findings.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import type { WithService } from '../platform/with-service.ts';

/** What a change does to one service. */
export interface ServiceErrors {
  /** What it cannot be rendered with after it, in any environment. */
  readonly rendered: readonly Finding[];
  /** Those that the change brings, and those that it brings to the service's folder. */
  readonly introduced: readonly Finding[];
}

/** The errors of a service after a change. How it was rendered before is looked at only when there are any. */
export function errorsAfter(service: string, before: WithService, after: WithService): ServiceErrors {
  const rendered = errorsOf(service, after);
  const brought = [
    ...newFindings(onlyErrors(before.findings), onlyErrors(after.findings)),
    ...(rendered.length === 0 ? [] : newFindings(errorsOf(service, before), rendered)),
  ];
  // Sorted, what both say of its files is there once.
  return { rendered, introduced: sortFindings(brought) };
}

function errorsOf(service: string, { platform }: WithService): readonly Finding[] {
  const { services } = evaluatePlatform(platform, { services: [service] });
  // Sorted, each is there once: a template's mistake is one, however many instances have it.
  return onlyErrors(sortFindings(services.flatMap(({ findings }) => findings)));
}

function onlyErrors(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
