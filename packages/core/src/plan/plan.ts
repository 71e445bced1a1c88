import type { Digest } from '../digest/digest.ts';
import type { Json } from '../json/json.ts';

/** One field of one object that differs. `pointer` is a JSON pointer (RFC 6901) into the object. */
export type FieldChange =
  | { readonly kind: 'added'; readonly pointer: string; readonly after: Json }
  | { readonly kind: 'removed'; readonly pointer: string; readonly before: Json }
  | { readonly kind: 'changed'; readonly pointer: string; readonly before: Json; readonly after: Json };

/** What happens to one manifest. */
export interface ObjectChange {
  /** `apps/v1 Deployment checkout/checkout`, as people name it. */
  readonly object: string;
  /** The environment's target that it is for. */
  readonly target: string;
  /** The manifest's path in the environment branch. */
  readonly path: string;
  readonly kind: 'created' | 'updated' | 'deleted';
  /** For `updated` only: in document order. */
  readonly fields: readonly FieldChange[];
}

/** What one change does to one service in one environment. */
export interface ServicePlan {
  readonly service: string;
  readonly environment: string;
  /** `undefined`: the service is not there on that side. */
  readonly fromTree: Digest | undefined;
  readonly toTree: Digest | undefined;
  readonly fromRelease: Digest | undefined;
  readonly toRelease: Digest | undefined;
  /** Of both sides, sorted: where there is one only, naming it says nothing. */
  readonly targets: readonly string[];
  readonly changes: readonly ObjectChange[];
  /** SHA-256 over `fromTree`, `toTree` and `changes`: what an approval speaks of. */
  readonly digest: Digest;
}

/** What a change does to what is deployed. */
export interface Plan {
  /** Only services that differ, sorted by service and environment. */
  readonly services: readonly ServicePlan[];
  /** How many (service, environment) pairs were compared: zero compared is never "no change". */
  readonly compared: number;
  /**
   * Services that could not be planned somewhere, because of findings on one of the sides; sorted. What happens to
   * them there is not known: a plan with one of these is never "no change".
   */
  readonly notPlanned: readonly string[];
}
