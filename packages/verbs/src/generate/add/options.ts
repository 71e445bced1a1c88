import type { AddOptions, Json } from '@idp/core';
import { stringOption } from '../../options.ts';
import schema from './schema.json' with { type: 'json' };

/** What both doors give, as the generator takes it: flags that the schema does not name are parameters. */
export function addOptions(options: Readonly<Record<string, unknown>>): AddOptions {
  const params = Object.entries(options).flatMap(([name, value]) =>
    Object.hasOwn(schema.properties, name) || value === undefined ? [] : [[name, value as Json] as const],
  );
  return {
    service: stringOption(options, 'service') ?? '',
    capability: stringOption(options, 'capability') ?? '',
    as: stringOption(options, 'as'),
    class: stringOption(options, 'class'),
    id: stringOption(options, 'id'),
    params: Object.fromEntries(params),
  };
}
