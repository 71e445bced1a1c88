import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * The errors of a service, in any environment, that a change brings. Lines move with an edit: a finding is the same
 * when it says the same of the same file, and one more of a kind is a new one.
 */
export function introducedErrors(service: string, before: Platform, after: Platform): readonly Finding[] {
  const known = new Map<string, number>();
  for (const finding of errorsOf(service, before)) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  return errorsOf(service, after).filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

function errorsOf(service: string, platform: Platform): readonly Finding[] {
  const { services } = evaluatePlatform(platform, { services: [service] });
  return sortFindings(services.flatMap(({ findings }) => findings)).filter(({ severity }) => severity === 'error');
}

function keyOf({ code, message, path, subject }: Finding): string {
  return JSON.stringify([code, message, path, subject]);
}
