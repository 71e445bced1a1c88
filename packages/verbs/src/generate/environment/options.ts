import type { EnvironmentOptions } from '@idp/core';
import { listOption, stringOption } from '../../options.ts';

/** What both doors give, as the generator takes it. */
export function environmentOptions(options: Readonly<Record<string, unknown>>): EnvironmentOptions {
  const promotion = stringOption(options, 'promotion');
  return {
    name: stringOption(options, 'name') ?? '',
    after: [...new Set(listOption(options, 'after'))],
    before: [...new Set(listOption(options, 'before'))],
    branch: stringOption(options, 'branch'),
    promotion: promotion === 'automatic' || promotion === 'pull-request' ? promotion : undefined,
    title: stringOption(options, 'title'),
  };
}
