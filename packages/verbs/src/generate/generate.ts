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
  type Mint,
  type Outcome,
  planAdd,
  planCapability,
  planEnvironment,
  planPolicy,
  planService,
  type ScaffoldPlan,
  type Snapshot,
  schemaFile,
} from '@idp/core';
import type { OptionSchema } from '../verb.ts';
import { addOptions } from './add/options.ts';
import addSchema from './add/schema.json' with { type: 'json' };
import { capabilityOptions } from './capability/options.ts';
import capabilitySchema from './capability/schema.json' with { type: 'json' };
import { environmentOptions } from './environment/options.ts';
import environmentSchema from './environment/schema.json' with { type: 'json' };
import { policyOptions } from './policy/options.ts';
import policySchema from './policy/schema.json' with { type: 'json' };
import { type PlannedNearby, planServiceNearby } from './service/nearby.ts';
import { serviceOptions } from './service/options.ts';
import serviceSchema from './service/schema.json' with { type: 'json' };
import { waiverOptions } from './waiver/options.ts';
import { planAppliedWaiver } from './waiver/plan-applied-waiver.ts';
import waiverSchema from './waiver/schema.json' with { type: 'json' };

type Options = Readonly<Record<string, unknown>>;

/** A generator, defined once for both doors: a snapshot and options in, file changes out. */
export interface Generator {
  readonly name: string;
  readonly schema: OptionSchema;
  /** Which files it reads: what it compares with has to be among them. */
  readonly reads: (path: string, options: Options) => boolean;
  /** The files and folders that it may write to. */
  readonly granted: (options: Options) => readonly string[];
  /** Decides by a part of the working tree where that is enough; without a result, the whole is read. */
  readonly planNearby?: (root: string, options: Options, mint: Mint) => Promise<PlannedNearby | undefined>;
  readonly plan: (
    snapshot: Snapshot,
    options: Options,
    world: GeneratorWorld,
  ) => Outcome<ScaffoldPlan> | Promise<Outcome<ScaffoldPlan>>;
}

/** What a generator may know besides files and options. */
export interface GeneratorWorld {
  readonly mint: Mint;
  /** In UTC. */
  readonly now: string;
}

const serviceFolder = (name: unknown): string => `services/${String(name)}`;

export const generators: readonly Generator[] = [
  {
    name: 'service',
    schema: serviceSchema,
    reads: (path, { name }) => isPlatformPath(path) || path.startsWith(`${serviceFolder(name)}/`),
    granted: ({ name }) => [serviceFolder(name)],
    planNearby: (root, options, mint) => planServiceNearby(root, serviceOptions(options), mint),
    plan: (snapshot, options, { mint }) => planService(snapshot, serviceOptions(options), mint),
  },
  {
    name: 'add',
    schema: addSchema,
    reads: isPlatformPath,
    granted: ({ service }) => [serviceFolder(service)],
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
