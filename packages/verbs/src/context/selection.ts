import { didYouMean, type Platform, quote } from '@idp/core';
import { usage } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';

/** What a person selected; a name that matches nothing is refused: zero work is never success. */
export function refuseUnknown(
  platform: Platform,
  services: readonly string[],
  environments: readonly string[],
): VerbResult | undefined {
  for (const service of services) {
    if (!platform.workloads.has(service))
      return usage(
        'unknown-service',
        `there is no service ${quote(service)}`,
        didYouMean(service, platform.workloads.keys()),
      );
  }
  for (const environment of environments) {
    if (!platform.environments.has(environment))
      return usage(
        'unknown-environment',
        `there is no environment ${quote(environment)}`,
        didYouMean(environment, platform.environments.keys()),
      );
  }
  return undefined;
}

/** The selection as `evaluatePlatform` takes it: no names mean all. */
export function selectionOf(services: readonly string[], environments: readonly string[]) {
  return { ...(services.length > 0 && { services }), ...(environments.length > 0 && { environments }) };
}
