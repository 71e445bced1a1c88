import type { ServiceOptions } from '@idp/core';
import { stringOption } from '../../options.ts';

/** What both doors give, as the generator takes it. */
export function serviceOptions(options: Readonly<Record<string, unknown>>): ServiceOptions {
  return {
    name: stringOption(options, 'name') ?? '',
    owner: stringOption(options, 'owner') ?? '',
    template: stringOption(options, 'template'),
    lifecycle: stringOption(options, 'lifecycle') ?? 'production',
    system: stringOption(options, 'system'),
    title: stringOption(options, 'title'),
    description: stringOption(options, 'description'),
  };
}
