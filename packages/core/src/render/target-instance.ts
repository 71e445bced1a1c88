import type { Environment } from '../environment/environment.ts';
import type { Platform } from '../platform/platform.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Resolution, Use } from '../resolve/resolution.ts';
import type { PlaceholderValue } from './secret-value.ts';

/** One service in one target of an environment. */
export interface TargetInput {
  readonly resolution: Resolution;
  readonly platform: Platform;
  readonly environment: Environment;
  /** Index into the environment's targets. */
  readonly target: number;
}

export type Outputs = ReadonlyMap<string, PlaceholderValue>;

/** One instance with all that its templates, and who names its outputs, can see. */
export interface TargetInstance {
  readonly use: Use;
  readonly context: Traced;
  readonly outputs: Outputs;
  /** Something that it is made of is not known, and has its finding: what is wrong with what comes of it says nothing. */
  readonly unresolved: boolean;
}

/** Not an object with a getter of its own: V8 keeps the shape of each, and all that it holds, until a full collection. */
export class LazyInstance implements TargetInstance {
  readonly use: Use;
  readonly outputs: Outputs;
  readonly unresolved: boolean;
  private readonly contextOf: () => Traced;

  constructor(use: Use, outputs: Outputs, unresolved: boolean, contextOf: () => Traced) {
    this.use = use;
    this.outputs = outputs;
    this.unresolved = unresolved;
    this.contextOf = contextOf;
  }

  get context(): Traced {
    return this.contextOf();
  }
}
