import type { CelInput } from '../cel/cel-input.ts';
import type { Program } from '../cel/program.ts';
import type { ListManifests } from './libraries/resource-library.ts';

/** What of an exception an expression can read as `exceptions`. */
export interface Allowed {
  readonly images: readonly string[];
  readonly values: readonly string[];
}

/** What a policy of another kind can read beside an admission request. */
export interface Surroundings {
  /** `undefined`: nobody knows what is beside the object. */
  readonly list: ListManifests | undefined;
  readonly allowed: Allowed;
}

/** A PolicyException for one policy, compiled. */
export interface PolicyException {
  readonly name: string;
  readonly path: string;
  readonly conditions: readonly { readonly name: string; readonly program: Program }[];
  /** Empty: whatever the conditions say is excepted, without a look at the object. */
  readonly allowed: Allowed;
  readonly reason: string;
  /** The last day on which it holds. */
  readonly expires?: string;
}

/** What is different about a policy of another kind than Kubernetes' own. */
export interface Dialect {
  /** Made from another one, for the controllers of pods: nobody wrote it, and it is not counted. */
  readonly generated: boolean;
  /** The only namespace in which it judges. */
  readonly namespace?: string;
  /** The variables that only such policies have. */
  readonly variable: (name: string, surroundings: Surroundings) => CelInput | undefined;
  readonly exceptions: readonly PolicyException[];
}

export const NOTHING_ALLOWED: Allowed = { images: [], values: [] };
