import type { JsonObject } from '../json.ts';
import type { Target } from '../match/target.ts';
import type { Resources } from './find-params.ts';
import type { InputValues } from './input-values.ts';

/** One of the requests that an object could be, with all that policies can read of it. */
export interface Request {
  readonly target: Target;
  readonly values: InputValues;
  readonly object: JsonObject;
  readonly resources: Resources | undefined;
}
