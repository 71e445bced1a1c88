import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * What keeps a service from being read that is there: it is neither missing nor new.
 *
 * @param findings of the service's folder at least
 * @returns the errors of its folder; `undefined` when it can be read, or is not there
 */
export function unreadableService(
  service: string,
  { unreadableServices }: Platform,
  findings: readonly Finding[],
): readonly Finding[] | undefined {
  if (!unreadableServices.has(service)) return undefined;
  const own = findings.filter(({ path }) => path?.startsWith(`services/${service}/`));
  return own.filter(({ severity }) => severity === 'error');
}
