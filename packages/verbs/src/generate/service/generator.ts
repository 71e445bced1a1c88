import { isPlatformPath, planService } from '@idp/core';
import type { Generator } from '../generator.ts';
import { planServiceNearby } from './nearby.ts';
import { serviceOptions } from './options.ts';
import schema from './schema.json' with { type: 'json' };

const folder = (name: unknown): string => `services/${String(name)}`;

/** Apart from the others: it is loaded alone where only it is to run (`packages/cli/src/service.ts`). */
export const serviceGenerator: Generator = {
  name: 'service',
  schema,
  reads: (path, { name }) => isPlatformPath(path) || path.startsWith(`${folder(name)}/`),
  granted: ({ name }) => [folder(name)],
  planNearby: (root, options, mint) => planServiceNearby(root, serviceOptions(options), mint),
  plan: (snapshot, options, { mint }) => planService(snapshot, serviceOptions(options), mint),
};
