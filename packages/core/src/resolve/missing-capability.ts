import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';

/** What a Score file may name without a capability. */
export const builtInTypes: readonly string[] = ['environment', 'service', 'volume'];

/** Why there is no such capability: broken, or misspelt. */
export function missingCapability(
  type: string,
  platform: Platform,
  provides: 'resource' | 'workload',
): Pick<Finding, 'message' | 'hint'> {
  if (platform.brokenCapabilities.has(type)) {
    return { message: `capability ${quote(type)} has errors of its own`, hint: `mend capabilities/${type} first` };
  }
  const names = [...platform.capabilities.values()]
    .filter(({ document }) => document.spec.provides === provides)
    .map(({ name }) => name);
  const hint = didYouMean(type, provides === 'resource' ? [...names, ...builtInTypes] : names);
  return { message: `capability ${quote(type)} does not exist`, ...(hint !== undefined && { hint }) };
}
