import type { Mint, Outcome, ScaffoldPlan, Snapshot } from '@idp/core';
import type { OptionSchema } from '../verb.ts';

export type Options = Readonly<Record<string, unknown>>;

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

/** A part of the repository, and what was decided by it. */
export interface PlannedNearby {
  readonly snapshot: Snapshot;
  readonly outcome: Outcome<ScaffoldPlan>;
}
