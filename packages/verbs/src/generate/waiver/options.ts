import type { WaiverOptions } from '@idp/core';
import { listOption, stringOption } from '../../options.ts';

/** What both doors give, as the generator takes it. */
export function waiverOptions(options: Readonly<Record<string, unknown>>): WaiverOptions {
  return {
    policy: stringOption(options, 'policy') ?? '',
    subject: stringOption(options, 'subject') ?? '',
    reason: stringOption(options, 'reason') ?? '',
    expires: stringOption(options, 'expires'),
    owner: stringOption(options, 'owner'),
    approver: stringOption(options, 'approver'),
    resource: stringOption(options, 'resource'),
    container: stringOption(options, 'container'),
    path: stringOption(options, 'path'),
    environments: [...new Set(listOption(options, 'environment'))],
    name: stringOption(options, 'name'),
  };
}
