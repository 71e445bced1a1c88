import { type Mint, type Outcome, planAdd, planService, type ScaffoldPlan, type Snapshot } from '@idp/core';
import type { OptionSchema } from '../verb.ts';
import { addOptions } from './add/options.ts';
import addSchema from './add/schema.json' with { type: 'json' };
import { serviceOptions } from './service/options.ts';
import serviceSchema from './service/schema.json' with { type: 'json' };

/** A generator, defined once for both doors: a snapshot and options in, file changes out. */
export interface Generator {
  readonly name: string;
  readonly schema: OptionSchema;
  readonly plan: (snapshot: Snapshot, options: Readonly<Record<string, unknown>>, mint: Mint) => Outcome<ScaffoldPlan>;
}

export const generators: readonly Generator[] = [
  {
    name: 'service',
    schema: serviceSchema,
    plan: (snapshot, options, mint) => planService(snapshot, serviceOptions(options), mint),
  },
  { name: 'add', schema: addSchema, plan: (snapshot, options, mint) => planAdd(snapshot, addOptions(options), mint) },
];
