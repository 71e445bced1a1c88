import type { CapabilityOptions } from '@idp/core';
import { stringOption } from '../../options.ts';

/** What both doors give, as the generator takes it. */
export function capabilityOptions(options: Readonly<Record<string, unknown>>): CapabilityOptions {
  return {
    name: stringOption(options, 'name') ?? '',
    owner: stringOption(options, 'owner') ?? '',
    provides: stringOption(options, 'provides') === 'workload' ? 'workload' : 'resource',
    kind: stringOption(options, 'kind') ?? '',
    title: stringOption(options, 'title'),
    description: stringOption(options, 'description'),
  };
}
