import {
  grantedForCapability,
  grantedForEnvironment,
  grantedForPolicy,
  grantedForWaiver,
  isCheckedPath,
  isPlatformPath,
  isReadForCapability,
  isReadForEnvironment,
  isReadForPolicy,
  planAdd,
  planCapability,
  planEnvironment,
  planPolicy,
  schemaFile,
} from '@idp/core';
import { planResourceNearby } from './add/nearby.ts';
import { addOptions } from './add/options.ts';
import addSchema from './add/schema.json' with { type: 'json' };
import { capabilityOptions } from './capability/options.ts';
import capabilitySchema from './capability/schema.json' with { type: 'json' };
import { environmentOptions } from './environment/options.ts';
import environmentSchema from './environment/schema.json' with { type: 'json' };
import type { Generator } from './generator.ts';
import { policyOptions } from './policy/options.ts';
import policySchema from './policy/schema.json' with { type: 'json' };
import { serviceGenerator } from './service/generator.ts';
import { waiverOptions } from './waiver/options.ts';
import { planAppliedWaiver } from './waiver/plan-applied-waiver.ts';
import waiverSchema from './waiver/schema.json' with { type: 'json' };

/** The generators of `idp g`, in the order in which help lists them. */
export const generators: readonly Generator[] = [
  serviceGenerator,
  {
    name: 'add',
    schema: addSchema,
    reads: isPlatformPath,
    granted: ({ service }) => [`services/${String(service)}`],
    planNearby: (root, options, mint) => planResourceNearby(root, addOptions(options), mint),
    plan: (snapshot, options, { mint }) => planAdd(snapshot, addOptions(options), mint),
  },
  {
    name: 'capability',
    schema: capabilitySchema,
    reads: isReadForCapability,
    granted: ({ name }) => grantedForCapability(String(name)),
    plan: (snapshot, options) => planCapability(snapshot, capabilityOptions(options)),
  },
  {
    name: 'environment',
    schema: environmentSchema,
    reads: isReadForEnvironment,
    granted: () => grantedForEnvironment,
    plan: (snapshot, options) => planEnvironment(snapshot, environmentOptions(options)),
  },
  {
    name: 'policy',
    schema: policySchema,
    reads: isReadForPolicy,
    granted: () => grantedForPolicy,
    plan: (snapshot, options) => planPolicy(snapshot, policyOptions(options)),
  },
  {
    name: 'waiver',
    schema: waiverSchema,
    reads: (path) => isPlatformPath(path) || isCheckedPath(path) || path === schemaFile('waiver'),
    granted: () => grantedForWaiver,
    plan: (snapshot, options, { now }) => planAppliedWaiver(snapshot, waiverOptions(options), now),
  },
];

/** The generator of a name. */
export function generatorOf(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (found === undefined) throw new Error(`no generator is named ${name}`);
  return found;
}
